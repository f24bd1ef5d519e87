package io.cadenza.format;

import io.cadenza.line.Invalid;
import java.nio.charset.StandardCharsets;

/**
 * Mends names as carbon-c-relay does: runs of dots become one, dots at the ends of the name go, any
 * byte outside letters, digits, dot and the extra characters becomes an underscore; blanks before
 * the line go, runs of blanks and tabs between fields become one blank, a carriage return ends the
 * line. Tags, from the first semicolon of the key, stay as they are.
 *
 * <p>Unlike carbon-c-relay 3.9, value and time are never touched ({@code .5} stays {@code .5}), and
 * blanks at the end go.
 *
 * <p>For lines that {@link GraphiteFormat} reads. Hot path, any thread: keeps nothing but its
 * table.
 */
public final class Cleanser {
  /** What carbon-c-relay allows in names besides letters, digits and dots. */
  public static final String EXTRA = "-_:#";

  private static final byte NAME = 0;
  private static final byte DOT = 1;
  private static final byte OTHER = 2;
  private static final byte TAGS = 4 | OTHER;
  private static final byte BLANK = 8 | OTHER;
  private static final byte STOP = 16 | OTHER;

  private final byte[] kinds = new byte[256];

  /**
   * @param extra ASCII characters that names may hold besides letters, digits and dots; with a
   *     semicolon among them there are no tags
   * @throws IllegalArgumentException for a blank, a control or a character beyond ASCII
   */
  public Cleanser(String extra) {
    for (int c = 0; c < 256; c++) {
      kinds[c] = c < 128 && Character.isLetterOrDigit(c) ? NAME : OTHER;
    }
    kinds['.'] = DOT;
    kinds[';'] = TAGS;
    kinds[' '] = BLANK;
    kinds['\t'] = BLANK;
    kinds['\r'] = STOP;
    kinds['\n'] = STOP;
    for (byte c : extra.getBytes(StandardCharsets.UTF_8)) {
      if (c <= ' ' || c == 0x7f) {
        throw new IllegalArgumentException(
            "names can be allowed printable ASCII only, not \"" + extra + "\"");
      }
      kinds[c] = c == '.' ? DOT : NAME;
    }
  }

  /** Whether {@link #clean} would give the line back as it is, so that it need not be copied. */
  public boolean isClean(byte[] b, int start, int end) {
    int before = DOT;
    int at = start;
    int kind = 0;
    for (; at < end; at++) {
      kind = kinds[b[at] & 0xff];
      if ((kind & (before | OTHER)) != 0) {
        break;
      }
      before = kind;
    }
    if (at == end || before == DOT) {
      return false;
    }
    if (kind == TAGS) {
      at = tagsEnd(b, at, end);
    }
    return at < end && kinds[b[at] & 0xff] == BLANK && isCleanData(b, at, end);
  }

  /**
   * Whether there are fields, each behind one blank, and nothing else that {@link #clean} drops.
   */
  private boolean isCleanData(byte[] b, int from, int end) {
    boolean afterBlank = false;
    for (int at = from; at < end; at++) {
      byte c = b[at];
      boolean blank = c == ' ';
      if (c <= '\r' && kinds[c & 0xff] > OTHER || blank && afterBlank) {
        return false;
      }
      afterBlank = blank;
    }
    return !afterBlank;
  }

  /**
   * Writes the mended line, which is never longer than the line.
   *
   * @param into has room for {@code end - start} bytes from {@code at}; may be {@code b} itself
   *     with {@code at} up to {@code start}
   * @return how many bytes were written; or the code of {@link Invalid#EMPTY}, {@link Invalid#KEY}
   *     (nothing is left of the name) or {@link Invalid#FIELDS} (a name without data)
   */
  public int clean(byte[] b, int start, int end, byte[] into, int at) {
    int from = start;
    while (from < end && kinds[b[from] & 0xff] == BLANK) {
      from++;
    }
    if (from == end || kinds[b[from] & 0xff] == STOP) {
      return Invalid.EMPTY.code();
    }
    int nameEnd = nameEnd(b, from, end);
    int keyEnd =
        nameEnd < end && kinds[b[nameEnd] & 0xff] == TAGS ? tagsEnd(b, nameEnd, end) : nameEnd;
    int to = cleanName(b, from, nameEnd, into, at);
    if (to == at) {
      return Invalid.KEY.code();
    }
    System.arraycopy(b, nameEnd, into, to, keyEnd - nameEnd);
    int data = to + keyEnd - nameEnd;
    int written = cleanData(b, keyEnd, end, into, data);
    return written == data ? Invalid.FIELDS.code() : written - at;
  }

  private int nameEnd(byte[] b, int from, int end) {
    int at = from;
    while (at < end && kinds[b[at] & 0xff] <= OTHER) {
      at++;
    }
    return at;
  }

  private int tagsEnd(byte[] b, int from, int end) {
    int at = from;
    while (at < end && (kinds[b[at] & 0xff] & (BLANK | STOP) & ~OTHER) == 0) {
      at++;
    }
    return at;
  }

  private int cleanName(byte[] b, int from, int to, byte[] into, int start) {
    int before = DOT;
    int at = start;
    for (int i = from; i < to; i++) {
      int kind = kinds[b[i] & 0xff];
      if ((kind & before & DOT) == 0) {
        into[at++] = kind == OTHER ? (byte) '_' : b[i];
      }
      before = kind;
    }
    return at > start && into[at - 1] == '.' ? at - 1 : at;
  }

  /** One blank before each field. Gives back where it stopped writing. */
  private int cleanData(byte[] b, int from, int end, byte[] into, int start) {
    int at = start;
    boolean blank = false;
    for (int i = from; i < end && kinds[b[i] & 0xff] != STOP; i++) {
      if (kinds[b[i] & 0xff] == BLANK) {
        blank = true;
        continue;
      }
      if (blank) {
        into[at++] = ' ';
        blank = false;
      }
      into[at++] = b[i];
    }
    return at;
  }
}
