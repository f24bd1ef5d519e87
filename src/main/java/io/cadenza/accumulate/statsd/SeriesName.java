package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.statsd.StatsdConfig.TagStyle;
import io.cadenza.format.StatsdName;
import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * Makes the key of a series of the key and the tags that a line has: cleaned, and tags sorted, so
 * that all spellings become one. One thread; keeps the last one read; allocates nothing once its
 * arrays have grown.
 */
final class SeriesName {
  private static final byte[] TAGS = {'|', '#'};
  private static final int FIRST_SIZE = 256;

  private final TagStyle style;
  private final boolean clean;
  private final Tags tags = new Tags();

  /** The key of the series, from 0 to {@link #length}. */
  byte[] bytes = new byte[FIRST_SIZE];

  int length;

  /** Where the name ends that says which shard has it. */
  int nameLength;

  /** Where the tags begin. */
  int tagsAt;

  SeriesName(TagStyle style, boolean clean) {
    this.style = style;
    this.clean = clean;
  }

  /** Reads a key and the text behind {@code |#}; false when they give no name. */
  boolean read(byte[] b, int from, int to, int tagsFrom, int tagsTo) {
    int most = to - from + tagsTo - tagsFrom + 2;
    if (bytes.length < most) {
      bytes = new byte[most * 2];
    }
    int nameEnd = Bytes.nameEnd(b, from, to);
    length = StatsdName.clean(b, from, nameEnd, bytes, 0);
    nameLength = length;
    if (length == 0 || hasTagsMark(b, from, to)) {
      return false;
    }
    if (style != TagStyle.DROP && (nameEnd < to || tagsFrom < tagsTo)) {
      tags.clear(most);
      split(b, nameEnd, to, (byte) ';', false);
      split(b, tagsFrom - 1, tagsTo, (byte) ',', true);
      append();
    }
    tagsAt = style == TagStyle.GRAPHITE ? nameLength : length;
    return true;
  }

  /** Is the key the one that was read last, and had the line no other tags? */
  boolean same(byte[] b, int from, int to, int tagsFrom, int tagsTo) {
    return tagsFrom == tagsTo && Arrays.equals(bytes, 0, length, b, from, to);
  }

  /** In a key, tags begin where node would see them, and so there is nothing behind the key. */
  private static boolean hasTagsMark(byte[] b, int from, int to) {
    int at = Bytes.indexOf(b, from, to, TAGS[0]);
    while (at >= 0 && !Bytes.startsWith(b, at, to, TAGS)) {
      at = Bytes.indexOf(b, at + 1, to, TAGS[0]);
    }
    return at >= 0;
  }

  /**
   * @param before the byte before the first tag
   */
  private void split(byte[] b, int before, int to, byte comma, boolean dogstatsd) {
    int at = before;
    while (at >= 0 && at < to) {
      int end = Bytes.indexOf(b, at + 1, to, comma);
      end = end < 0 ? to : end;
      tags.add(b, at + 1, end, dogstatsd, clean);
      at = end;
    }
  }

  private void append() {
    for (int i = 0; i < tags.count(); i++) {
      bytes[length++] = (byte) (style == TagStyle.FLAT ? '.' : ';');
      int start = length;
      length = tags.copy(i, bytes, length);
      int equals = start + tags.keyLength(i);
      if (style == TagStyle.FLAT && equals < length) {
        bytes[equals] = '_';
      }
    }
  }
}
