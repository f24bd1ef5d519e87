package io.cadenza.spool;

import java.io.IOException;
import java.nio.file.Path;

/** Finds out where a lane is to be read from, and how much there is. */
final class LaneOpening {
  private final SpoolConfig config;
  private final Disk disk;
  private final SpoolRoom room;
  private final Scratch scratch = new Scratch();

  LaneOpening(SpoolConfig config, Disk disk, SpoolRoom room) {
    this.config = config;
    this.disk = disk;
    this.room = room;
  }

  SpoolFolder.Opened open(Path lane, LaneLock lock, Ledger ledger) throws IOException {
    LaneFiles files = new LaneFiles(lane, disk, room, new Aside(lane));
    Position position = new Position(disk, lane);
    try {
      return open(files, position, lock, ledger);
    } catch (IOException | RuntimeException failed) {
      files.close();
      position.close();
      throw failed;
    }
  }

  private SpoolFolder.Opened open(LaneFiles files, Position position, LaneLock lock, Ledger ledger)
      throws IOException {
    Recovery recovery = new Recovery(files, scratch, true);
    recovery.run();
    Position.Mark mark = position.read().orElse(null);
    if (mark != null) {
      files.number(mark.segment());
    }
    Segment at = segmentAt(files, mark);
    long sequence = files.isEmpty() ? mark == null ? 0 : mark.sequence() : files.last().end;
    Reader reader = new Reader(files, ledger, scratch, start(files, at, mark, sequence));
    if (at != null) {
      reader.begin(at, offset(at, mark), mark.sequence());
      removeBefore(files, at);
    } else {
      mark = begin(files, sequence);
      position.replace(mark);
      if (config.sync() != Sync.NONE) {
        position.force();
      }
    }
    long found = count(files, reader.sequence()) + recovery.torn();
    ledger.add(found);
    ledger.lost(Loss.DAMAGED, recovery.torn());
    return new SpoolFolder.Opened(files, lock, position, reader, scratch, sequence, found, mark);
  }

  /** The segment in which the position is, null when there is no such place in the lane. */
  static Segment segmentAt(LaneFiles files, Position.Mark mark) {
    for (Segment segment : files.all()) {
      if (mark != null
          && segment.number == mark.segment()
          && segment.birth == mark.birth()
          && segment.birth != Segment.UNKNOWN
          && mark.sequence() >= segment.first
          && mark.sequence() <= segment.end) {
        return segment;
      }
    }
    return null;
  }

  static long start(LaneFiles files, Segment at, Position.Mark mark, long sequence) {
    if (at != null) {
      return mark.sequence();
    }
    return files.isEmpty() ? sequence : files.first().first;
  }

  private static Position.Mark begin(LaneFiles files, long sequence) {
    Segment first = files.first();
    return first == null
        ? new Position.Mark(0, 0, 0, sequence)
        : new Position.Mark(first.number, first.birth, SegmentFormat.HEADER, first.first);
  }

  /** The offset, if that is where the record is; otherwise where the first one behind it is. */
  private long offset(Segment segment, Position.Mark mark) throws IOException {
    Cursor cursor = cursor(segment);
    if (mark.sequence() == segment.end && mark.offset() == segment.length) {
      return mark.offset();
    }
    boolean inside = mark.offset() >= SegmentFormat.HEADER && mark.offset() < segment.length;
    cursor.at = inside ? mark.offset() : SegmentFormat.HEADER;
    if (inside
        && cursor.next(0, Long.MAX_VALUE) == Cursor.Found.RECORD
        && cursor.sequence == mark.sequence()) {
      return mark.offset();
    }
    return search(cursor(segment), mark.sequence());
  }

  private static long search(Cursor cursor, long sequence) throws IOException {
    long behind = cursor.at;
    while (true) {
      Cursor.Found found = cursor.next(0, Long.MAX_VALUE);
      boolean reached = found == Cursor.Found.RECORD && cursor.sequence + cursor.lines > sequence;
      if (found == Cursor.Found.END || reached) {
        return behind;
      }
      if (found == Cursor.Found.RECORD) {
        behind = cursor.at;
      }
    }
  }

  private Cursor cursor(Segment segment) {
    return new Cursor(segment, scratch, segment.length, 64 << 10);
  }

  private static void removeBefore(LaneFiles files, Segment at) throws IOException {
    while (files.first() != at) {
      files.delete(files.first());
    }
  }

  /** Lines from a sequence on, without those that were counted as lost before. */
  static long count(LaneFiles files, long from) {
    long lines = 0;
    for (Segment segment : files.all()) {
      lines += files.aside.untold(segment, Math.max(from, segment.first), segment.end);
    }
    return lines;
  }
}
