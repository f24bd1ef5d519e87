package io.cadenza.index;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads one name with tags. What is wrong with it is an answer, not an exception: names come from
 * the network.
 */
final class TagReader {
  private static final String OPEN_METRICS_END = "\"}";

  private final String path;
  private final SortedMap<String, String> tags = new TreeMap<>(TextOrder.CODE_POINTS);
  private String problem;
  private int at;

  TagReader(String path) {
    this.path = path;
  }

  /** What was wrong; null when nothing was. */
  String problem() {
    return problem;
  }

  /** The name, or null when it is none: then there is a {@link #problem}. */
  TaggedName read() {
    int brace = path.endsWith(OPEN_METRICS_END) ? path.indexOf('{') : -1;
    int semicolon = path.indexOf(';');
    int nameEnd = brace >= 0 ? brace : semicolon >= 0 ? semicolon : path.length();
    at = nameEnd + 1;
    while (problem == null && at < path.length()) {
      if (brace >= 0) {
        openMetricsTag();
      } else {
        carbonTag();
      }
    }
    if (path.endsWith(";")) {
      fail("a tag is empty");
    }
    if (path.codePoints().anyMatch(TagReader::isNoCharacter)) {
      fail("it has a control character, or half of a surrogate pair");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > NameText.LONGEST) {
      fail("it has more than " + NameText.LONGEST + " bytes");
    }
    name(path.substring(0, nameEnd));
    return problem == null ? TaggedName.of(tags) : null;
  }

  /** The name becomes a tag, also in the place of one called so. */
  private void name(String raw) {
    int start = 0;
    while (start < raw.length() && raw.charAt(start) == '~') {
      start++;
    }
    String name = raw.substring(start);
    if (name.isEmpty()) {
      fail(raw.isEmpty() ? "the name is empty" : "the name is of tildes only");
    } else if (name.indexOf(';') >= 0) {
      fail("the name has a semicolon");
    }
    tags.put(TaggedName.NAME, name);
  }

  private void carbonTag() {
    int semicolon = path.indexOf(';', at);
    int end = semicolon < 0 ? path.length() : semicolon;
    int equals = path.indexOf('=', at);
    if (equals < 0 || equals >= end) {
      fail("a tag has no equals sign");
      return;
    }
    tag(path.substring(at, equals), path.substring(equals + 1, end));
    at = end + 1;
  }

  /** {@code tag="value"} and a comma or the end; quotes and backslashes are behind backslashes. */
  private void openMetricsTag() {
    int equals = path.indexOf('=', at);
    if (equals < 0 || !path.startsWith("=\"", equals)) {
      fail("a tag has no value in quotes");
      return;
    }
    StringBuilder value = new StringBuilder();
    int i = equals + 2;
    for (; i < path.length() && path.charAt(i) != '"'; i++) {
      if (path.charAt(i) == '\\') {
        i++;
        if (i == path.length() || path.charAt(i) != '"' && path.charAt(i) != '\\') {
          fail("a backslash is not followed by a quote or another");
          return;
        }
      }
      value.append(path.charAt(i));
    }
    if (!path.startsWith("\",", i) && !(path.startsWith("\"}", i) && i + 2 == path.length())) {
      fail("a value is not followed by a comma or the end");
      return;
    }
    tag(path.substring(at, equals), value.toString());
    at = i + 2;
  }

  private void tag(String tag, String value) {
    if (tag.isEmpty()) {
      fail("a tag has no name");
    } else if (hasAny(tag, ";!^=")) {
      fail("one of ; ! ^ = is in the name of a tag");
    } else if (value.isEmpty()) {
      fail("a tag has no value");
    } else if (value.indexOf(';') >= 0) {
      fail("a semicolon is in the value of a tag");
    } else if (value.charAt(0) == '~') {
      fail("the value of a tag begins with a tilde");
    }
    tags.put(tag, value);
  }

  private static boolean isNoCharacter(int code) {
    return code < ' ' || code == 0x7f || code >= 0xd800 && code <= 0xdfff;
  }

  private static boolean hasAny(String text, String characters) {
    return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
  }

  private void fail(String what) {
    if (problem == null) {
      problem = what;
    }
  }
}
