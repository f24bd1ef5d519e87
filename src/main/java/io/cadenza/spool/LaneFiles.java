package io.cadenza.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;

/** The segments of a lane, oldest first, and what they take of the room. One thread. */
final class LaneFiles {
  final Path folder;
  final Disk disk;
  final Aside aside;

  private final SpoolRoom room;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private long nextNumber;
  private long bytes;

  LaneFiles(Path folder, Disk disk, SpoolRoom room, Aside aside) {
    this.folder = folder;
    this.disk = disk;
    this.room = room;
    this.aside = aside;
  }

  SpoolRoom room() {
    return room;
  }

  /** Bytes on disk. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** The oldest, null when there is none. */
  Segment first() {
    return segments.peekFirst();
  }

  /** The newest, null when there is none. */
  Segment last() {
    return segments.peekLast();
  }

  /** The one behind, null when it is the last. */
  Segment after(Segment segment) {
    for (Segment each : segments) {
      if (each.number > segment.number) {
        return each;
      }
    }
    return null;
  }

  Iterable<Segment> all() {
    return segments;
  }

  /** Adds one that was found. */
  void found(Segment segment) {
    segments.add(segment);
    number(segment.number);
    bytes += segment.length;
    room.found(segment.length);
  }

  /** Numbers up to this one are taken. */
  void number(long taken) {
    nextNumber = Math.max(nextNumber, taken + 1);
  }

  /** Makes a segment at the end; room for its header has been taken. */
  Segment create(long first, long now, boolean force) throws IOException {
    Path path = folder.resolve(Segment.name(nextNumber));
    long birth = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    Segment segment = new Segment(disk, path, nextNumber, birth, first);
    nextNumber++;
    segment.create(now);
    if (force) {
      forceFolder(segment);
    }
    segments.add(segment);
    bytes += segment.length;
    return segment;
  }

  /** The last one has grown; room for it has been taken. */
  void grown(long more) {
    last().length += more;
    bytes += more;
  }

  /** Removes it with all that is in it. */
  void delete(Segment segment) throws IOException {
    segment.delete();
    forget(segment);
  }

  /** It is gone already. */
  void forget(Segment segment) {
    for (Iterator<Segment> each = segments.iterator(); each.hasNext(); ) {
      if (each.next() == segment) {
        each.remove();
        segment.close();
        bytes -= segment.length;
        room.free(segment.length);
        return;
      }
    }
  }

  /** A new file is there after a power cut only when its folder has been forced as well. */
  private void forceFolder(Segment created) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException failed) {
      created.delete();
      throw failed;
    }
  }

  boolean isThere(Segment segment) {
    return Files.exists(segment.path);
  }

  void deleteAll() throws IOException {
    while (!segments.isEmpty()) {
      delete(segments.peekFirst());
    }
  }

  /** Is there nothing that anybody may want, once there are no segments? */
  boolean holdsNothing() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        if (!name.equals(LaneLock.NAME) && !name.equals(Position.NAME)) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  void removePosition() throws IOException {
    Files.deleteIfExists(folder.resolve(Position.NAME));
  }

  void close() {
    segments.forEach(Segment::close);
    room.free(bytes);
    bytes = 0;
    segments.clear();
  }
}
