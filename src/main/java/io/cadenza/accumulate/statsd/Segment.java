package io.cadenza.accumulate.statsd;

import io.cadenza.format.NumberText;
import io.cadenza.format.StatsdText;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;

/**
 * Reads {@code values|type|fields} as node statsd and the Datadog agent do: fields in any order,
 * unknown ones passed over. One thread; keeps the last one read; allocates nothing.
 */
final class Segment {
  /** What the samples are for. */
  SeriesKind kind;

  int valuesFrom;
  int valuesTo;

  /** Whether a value may be any text. */
  boolean text;

  /** Whether a value may be below 0. */
  boolean negative;

  /** What one sample stands for: one by the rate. */
  double scale;

  /** The time that the samples are of, in seconds, or -1. */
  long seconds;

  private boolean rated;

  /** Reads what is there; answers what is wrong with it, or null. The values are not looked at. */
  Invalid read(byte[] b, int from, int to) {
    int bar = Bytes.indexOf(b, from, to, (byte) '|');
    if (bar < 0) {
      return Invalid.TYPE;
    }
    valuesFrom = from;
    valuesTo = bar;
    int typeEnd = StatsdText.fieldEnd(b, bar + 1, to, false);
    type(b, bar + 1, typeEnd);
    scale = 1;
    seconds = -1;
    rated = false;
    for (int at = typeEnd; at < to; ) {
      int end = StatsdText.fieldEnd(b, at + 1, to, true);
      Invalid bad = field(b, at + 1, end, at == typeEnd);
      if (bad != null) {
        return bad;
      }
      at = end;
    }
    return null;
  }

  /** Blanks around it are nothing, but what a value may be is said by the type as it came. */
  private void type(byte[] b, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && ScriptNumber.blank(b[from])) {
      from++;
    }
    while (to > from && ScriptNumber.blank(b[to - 1])) {
      to--;
    }
    boolean plain = from == start && to == end;
    boolean milliseconds = to - from == 2 && b[from] == 'm' && b[from + 1] == 's';
    kind = milliseconds ? SeriesKind.TIMER : to - from == 1 ? kind(b[from]) : SeriesKind.COUNTER;
    text = plain && kind == SeriesKind.SET;
    negative = !(plain && milliseconds);
  }

  /** What node does not know is a counter to it. */
  private static SeriesKind kind(byte type) {
    return switch (type) {
      case 'g' -> SeriesKind.GAUGE;
      case 's' -> SeriesKind.SET;
      case 'h', 'd' -> SeriesKind.TIMER;
      default -> SeriesKind.COUNTER;
    };
  }

  private Invalid field(byte[] b, int from, int to, boolean first) {
    if (from == to) {
      return first ? Invalid.RATE : null;
    }
    return switch (b[from]) {
      case '@' -> rated ? null : rate(b, from + 1, to);
      case 'T' -> timed() ? time(b, from + 1, to) : null;
      case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          first ? Invalid.RATE : null;
      default -> null;
    };
  }

  private boolean timed() {
    return kind == SeriesKind.COUNTER || kind == SeriesKind.GAUGE;
  }

  /** Node looks at the whole as a number, and then takes the digits that it begins with. */
  private Invalid rate(byte[] b, int from, int to) {
    int end = from;
    while (end < to && (b[end] == '.' || b[end] >= '0' && b[end] <= '9')) {
      end++;
    }
    if (end == from || Double.isNaN(ScriptNumber.value(b, from, to))) {
      return Invalid.RATE;
    }
    scale = 1 / NumberText.value(b, from, end);
    rated = true;
    return Double.isInfinite(scale) || scale == 0 ? Invalid.RATE : null;
  }

  private Invalid time(byte[] b, int from, int to) {
    long time = 0;
    for (int at = from; at < to; at++) {
      int digit = b[at] - '0';
      if (digit < 0 || digit > 9 || time > 0xffff_ffffL) {
        return Invalid.TIME;
      }
      time = time * 10 + digit;
    }
    seconds = time;
    return time < 1 || time > 0xffff_ffffL ? Invalid.TIME : null;
  }
}
