package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;

/**
 * What stands behind the key of a statsd line, piece by piece. For {@link StatsdFormat} and for the
 * accumulator; any thread.
 *
 * <p>Two grammars share the colon: node statsd begins a new {@code value|type|@rate} with it, the
 * Datadog agent packs values with it ({@code 1:2:3|ms}) and has it inside the fields {@code #tags},
 * {@code c:}, {@code e:} and {@code card:} behind the type.
 */
public final class StatsdText {
  private static final byte[] CONTAINER = {'c', ':'};
  private static final byte[] EXTERNAL = {'e', ':'};
  private static final byte[] CARDINALITY = {'c', 'a', 'r', 'd', ':'};

  private StatsdText() {}

  /** Where the segment ends that begins at {@code from}: at the colon of the next, or the end. */
  public static int segmentEnd(byte[] b, int from, int end) {
    int bar = Bytes.indexOf(b, from, end, (byte) '|');
    if (bar < 0) {
      return end;
    }
    int at = fieldEnd(b, bar + 1, end);
    while (at < end && b[at] == '|') {
      at = fieldEnd(b, at + 1, end, true);
    }
    return at;
  }

  private static int fieldEnd(byte[] b, int from, int end) {
    return fieldEnd(b, from, end, false);
  }

  /**
   * At the bar behind the field, or the colon of the next segment, or the end.
   *
   * @param mayHaveColons whether it is a field behind the type, which tags may be
   */
  public static int fieldEnd(byte[] b, int from, int end, boolean mayHaveColons) {
    boolean colons = mayHaveColons && extension(b, from, end);
    int at = from;
    while (at < end && b[at] != '|' && (colons || b[at] != ':')) {
      at++;
    }
    return at;
  }

  private static boolean extension(byte[] b, int from, int end) {
    return from < end && b[from] == '#'
        || Bytes.startsWith(b, from, end, CONTAINER)
        || Bytes.startsWith(b, from, end, EXTERNAL)
        || Bytes.startsWith(b, from, end, CARDINALITY);
  }

  /** What is wrong with {@code values|type|fields}, if anything. */
  static Invalid segment(boolean strict, byte[] b, int from, int to) {
    int bar = Bytes.indexOf(b, from, to, (byte) '|');
    if (bar < 0) {
      return Invalid.TYPE;
    }
    int typeEnd = fieldEnd(b, bar + 1, to);
    int type = type(b, bar + 1, typeEnd);
    if (strict && type == 0) {
      return Invalid.TYPE;
    }
    Invalid bad = type == 's' ? setValue(strict, from, bar) : values(strict, type, b, from, bar);
    return bad != null ? bad : fields(strict, b, typeEnd, to);
  }

  /** The letter of a known type, {@code m} for {@code ms}, or 0. Node trims blanks around it. */
  private static int type(byte[] b, int from, int to) {
    int length = to - from;
    if (length == 2 && b[from] == 'm' && b[from + 1] == 's') {
      return 'm';
    }
    if (length != 1) {
      return 0;
    }
    return switch (b[from]) {
      case 'c', 'g', 'h', 's', 'd' -> b[from];
      default -> 0;
    };
  }

  private static Invalid setValue(boolean strict, int from, int to) {
    return strict && from == to ? Invalid.VALUE : null;
  }

  private static Invalid values(boolean strict, int type, byte[] b, int from, int to) {
    Invalid first = null;
    for (int at = from; at <= to; ) {
      int colon = Bytes.indexOf(b, at, to, (byte) ':');
      int end = colon < 0 ? to : colon;
      Invalid bad = value(strict, type, b, at, end);
      if (strict == (bad != null)) {
        return bad;
      }
      first = first == null ? bad : first;
      at = end + 1;
    }
    return first;
  }

  /** Medium takes what JavaScript takes for a finite number, save its octal and binary forms. */
  private static Invalid value(boolean strict, int type, byte[] b, int from, int to) {
    int bad = NumberText.check(b, from, to);
    if (bad == 0) {
      boolean negative = b[from] == '-' && NumberText.value(b, from, to) < 0;
      return negative && type == 'm' ? Invalid.VALUE : null;
    }
    return !strict && numberInJavaScript(b, from, to) ? null : Invalid.of(bad);
  }

