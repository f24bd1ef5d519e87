package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The reading end of a lane: goes on from record to record and segment to segment, and tells the
 * ledger of lines that are not there. One thread.
 */
final class Reader {
  private static final int LEAST_WINDOW = 64 << 10;
  private static final int MOST_WINDOW = 4 << 20;

  /** Bytes that may be passed over at a time, since appends wait for it. */
  private static final int MOST_DROPPED = 32 << 20;

  private final LaneFiles files;
  private final Ledger ledger;
  private final Scratch scratch;

  /** The segment that is read, null before the first. */
  private Segment segment;

  private Cursor cursor;

  /** The sequence that comes next if nothing is missing. */
  private long expected;

  /** Damaged bytes for which the number of lines is not known before the next record. */
  private long damageFrom = -1;

  private long damageTo;

  /** When the record at the reading mark was appended. */
  private long nextTime;

  Reader(LaneFiles files, Ledger ledger, Scratch scratch, long sequence) {
    this.files = files;
    this.ledger = ledger;
    this.scratch = scratch;
    this.expected = sequence;
  }

  /** The sequence of the next line. */
  long sequence() {
    return expected;
  }

  /** Where the next read begins; null when there is no segment. */
  Position.Mark mark() {
    return segment == null || cursor == null
        ? null
        : new Position.Mark(segment.number, segment.birth, offset(), expected);
  }

  private long offset() {
    return damageFrom >= 0 ? damageFrom : cursor.at;
  }

  long nextTime() {
    return nextTime;
  }

  Segment segment() {
    return segment;
  }

  /** Begins at a place in a segment rather than at the first record of all. */
  void begin(Segment in, long offset, long sequence) throws IOException {
    enter(in);
    cursor.at = offset;
    expected = sequence;
  }

  private void enter(Segment next) throws IOException {
    Segment left = segment;
    segment = next;
    cursor = null;
    damageFrom = -1;
    expected = Math.max(expected, next.first);
    if (left != null && left != files.last()) {
      left.close();
    }
    open();
  }

  private void open() throws IOException {
    segment.channel(); // Tells when the file is gone.
    cursor = new Cursor(segment, scratch, segment.length, LEAST_WINDOW);
  }

  /**
   * Takes records from the reading mark on into a list.
   *
   * @param maxBytes of payload; 0: look whether the next one is fresh, and take none
   * @param oldest the time of the oldest record that is fresh enough
   * @return bytes taken; 0 when there is nothing
   */
  int take(int maxBytes, long oldest, List<LineRun> into) throws IOException {
    while (ready()) {
      try {
        int bytes = takeHere(maxBytes, oldest, into);
        if (bytes > 0 || !isAtEnd()) {
          return bytes;
        }
      } catch (NoSuchFileException gone) {
        giveUp();
      }
      if (!step()) {
        return 0;
      }
    }
    return 0;
  }

  /** Steps from the end of a finished segment to the next one. */
  boolean step() throws IOException {
    if (segment == null || cursor != null && !isAtEnd()) {
      return false;
    }
    Segment next = files.after(segment);
    if (next == null) {
      return false;
    }
    close(segment.end);
    enterOrForget(next);
    return true;
  }

  private void enterOrForget(Segment next) throws IOException {
    try {
      enter(next);
    } catch (NoSuchFileException gone) {
      giveUp();
    }
  }

  private boolean ready() throws IOException {
    while (segment == null && !files.isEmpty()) {
      enterOrForget(files.first());
    }
    return segment != null;
  }

  private boolean isAtEnd() {
    return cursor == null || cursor.at >= segment.length;
  }

  private int takeHere(int maxBytes, long oldest, List<LineRun> into) throws IOException {
    if (cursor == null) {
      open();
    }
    int bytes = 0;
    long begin = cursor.at;
    cursor.limit = segment.length;
    cursor.window(Math.max(LEAST_WINDOW, Math.min(maxBytes, MOST_WINDOW)) + (4 << 10));
    while (true) {
      switch (cursor.next(expected, segment.end)) {
        case END -> {
          close(segment.end);
          return bytes;
        }
        case DAMAGE -> {
          if (bytes > 0) {
            cursor.back();
            return bytes;
          }
          damageFrom = damageFrom < 0 ? cursor.start : damageFrom;
          damageTo = cursor.at;
        }
        case RECORD -> {
          int size = cursor.to - cursor.from;
          boolean old = cursor.time < oldest;
          if (cursor.sequence + cursor.lines > segment.end) {
            cursor.at = segment.length; // Of a write that was taken back.
          } else if (old && bytes == 0) {
            close(cursor.sequence);
            pass();
            ledger.lost(Loss.AGE, cursor.lines);
            if (cursor.at - begin > MOST_DROPPED) {
              return 0;
            }
          } else if (bytes > 0 ? old || bytes + (long) size > maxBytes : maxBytes == 0) {
            nextTime = cursor.time;
            cursor.back();
            return bytes;
          } else {
            close(cursor.sequence);
            pass();
            nextTime = cursor.time;
            bytes += size;
            cursor.share();
            into.add(new LineRun(cursor.bytes, cursor.from, cursor.to, cursor.lines));
          }
        }
      }
    }
  }

  private void pass() {
    expected = cursor.sequence + cursor.lines;
  }

  /** Tells of the lines that are missing before this sequence. */
  private void close(long sequence) {
    long missing = files.aside.untold(segment, expected, sequence);
    if (missing > 0) {
      long from = Math.max(damageFrom, 0);
      files.aside.keep(segment, from, damageFrom < 0 ? from : damageTo, expected, sequence);
      ledger.lost(Loss.DAMAGED, missing);
    }
    damageFrom = -1;
    expected = Math.max(expected, sequence);
  }

  /** The file is gone: somebody has removed it. */
  private void giveUp() {
    close(segment.end);
    Segment gone = segment;
    Segment next = files.after(gone);
    segment = null;
    cursor = null;
    files.forget(gone);
    expected = next == null ? expected : Math.max(expected, next.first);
  }

  /** The segment is about to be dropped: answers how many of its lines nobody has read. */
  long drop(Segment dropped) {
    if (segment != null && dropped.number < segment.number) {
      return 0;
    }
    long unread = files.aside.untold(dropped, Math.max(expected, dropped.first), dropped.end);
    expected = Math.max(expected, dropped.end);
    if (segment == dropped) {
      segment = null;
      cursor = null;
      damageFrom = -1;
    }
    return unread;
  }

  /** The segment that is read has been removed, with nothing unread in it. */
  void forget() {
    segment = null;
    cursor = null;
    damageFrom = -1;
  }
}
