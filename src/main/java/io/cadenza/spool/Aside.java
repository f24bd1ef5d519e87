package io.cadenza.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be read, kept in the folder {@code damaged} of a lane for whoever wants to look:
 * at most 16 MiB and 1000 files, then the place alone is noted, then nothing.
 *
 * <p>A file is named {@code <segment>-<offset>-<first missing line>-<behind the last>}, so that
 * lines which were counted as lost are not counted again after a restart. Such a file may be empty.
 * Used by the thread that works on the lane.
 */
final class Aside {
  static final String NAME = "damaged";

  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);
  private static final long MOST_BYTES = 16 << 20;
  private static final int MOST_FILES = 1000;

  private final Path folder;
  private final List<Gap> told = new ArrayList<>();
  private long kept;
  private int files;
  private long highest;

  /** Lines that have been counted as lost. */
  private record Gap(long segment, long from, long to) {}

  Aside(Path lane) throws IOException {
    this.folder = lane.resolve(NAME);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        kept += Files.size(file);
        files++;
        remember(file.getFileName().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      files = 0;
    }
  }

  private void remember(String name) {
    String[] parts = name.split("-", -1);
    try {
      long segment = Long.parseLong(parts[0]);
      highest = Math.max(highest, segment);
      if (parts.length == 4) {
        told.add(new Gap(segment, Long.parseLong(parts[2]), Long.parseLong(parts[3])));
      }
    } catch (NumberFormatException foreign) {
      LOG.debug("{} in {} is not ours", name, folder);
    }
  }

  /** The highest number of a segment of which something is kept. */
  long highest() {
    return highest;
  }

  boolean isEmpty() {
    return files == 0;
  }

  /** How many of these lines have not been counted as lost yet. */
  long untold(Segment segment, long from, long to) {
    long lines = Math.max(0, to - from);
    for (Gap gap : told) {
      if (gap.segment == segment.number) {
        lines -= Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from));
      }
    }
    return Math.max(0, lines);
  }

  /**
   * Keeps bytes of a segment in whose place lines are missing, which are counted as lost now.
   *
   * @param start the first byte; {@code end} when there are none
   */
  void keep(Segment segment, long start, long end, long fromLine, long toLine) {
    told.add(new Gap(segment.number, fromLine, toLine));
    String name =
        String.format(Locale.ROOT, "%010d-%d-%d-%d", segment.number, start, fromLine, toLine);
    keep(segment, start, end, name);
    LOG.warn(
        "spool: {} line(s) missing in {}: {} damaged byte(s) at {}; kept in {}",
        toLine - fromLine,
        segment.path,
        end - start,
        start,
        folder);
  }

  /** Keeps the bytes behind the last whole record of a segment, which are about to be cut. */
  void keepTail(Segment segment, long start, long end, long lines) {
    keep(segment, start, end, String.format(Locale.ROOT, "%010d-%d-tail", segment.number, start));
    LOG.warn(
        "spool: the end of {} is torn: {} byte(s) cut at {}, {} line(s) lost; kept in {}",
        segment.path,
        end - start,
        start,
        lines,
        folder);
  }

  private void keep(Segment segment, long start, long end, String name) {
    Path file = folder.resolve(name);
    if (files >= MOST_FILES || Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(folder);
      files++;
      boolean room = end - start <= MOST_BYTES - kept;
      copy(segment, file, start, room ? end : start);
      kept += room ? end - start : 0;
    } catch (IOException failed) {
      LOG.warn("spool: damaged bytes of {} cannot be kept: {}", segment.path, failed.toString());
    }
  }

  private static void copy(Segment segment, Path file, long start, long end) throws IOException {
    try (FileChannel into =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(64 << 10, end - start));
      long at = start;
      while (at < end) {
        bytes.clear().limit((int) Math.min(bytes.capacity(), end - at));
        int n = segment.channel().read(bytes, at);
        if (n <= 0) {
          return;
        }
        bytes.flip();
        at += n;
        while (bytes.hasRemaining()) {
          into.write(bytes);
        }
      }
    }
  }
}
