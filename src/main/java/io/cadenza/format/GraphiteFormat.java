package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;

/**
 * Graphite's plain text: {@code key value time}, between them runs of blanks and tabs.
 *
 * <p>The key goes up to the first blank, tags ({@code ;k=v}) included. Hot path: called for every
 * line, from any thread; keeps nothing.
 */
public final class GraphiteFormat implements LineFormat {
  /** A blank and ten digits of time. */
  private static final int USUAL_TAIL = 11;

  @Override
  public String name() {
    return "graphite";
  }

  @Override
  public boolean cleanable() {
    return true;
  }

  @Override
  public long key(byte[] bytes, int start, int end) {
    int from = start;
    if (from < end && blank(bytes[from])) {
      from = behindBlanks(bytes, from, end);
    }
    int to = Bytes.indexOfBlank(bytes, from, end);
    if (to >= 0 && to + 1 < end && !blank(bytes[to + 1])) {
      return LineFormat.span(from, to);
    }
    if (from == end) {
      return Invalid.EMPTY.code();
    }
    boolean more = to >= 0 && behindBlanks(bytes, to, end) < end;
    return more ? LineFormat.span(from, to) : Invalid.FIELDS.code();
  }

  @Override
  public Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end) {
    if (!usual(bytes, keyEnd, end)) {
      Invalid bad = fields(bytes, keyEnd, end);
      if (bad != null) {
        return bad;
      }
    }
    return KeyText.check(level, bytes, keyStart, keyEnd);
  }

  /**
   * Reads value and time of a line.
   *
   * @return false, and nothing read, when {@link #check} would refuse them
   */
  public static boolean parse(byte[] bytes, int keyEnd, int end, Sample into) {
    if (usual(bytes, keyEnd, end)) {
      int from = keyEnd + 1;
      into.value = NumberText.shortValue(bytes, from, end - USUAL_TAIL - from);
      into.time = NumberText.tenDigitsValue(bytes, end - USUAL_TAIL + 1);
      return true;
    }
    if (fields(bytes, keyEnd, end) != null) {
      return false;
    }
    int value = behindBlanks(bytes, keyEnd, end);
    int valueEnd = fieldEnd(bytes, value, end);
    int time = behindBlanks(bytes, valueEnd, end);
    into.value = NumberText.value(bytes, value, valueEnd);
    into.time = NumberText.seconds(bytes, time, fieldEnd(bytes, time, end));
    return true;
  }

  /** What is wrong with the fields behind the key, if anything. */
  static Invalid fields(byte[] b, int keyEnd, int end) {
    int value = behindBlanks(b, keyEnd, end);
    int valueEnd = fieldEnd(b, value, end);
    int time = behindBlanks(b, valueEnd, end);
    int timeEnd = fieldEnd(b, time, end);
    if (time == timeEnd || behindBlanks(b, timeEnd, end) < end) {
      return Invalid.FIELDS;
    }
    int bad = NumberText.check(b, value, valueEnd);
    if (bad == 0) {
      bad = NumberText.checkTime(b, time, timeEnd);
    }
    return bad == 0 ? null : Invalid.of(bad);
  }

  /** Whether it is the usual: one blank, up to eight digits and dot, a blank, a time of today. */
  private static boolean usual(byte[] b, int keyEnd, int end) {
    int value = keyEnd + 1;
    int length = end - USUAL_TAIL - value;
    return length > 0
        && length <= 8
        && b[end - USUAL_TAIL] == ' '
        && NumberText.shortDecimal(b, value, length)
        && NumberText.tenDigits(b, end - USUAL_TAIL + 1);
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  static int behindBlanks(byte[] b, int from, int end) {
    int at = from;
    while (at < end && blank(b[at])) {
      at++;
    }
    return at;
  }

  private static int fieldEnd(byte[] b, int from, int end) {
    int at = from;
    while (at < end && !blank(b[at])) {
      at++;
    }
    return at;
  }
}
