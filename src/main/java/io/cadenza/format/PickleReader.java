package io.cadenza.format;

import io.cadenza.line.Invalid;
import java.math.BigInteger;
import java.util.List;

/**
 * Turns what carbon's pickle listener is sent, {@code [(name, (time, value)), ...]}, into graphite
 * lines. Tuples and lists are the same to it, numbers may be text, names may be bytes.
 *
 * <p>Pickles are decoded as data and nothing else: one that would import or call anything, is
 * malformed, or is no list at all, is refused whole before any of its items is taken. An item of
 * another shape, with a name that is not one word of UTF-8, a time outside 0 to 2^32 - 1 or a value
 * that is not a finite number costs itself only.
 *
 * <p>Whole numbers are printed exactly, others with as few digits as read back the same ({@code
 * 1.0} as {@code 1}); text as it came.
 *
 * <p>One instance serves one thread.
 */
public final class PickleReader {
  /** How many times as long as the pickle its lines may be: names can be repeated by reference. */
  private static final int EXPANSION = 64;

  /** How much longer than the pickle its lines may be: all of them are in memory at once. */
  private static final int ADDED = 16 << 20;

  private final LineText line = new LineText();

  /**
   * Decodes one pickle of protocol 0 to 5.
   *
   * @return a Long, BigInteger, Double, String, Boolean or null; a List for lists and tuples, maybe
   *     holding itself; a Map with keys of those but the last; a byte array for bytes and for text
   *     that is not UTF-8; or {@link Invalid#PICKLE}
   */
  public static Object unpickle(byte[] b, int from, int to) {
    return new Unpickler(b, from, to).read();
  }

  /**
   * Reads one frame without its length.
   *
   * @return how many lines went to the sink
   */
  public int read(byte[] b, int from, int to, LineSink sink) {
    if (!(unpickle(b, from, to) instanceof List<?> items)) {
      sink.refused(Invalid.PICKLE);
      return 0;
    }
    long size = to - from;
    long room = LineText.LONGEST + Math.min(EXPANSION * size, ADDED + size);
    int lines = 0;
    for (Object item : items) {
      if (room > 0 && put(item)) {
        room -= line.length();
        lines++;
        sink.line(line.bytes(), 0, line.length());
      } else {
        sink.refused(Invalid.ITEM);
      }
    }
    return lines;
  }

  private boolean put(Object item) {
    line.clear();
    if (!(item instanceof List<?> pair)
        || pair.size() != 2
        || !(pair.get(1) instanceof List<?> point)
        || point.size() != 2) {
      return false;
    }
    return putName(pair.get(0))
        && putNumber(point.get(1), false)
        && putNumber(point.get(0), true)
        && line.length() <= LineText.LONGEST;
  }

  private boolean putName(Object name) {
    if (name instanceof String text) {
      return text.length() <= LineText.LONGEST && line.addText(text) && line.isWord(0);
    }
    if (name instanceof byte[] bytes && bytes.length <= LineText.LONGEST) {
      line.add(bytes, 0, bytes.length);
      return line.isWord(0);
    }
    return false;
  }

  private boolean putNumber(Object number, boolean time) {
    line.add(' ');
    int from = line.length();
    return addNumber(number) && (time ? line.endsWithTime(from) : line.endsWithNumber(from));
  }

  private boolean addNumber(Object number) {
    if (number instanceof Long whole) {
      line.add(whole.longValue());
    } else if (number instanceof Double real && Double.isFinite(real)) {
      line.add(real.doubleValue());
    } else if (number instanceof Boolean truth) {
      line.add(truth ? '1' : '0');
    } else if (number instanceof BigInteger big && big.bitLength() <= 1024) {
      line.add(big.toString());
    } else {
      return addText(number);
    }
    return true;
  }

  private boolean addText(Object number) {
    Object text = number instanceof byte[] bytes ? PickleText.text(bytes, 0, bytes.length) : number;
    return text instanceof String digits
        && digits.length() <= LineText.LONGEST
        && line.addText(digits.strip());
  }
}
