package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Lines whose key a regular expression finds: its group {@code Key}, and its group {@code
 * Timestamp} if it has one. Both {@code (?P<Key>…)} and {@code (?<Key>…)} will do. Matching takes
 * time linear in the line.
 *
 * <p>Any thread may use it. Costs a copy of the line and a matcher: the library matches whole
 * arrays.
 */
public final class RegexFormat implements LineFormat {
  private static final String KEY = "Key";
  private static final String TIMESTAMP = "Timestamp";

  private final Pattern pattern;
  private final int key;
  private final int timestamp;
  private final TimeLayout layout;

  /**
   * @param timeLayout how the group {@code Timestamp} is written, see {@link TimeLayout#of}; null
   *     if nobody asks for times
   * @param clock tells the year where the layout has none
   * @throws IllegalArgumentException when the regex or the layout can't be used, saying why
   */
  public RegexFormat(String regex, String timeLayout, InstantSource clock) {
    pattern = compile(regex);
    key = group(KEY);
    timestamp = group(TIMESTAMP);
    if (key == 0) {
      throw new IllegalArgumentException("the regex has no group (?P<Key>...): " + regex);
    }
    if (timeLayout != null && timestamp == 0) {
      throw new IllegalArgumentException(
          "there is a time layout, but the regex has no group (?P<Timestamp>...): " + regex);
    }
    layout = timeLayout == null ? null : TimeLayout.of(timeLayout, clock);
  }

  private static Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regex: " + e.getMessage(), e);
    }
  }

  private int group(String name) {
    return pattern.namedGroups().getOrDefault(name, 0);
  }

  @Override
  public String name() {
    return "regex";
  }

  @Override
  public long key(byte[] bytes, int start, int end) {
    int from = GraphiteFormat.behindBlanks(bytes, start, end);
    if (from == end) {
      return Invalid.EMPTY.code();
    }
    Matcher found = pattern.matcher(Arrays.copyOfRange(bytes, from, end));
    if (!found.find() || found.end(key) <= found.start(key)) {
      return Invalid.KEY.code();
    }
    return LineFormat.span(from + found.start(key), from + found.end(key));
  }

  /**
   * The time of a line in seconds since 1970; or {@link TimeLayout#UNREADABLE} if there is no
   * layout or group, or the text can't be read.
   */
  public long seconds(byte[] bytes, int start, int end) {
    if (layout == null) {
      return TimeLayout.UNREADABLE;
    }
    byte[] line = Arrays.copyOfRange(bytes, start, end);
    Matcher found = pattern.matcher(line);
    if (!found.find() || found.start(timestamp) < 0) {
      return TimeLayout.UNREADABLE;
    }
    int from = found.start(timestamp);
    return layout.seconds(new String(line, from, found.end(timestamp) - from, ISO_8859_1));
  }

  /** A line with an unreadable time may travel; who validates is told that it has one. */
  @Override
  public Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end) {
    Invalid bad =
        level == Validation.STRICT
            ? KeyText.check(level, bytes, keyStart, keyEnd)
            : KeyText.characters(bytes, keyStart, keyEnd);
    if (bad != null || layout == null) {
      return bad;
    }
    int start = lineStart(bytes, keyStart);
    return seconds(bytes, start, end) < 0 ? Invalid.TIME : null;
  }

  /** A newline ends the line before, also in a batch; leading blanks are not part of the line. */
  private static int lineStart(byte[] bytes, int keyStart) {
    int at = keyStart;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return GraphiteFormat.behindBlanks(bytes, at, keyStart);
  }
}
