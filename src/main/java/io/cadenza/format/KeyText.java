package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.Validation;

/** What keys may hold at each level. Called by the formats for every line, from any thread. */
final class KeyText {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long BLANKS = ' ' * ONES;
  private static final long SEMICOLONS = ';' * ONES;
  private static final boolean[] STRICT = new boolean[256];

  static {
    for (char c = 0; c < 128; c++) {
      STRICT[c] = c == '_' || c == '.' || c == '-' || Character.isLetterOrDigit(c);
    }
  }

  private KeyText() {}

  /** Looks at a key with its tags behind semicolons, as graphite writes it. */
  static Invalid check(Validation level, byte[] b, int from, int to) {
    if (level != Validation.STRICT && plain(b, from, to)) {
      return null;
    }
    Invalid bad = characters(b, from, to);
    if (bad != null) {
      return bad;
    }
    int nameEnd = Bytes.nameEnd(b, from, to);
    if (nameEnd < to && !tags(level, b, from, nameEnd, to)) {
      return Invalid.TAGS;
    }
    return level == Validation.STRICT ? strictName(b, from, nameEnd) : null;
  }

  /** NUL, UTF-8 and control characters only. */
  static Invalid characters(byte[] b, int from, int to) {
    if (plain(b, from, to)) {
      return null;
    }
    if (Bytes.indexOf(b, from, to, (byte) 0) >= 0) {
      return Invalid.NUL;
    }
    if (!utf8(b, from, to)) {
      return Invalid.UTF8;
    }
    for (int at = from; at < to; at++) {
      if (b[at] >= 0 && b[at] < 0x20 || b[at] == 0x7f) {
        return Invalid.CHARACTER;
      }
    }
    return null;
  }

  /** Letters, digits and {@code _ . -} in components that are not empty; {@code =} in carbon2. */
  static Invalid strictName(byte[] b, int from, int to) {
    int firstDot = Bytes.indexOf(b, from, to, (byte) '.');
    boolean carbon2 = Bytes.indexOf(b, from, firstDot < 0 ? to : firstDot, (byte) '=') >= 0;
    int before = '.';
    boolean empty = from == to;
    for (int at = from; at < to; at++) {
      int c = b[at] & 0xff;
      if (!STRICT[c] && !(carbon2 && c == '=')) {
        return Invalid.CHARACTER;
      }
      empty |= c == '.' && before == '.';
      before = c;
    }
    return empty || before == '.' ? Invalid.EMPTY_COMPONENT : null;
  }

  /** Whether all is printable ASCII without semicolon, eight bytes at a time. */
  private static boolean plain(byte[] b, int from, int to) {
    if (to - from < 8) {
      return plainShort(b, from, to);
    }
    long odd = 0;
    for (int at = from; at < to - 8; at += 8) {
      odd |= oddities(Bytes.word(b, at));
    }
    // The last eight, which may have been looked at in part.
    return (odd | oddities(Bytes.word(b, to - 8))) == 0;
  }

  /**
   * The blank behind a key of printable ASCII without semicolon, eight bytes at a time; -1 when
   * something else comes first, or nothing within the words that end before {@code to}.
   */
  static int plainEnd(byte[] b, int from, int to) {
    for (int at = from; at <= to - 8; at += 8) {
      long word = Bytes.word(b, at);
      long blanks = word ^ BLANKS;
      long blank = (blanks - ONES) & ~blanks & HIGHS;
      long odd = oddities(word);
      if ((blank | odd) != 0) {
        int first = Long.numberOfTrailingZeros(blank);
        return first < Long.numberOfTrailingZeros(odd) ? at + (first >>> 3) : -1;
      }
    }
    return -1;
  }

  /** Not 0 if a byte is below a blank, above a tilde, or a semicolon. */
  private static long oddities(long word) {
    long semicolons = word ^ SEMICOLONS;
    return (word | (word - BLANKS) | (word + ONES) | (semicolons - ONES) & ~semicolons) & HIGHS;
  }

  private static boolean plainShort(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (b[at] < ' ' || b[at] == 0x7f || b[at] == ';') {
        return false;
      }
    }
    return true;
  }

  /**
   * As carbon's: {@code ;k=v} with a key of none of {@code ; ! ^ =} and a value that does not begin
   * with a tilde; an equals sign in the value is carbon's, but not carbon-relay-ng's, so not
   * strict.
   */
  private static boolean tags(Validation level, byte[] b, int from, int nameEnd, int to) {
    boolean right = nameEnd > from;
    for (int at = nameEnd; right && at < to; ) {
      int end = Bytes.nameEnd(b, at + 1, to);
      right = tag(level, b, at + 1, end);
      at = end;
    }
    return right;
  }

  /** Whether {@code b[from, to)} is one tag, {@code k=v}. */
  static boolean tag(Validation level, byte[] b, int from, int to) {
    int equals = Bytes.indexOf(b, from, to, (byte) '=');
    if (equals <= from || equals + 1 == to || b[equals + 1] == '~') {
      return false;
    }
    for (int at = from; at < equals; at++) {
      if (b[at] == '!' || b[at] == '^') {
        return false;
      }
    }
    return level != Validation.STRICT || Bytes.indexOf(b, equals + 1, to, (byte) '=') < 0;
  }

  /** Whether all is UTF-8: none overlong, no surrogates, nothing cut off. */
  static boolean utf8(byte[] b, int from, int to) {
    int at = from;
    while (at >= 0 && at < to) {
      at = b[at] >= 0 ? at + 1 : behindMultibyte(b, at, to);
    }
    return at >= 0;
  }

  private static int behindMultibyte(byte[] b, int at, int to) {
    int lead = b[at] & 0xff;
    int more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (more == 0 || to - at <= more) {
      return -1;
    }
    int second = b[at + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = 2; i <= more; i++) {
      if ((b[at + i] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return at + more + 1;
  }
}