  private static boolean numberInJavaScript(byte[] b, int from, int to) {
    int at = GraphiteFormat.behindBlanks(b, from, to);
    int end = to;
    while (end > at && (b[end - 1] == ' ' || b[end - 1] == '\t' || b[end - 1] == '\r')) {
      end--;
    }
    if (at == end) {
      return from < to;
    }
    boolean hex = end - at > 2 && b[at] == '0' && (b[at + 1] | 0x20) == 'x';
    return hex ? hexadecimal(b, at + 2, end) : NumberText.check(b, at, end) == 0;
  }

  private static boolean hexadecimal(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (Character.digit(b[at], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Looks at each {@code |field} behind the type, in any order. */
  private static Invalid fields(boolean strict, byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      int end = fieldEnd(b, at + 1, to, true);
      Invalid bad = field(strict, b, at + 1, end);
      if (bad != null) {
        return bad;
      }
      at = end;
    }
    return null;
  }

  private static Invalid field(boolean strict, byte[] b, int from, int to) {
    if (from == to) {
      return strict ? Invalid.RATE : null;
    }
    return switch (b[from]) {
      case '@' -> rate(strict, b, from + 1, to);
      case '#' -> strict ? tags(b, from + 1, to) : null;
      case 'T' -> strict ? time(b, from + 1, to) : null;
      case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Invalid.RATE;
      default -> strict && !extension(b, from, to) ? Invalid.RATE : null;
    };
  }

  private static Invalid rate(boolean strict, byte[] b, int from, int to) {
    if (from == to || b[from] == '-' || b[from] == '+' || NumberText.check(b, from, to) != 0) {
      return Invalid.RATE;
    }
    double rate = NumberText.value(b, from, to);
    return rate > 0 && (rate <= 1 || !strict) ? null : Invalid.RATE;
  }

  /** None of the tags between commas may be empty, and UTF-8 they have to be. */
  private static Invalid tags(byte[] b, int from, int to) {
    boolean empty = from == to || b[from] == ',' || b[to - 1] == ',';
    for (int at = from; !empty && at < to; at++) {
      empty = b[at] == ',' && b[at + 1] == ',';
    }
    return empty || KeyText.characters(b, from, to) != null ? Invalid.TAGS : null;
  }

  private static Invalid time(byte[] b, int from, int to) {
    boolean whole = from < to && NumberText.digitsEnd(b, from, to) == to;
    return whole && NumberText.checkTime(b, from, to) == 0 ? null : Invalid.TIME;
  }

  /** {@code _sc|name|status|…}: looks at what is behind the name. */
  static Invalid serviceCheck(boolean strict, byte[] b, int keyEnd, int end) {
    if (end - keyEnd < 2) {
      return Invalid.FIELDS;
    }
    boolean status = b[keyEnd + 1] >= '0' && b[keyEnd + 1] <= '3';
    boolean alone = keyEnd + 2 == end || b[keyEnd + 2] == '|';
    return strict && !(status && alone) ? Invalid.VALUE : null;
  }

  /** {@code _e{titleBytes,textBytes}:title|text|…}; the lengths have to be true when strict. */
  static Invalid event(boolean strict, byte[] b, int lengths, int keyEnd, int end) {
    int comma = NumberText.digitsEnd(b, lengths, keyEnd);
    if (comma == lengths || comma == keyEnd || b[comma] != ',') {
      return Invalid.FIELDS;
    }
    int brace = NumberText.digitsEnd(b, comma + 1, keyEnd);
    if (brace == comma + 1 || brace + 1 != keyEnd || b[brace] != '}') {
      return Invalid.FIELDS;
    }
    if (!strict) {
      return Bytes.indexOf(b, keyEnd, end, (byte) '|') < 0 ? Invalid.FIELDS : null;
    }
    long title = keyEnd + 1 + NumberText.seconds(b, lengths, comma);
    long text = title + 1 + NumberText.seconds(b, comma + 1, brace);
    boolean fits = text <= end && b[(int) title] == '|' && (text == end || b[(int) text] == '|');
    return fits ? null : Invalid.FIELDS;
  }
}
