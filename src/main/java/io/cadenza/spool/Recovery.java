package io.cadenza.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is in a lane's folder. Of finished segments it reads the headers only, since the next
 * one's tells how many lines there are: their records are looked at when they are read. The last
 * segment is gone through to its end, which no other file tells, and cut behind its last record.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int WINDOW = 256 << 10;
  private static final String SET_ASIDE = ".aside";

  private final LaneFiles files;
  private final Scratch scratch;
  private final boolean repairs;
  private long torn;

  /**
   * @param repairs whether files may be changed: set aside what is no segment, cut a torn end
   */
  Recovery(LaneFiles files, Scratch scratch, boolean repairs) {
    this.files = files;
    this.scratch = scratch;
    this.repairs = repairs;
  }

  /** Is this the name of a file that is no segment of ours? */
  static boolean isSetAside(String name) {
    return name.endsWith(SET_ASIDE);
  }

  /** Lines that were in the torn end. */
  long torn() {
    return torn;
  }

  /** Adds all segments to the files. */
  void run() throws IOException {
    List<Segment> found = new ArrayList<>();
    for (long number : numbers()) {
      files.number(number);
      look(number).ifPresent(found::add);
    }
    files.number(files.aside.highest());
    for (int i = 0; i < found.size(); i++) {
      Segment segment = found.get(i);
      if (i + 1 < found.size()) {
        segment.end = Math.max(segment.first, found.get(i + 1).first);
      } else {
        findEnd(segment);
      }
      files.found(segment);
    }
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(files.folder)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        long number = Segment.number(name);
        if (number >= 0) {
          numbers.add(number);
        } else if (isSetAside(name)) {
          files.number(Segment.number(name.substring(0, name.length() - SET_ASIDE.length())));
        }
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** What is in the file, or nothing when it is set aside. */
  private Optional<Segment> look(long number) throws IOException {
    Path path = files.folder.resolve(Segment.name(number));
    Segment unknown = new Segment(files.disk, path, number, Segment.UNKNOWN, 0);
    try {
      long size = unknown.channel().size();
      byte[] header = new byte[SegmentFormat.HEADER];
      int n = unknown.channel().read(ByteBuffer.wrap(header), 0);
      return switch (SegmentFormat.kind(header, n)) {
        case OURS -> Optional.of(segment(unknown, header, size));
        case OTHER_VERSION -> setAside(unknown, size, "is of another version");
        case BROKEN -> byRecords(unknown, size);
      };
    } finally {
      unknown.close();
    }
  }

  private Segment segment(Segment unknown, byte[] header, long size) {
    long first = SegmentFormat.first(header);
    long birth = SegmentFormat.birth(header);
    Segment segment = new Segment(files.disk, unknown.path, unknown.number, birth, first);
    segment.length = size;
    return segment;
  }

  /** The header is broken: the first record that is whole tells what it would. */
  private Optional<Segment> byRecords(Segment unknown, long size) throws IOException {
    Cursor cursor = new Cursor(unknown, scratch, size, WINDOW);
    Cursor.Found found = cursor.next(0, Long.MAX_VALUE);
    while (found == Cursor.Found.DAMAGE) {
      found = cursor.next(0, Long.MAX_VALUE);
    }
    if (found == Cursor.Found.END) {
      return isZero(unknown, 0, size) ? delete(unknown) : setAside(unknown, size, "has no header");
    }
    if (repairs) {
      LOG.warn("spool: the header of {} is damaged; its records are read", unknown.path);
    }
    Segment segment =
        new Segment(files.disk, unknown.path, unknown.number, Segment.UNKNOWN, cursor.sequence);
    segment.length = size;
    return Optional.of(segment);
  }

  /** Made, and nothing written before the end came. */
  private Optional<Segment> delete(Segment unknown) throws IOException {
    if (repairs) {
      unknown.delete();
    }
    return Optional.empty();
  }

  private Optional<Segment> setAside(Segment unknown, long size, String why) throws IOException {
    if (!repairs) {
      return Optional.empty();
    }
    Path to = unknown.path.resolveSibling(unknown.path.getFileName() + SET_ASIDE);
    Files.move(unknown.path, to);
    LOG.error("spool: {} {}: set aside as {}, {} bytes", unknown.path, why, to, size);
    return Optional.empty();
  }

  /** Goes to the end of the last segment and cuts what is no record there. */
  private void findEnd(Segment last) throws IOException {
    long size = last.length;
    Cursor cursor = new Cursor(last, scratch, size, WINDOW);
    long good = SegmentFormat.HEADER;
    long expected = last.first;
    long damagedLines = 0;
    Cursor.Found found = cursor.next(expected, Long.MAX_VALUE);
    while (found != Cursor.Found.END) {
      if (found == Cursor.Found.RECORD) {
        good = cursor.at;
        expected = cursor.sequence + cursor.lines;
        damagedLines = 0;
      } else {
        damagedLines += damaged(last, cursor);
      }
      found = cursor.next(expected, Long.MAX_VALUE);
    }
    last.end = expected;
    last.length = Math.min(good, size);
    if (good < size && repairs) {
      cut(last, good, size, damagedLines);
    }
  }

  private static long damaged(Segment segment, Cursor cursor) throws IOException {
    if (cursor.lines >= 0) {
      return cursor.lines;
    }
    long from = Math.min(cursor.start + SegmentFormat.RECORD, cursor.at);
    return count(segment, from, cursor.at, (byte) '\n');
  }

  private void cut(Segment last, long good, long size, long lines) throws IOException {
    if (!isZero(last, good, size)) {
      files.aside.keepTail(last, good, size, lines);
      torn = lines;
    }
    last.truncate(good);
  }

  private static boolean isZero(Segment segment, long from, long to) throws IOException {
    return count(segment, from, to, (byte) 0) == to - from;
  }

  private static long count(Segment segment, long from, long to, byte wanted) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
    long count = 0;
    long at = from;
    while (at < to) {
      bytes.clear().limit((int) Math.min(bytes.capacity(), to - at));
      int n = segment.channel().read(bytes, at);
      if (n <= 0) {
        return count;
      }
      for (int i = 0; i < n; i++) {
        count += bytes.get(i) == wanted ? 1 : 0;
      }
      at += n;
    }
    return count;
  }
}
