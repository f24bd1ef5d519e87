package io.cadenza.api;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Reads a form in parts ({@code multipart/form-data} of RFC 7578), as graphite-web, carbon and
 * Python's libraries send it. Files are no parameters, and what is no part is passed over.
 */
final class Multipart {
  private static final String TYPE = "multipart/form-data";

  /** The longest boundary, by RFC 2046. */
  private static final int LONGEST = 70;

  private final String text; // a character for each byte
  private final String delimiter;
  private int at;

  private Multipart(String text, String boundary) {
    this.text = text;
    this.delimiter = "--" + boundary;
  }

  static boolean is(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  /**
   * Reads all parts that are parameters.
   *
   * @param type the type of the content, which names the boundary
   * @throws Refusal when it does not
   */
  static void read(byte[] body, String type, BiConsumer<String, String> each) {
    String boundary = attribute(type, "boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST) {
      throw Refusal.invalid("the form has no boundary");
    }
    new Multipart(new String(body, StandardCharsets.ISO_8859_1), boundary).read(each);
  }

  private void read(BiConsumer<String, String> each) {
    int begin = text.startsWith(delimiter) ? 0 : text.indexOf("\r\n" + delimiter);
    at = begin <= 0 ? begin : begin + 2;
    while (at >= 0 && !text.startsWith("--", at + delimiter.length())) {
      part(each);
    }
  }

  /** Reads the part that begins here, and goes on to the next. */
  private void part(BiConsumer<String, String> each) {
    int head = text.indexOf("\r\n", at);
    int end = text.indexOf("\r\n" + delimiter, at + delimiter.length());
    int body = head < 0 ? -1 : text.indexOf("\r\n\r\n", head);
    if (end >= 0 && body >= 0 && body <= end) {
      String name = name(text.substring(head, body));
      if (name != null) {
        each.accept(name, end < body + 4 ? "" : utf8(text.substring(body + 4, end)));
      }
    }
    at = end < 0 ? -1 : end + 2;
  }

  /** What a part is called; null for a file, and for one without a name. */
  private static String name(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        String name = attribute(line, "name");
        return name == null || attribute(line, "filename") != null ? null : utf8(name);
      }
    }
    return null;
  }

  /** The value of {@code ; name=value} or {@code ; name="value"}; null for none. */
  private static String attribute(String line, String name) {
    int from = line.indexOf(';');
    while (from >= 0) {
      int end = endOf(line, from + 1);
      String pair = line.substring(from + 1, end).strip();
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
        return unquoted(pair.substring(equals + 1).strip());
      }
      from = end < line.length() ? end : -1;
    }
    return null;
  }

  /** Where the next semicolon is that stands in no quotes. */
  private static int endOf(String line, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return line.length();
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String inner = quoted ? value.substring(1, value.length() - 1) : value;
    return quoted ? inner.replace("\\\"", "\"") : inner;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
