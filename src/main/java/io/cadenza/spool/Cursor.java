package io.cadenza.spool;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Goes through the records of one segment, past damage: after bytes that are no record it looks for
 * the next marker with a right sum and a sequence that can be. For recovery, reading and checks.
 * One thread.
 */
final class Cursor {
  private static final byte[] NONE = {};
  private static final byte FIRST_OF_MARKER = (byte) (SegmentFormat.MARKER >>> 24);

  /** What comes next in the file. */
  enum Found {
    /** A record: the fields tell of it. */
    RECORD,
    /** Bytes that are not what was written. */
    DAMAGE,
    /** Nothing more. */
    END
  }

  /** Where to look next. */
  long at = SegmentFormat.HEADER;

  /** Behind the last byte that may be looked at. */
  long limit;

  /** Where what was found begins. */
  long start;

  /** Lines of the record; of damage, those that a whole header tells of, or else -1. */
  int lines;

  long sequence;
  long time;

  /** The window on the file, and where in it the payload of the record is. */
  byte[] bytes = NONE;

  int from;
  int to;

  private final Segment segment;
  private final Scratch scratch;
  private int window;
  private boolean shared;
  private long base;
  private int length;

  /**
   * @param window bytes to read at once
   */
  Cursor(Segment segment, Scratch scratch, long limit, int window) {
    this.segment = segment;
    this.scratch = scratch;
    this.limit = limit;
    this.window = window;
  }

  /** Reads so much at once from now on. */
  void window(int size) {
    window = size;
  }

  /** The payload found last is given away: its array is not written to again. */
  void share() {
    shared = true;
  }

  /** Goes back to the beginning of what was found last. */
  void back() {
    at = start;
  }

  /**
   * Finds what comes next.
   *
   * @param least the lowest sequence that a record behind damage may have
   * @param most the highest sequence that may be behind its last line
   */
  Found next(long least, long most) throws IOException {
    start = at;
    if (at >= limit) {
      return Found.END;
    }
    lines = -1;
    if (!isRecordAt(at)) {
      at = search(at + 1, least, most);
      return Found.DAMAGE;
    }
    int head = (int) (at - base);
    lines = SegmentFormat.lines(bytes, head);
    int size = SegmentFormat.size(bytes, head);
    if (!load(at, SegmentFormat.RECORD + (long) size)) {
      at = search(at + 1, least, most);
      return Found.DAMAGE;
    }
    head = (int) (at - base);
    at += SegmentFormat.RECORD + size;
    if (!SegmentFormat.isWhole(bytes, head)) {
      return Found.DAMAGE;
    }
    sequence = SegmentFormat.sequence(bytes, head);
    time = SegmentFormat.time(bytes, head);
    from = head + SegmentFormat.RECORD;
    to = from + size;
    return Found.RECORD;
  }

  private boolean isRecordAt(long offset) throws IOException {
    return load(offset, SegmentFormat.RECORD)
        && SegmentFormat.isRecord(bytes, (int) (offset - base));
  }

  /** The next place of a record that can be right; the limit when there is none. */
  private long search(long from, long least, long most) throws IOException {
    for (long p = from; p + SegmentFormat.RECORD <= limit; p++) {
      if (!load(p, SegmentFormat.RECORD)) {
        return limit;
      }
      int i = (int) (p - base);
      int last = length - SegmentFormat.RECORD;
      while (i < last && bytes[i] != FIRST_OF_MARKER) {
        i++;
      }
      p = base + i;
      if (SegmentFormat.isRecord(bytes, i) && canBe(p, i, least, most)) {
        return p;
      }
    }
    return limit;
  }

  private boolean canBe(long offset, int head, long least, long most) {
    long sequence = SegmentFormat.sequence(bytes, head);
    return sequence >= least
        && sequence + SegmentFormat.lines(bytes, head) <= most
        && offset + SegmentFormat.RECORD + SegmentFormat.size(bytes, head) <= limit;
  }

  /** Has these bytes of the file in the window; false when they are not all there. */
  private boolean load(long offset, long size) throws IOException {
    if (offset + size > limit || size > Integer.MAX_VALUE - 8) {
      return false;
    }
    boolean inside = offset >= base && offset <= base + length;
    if (inside && offset + size <= base + length) {
      return true;
    }
    int keep = inside ? (int) (base + length - offset) : 0;
    int capacity = (int) Math.min(Math.max(window, size), limit - offset);
    byte[] into = shared || bytes.length < size ? new byte[capacity] : bytes;
    System.arraycopy(bytes, inside ? (int) (offset - base) : 0, into, 0, keep);
    bytes = into;
    shared = false;
    base = offset;
    length = keep;
    fill((int) Math.min(into.length, limit - offset));
    return length >= size;
  }

  private void fill(int wanted) throws IOException {
    ByteBuffer direct = scratch.buffer();
    while (length < wanted) {
      direct.clear().limit(Math.min(direct.capacity(), wanted - length));
      int n = segment.channel().read(direct, base + length);
      if (n <= 0) {
        return;
      }
      direct.flip().get(bytes, length, n);
      length += n;
    }
  }
}
