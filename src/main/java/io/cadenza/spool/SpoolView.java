package io.cadenza.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at all spools of a folder without changing anything, also while a process works on them:
 * for the command line. What is removed meanwhile is passed over. One thread.
 */
public final class SpoolView {
  private static final int WINDOW = 1 << 20;
  private static final Disk READ_ONLY =
      (path, options) -> FileChannel.open(path, StandardOpenOption.READ);

  private final Path path;
  private final Scratch scratch = new Scratch();

  /**
   * @param path the folder of all spools
   */
  public SpoolView(Path path) {
    this.path = path;
  }

  /** Every lane, by destination and number. */
  public List<LaneState> lanes() throws IOException {
    return lanes(Set.of());
  }

  /** The same without the lanes of some destinations: nobody else's are looked at. */
  public List<LaneState> lanesBut(Collection<String> destinations) throws IOException {
    return lanes(destinations.stream().map(FolderName::of).collect(Collectors.toSet()));
  }

  private List<LaneState> lanes(Set<String> passedOver) throws IOException {
    List<LaneState> states = new ArrayList<>();
    for (Path lane : folders()) {
      if (passedOver.contains(lane.getParent().getFileName().toString())) {
        continue;
      }
      try {
        states.add(state(lane));
      } catch (NoSuchFileException | NotDirectoryException gone) {
        continue;
      }
    }
    return states;
  }

  /** Unread lines of a lane that were appended before a time, counted from the oldest on. */
  public long unreadBefore(String destination, int number, long time) throws IOException {
    Path lane = path.resolve(FolderName.of(destination)).resolve(SpoolFolder.name(number));
    LaneFiles files = files(lane);
    try {
      return unreadBefore(files, start(files, Position.look(lane)), time);
    } finally {
      files.close();
    }
  }

  /** Goes through all segments of all lanes. */
  public List<Damage> verify() throws IOException {
    List<Damage> all = new ArrayList<>();
    for (Path lane : folders()) {
      try {
        verify(lane, all);
      } catch (NoSuchFileException | NotDirectoryException gone) {
        continue;
      }
    }
    return all;
  }

  private List<Path> folders() throws IOException {
    List<Path> lanes = new ArrayList<>();
    for (Path destination : inside(path)) {
      for (Path lane : inside(destination)) {
        if (SpoolFolder.number(lane) >= 0) {
          lanes.add(lane);
        }
      }
    }
    return lanes;
  }

  /** What is in a folder, by name; nothing when it is none. */
  private static List<Path> inside(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(all::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    Collections.sort(all);
    return all;
  }

  private LaneFiles files(Path lane) throws IOException {
    SpoolRoom any = new SpoolRoom(Long.MAX_VALUE);
    LaneFiles files = new LaneFiles(lane, READ_ONLY, any, new Aside(lane));
    new Recovery(files, scratch, false).run();
    return files;
  }

  private static long start(LaneFiles files, Optional<Position.Mark> mark) {
    Segment at = LaneOpening.segmentAt(files, mark.orElse(null));
    return LaneOpening.start(files, at, mark.orElse(null), 0);
  }

  private LaneState state(Path lane) throws IOException {
    boolean inUse = !LaneLock.isFree(lane);
    LaneFiles files = files(lane);
    try {
      long from = start(files, Position.look(lane));
      int segments = 0;
      for (Segment segment : files.all()) {
        segments += segment.end >= from ? 1 : 0;
      }
      return new LaneState(
          FolderName.destination(lane.getParent().getFileName().toString()),
          SpoolFolder.number(lane),
          inUse,
          segments,
          files.bytes(),
          LaneOpening.count(files, from),
          oldest(files, from),
          files.aside.places(),
          aside(lane));
    } finally {
      files.close();
    }
  }

  private static int aside(Path lane) throws IOException {
    int count = 0;
    for (Path file : inside(lane)) {
      count += Recovery.isSetAside(file.getFileName().toString()) ? 1 : 0;
    }
    return count;
  }

  private long oldest(LaneFiles files, long from) throws IOException {
    for (Segment segment : files.all()) {
      Cursor cursor = cursor(segment, segment.length);
      Cursor.Found found = Cursor.Found.DAMAGE;
      while (segment.end > from && found != Cursor.Found.END) {
        found = cursor.next(segment.first, segment.end);
        if (found == Cursor.Found.RECORD && cursor.sequence + cursor.lines > from) {
          return cursor.time;
        }
      }
    }
    return 0;
  }

  private long unreadBefore(LaneFiles files, long from, long time) throws IOException {
    long lines = 0;
    for (Segment segment : files.all()) {
      Cursor cursor = cursor(segment, segment.length);
      Cursor.Found found = Cursor.Found.DAMAGE;
      while (segment.end > from && found != Cursor.Found.END) {
        found = cursor.next(segment.first, segment.end);
        boolean unread = found == Cursor.Found.RECORD && cursor.sequence + cursor.lines > from;
        if (unread && cursor.time >= time) {
          return lines;
        }
        lines += unread ? cursor.lines : 0;
      }
    }
    return lines;
  }

  private Cursor cursor(Segment segment, long limit) {
    return new Cursor(segment, scratch, limit, WINDOW);
  }

  private void verify(Path lane, List<Damage> into) throws IOException {
    boolean inUse = !LaneLock.isFree(lane);
    LaneFiles files = files(lane);
    try {
      for (Segment segment : files.all()) {
        boolean grows = inUse && segment == files.last();
        try {
          verify(segment, grows, segment == files.last(), into);
        } catch (NoSuchFileException gone) {
          continue;
        } finally {
          segment.close();
        }
      }
    } finally {
      files.close();
    }
    for (Path file : inside(lane)) {
      if (Recovery.isSetAside(file.getFileName().toString())) {
        into.add(new Damage(file, 0, Files.size(file), -1));
      }
    }
  }

  /**
   * Goes through one segment.
   *
   * @param grows the end may be in the middle of being written
   */
  private void verify(Segment segment, boolean grows, boolean last, List<Damage> into)
      throws IOException {
    if (segment.birth == Segment.UNKNOWN) {
      into.add(new Damage(segment.path, 0, SegmentFormat.HEADER, 0));
    }
    long size = segment.channel().size();
    Cursor cursor = cursor(segment, size);
    long most = last ? Long.MAX_VALUE : segment.end;
    long expected = segment.first;
    long from = -1;
    long to = 0;
    while (true) {
      Cursor.Found found = cursor.next(expected, most);
      if (found == Cursor.Found.DAMAGE) {
        from = from < 0 ? cursor.start : from;
        to = cursor.at;
        continue;
      }
      boolean end = found == Cursor.Found.END;
      boolean surplus = !end && cursor.sequence + cursor.lines > most;
      long next = end || surplus ? last ? expected : segment.end : cursor.sequence;
      if (next > expected || from >= 0 && !(end && grows)) {
        long offset = from < 0 ? cursor.start : from;
        into.add(
            new Damage(
                segment.path,
                offset,
                from < 0 ? 0 : to - from,
                missing(end, last, next - expected)));
      }
      if (end || surplus) {
        return;
      }
      from = -1;
      expected = cursor.sequence + cursor.lines;
    }
  }

  private static long missing(boolean end, boolean last, long lines) {
    return end && last ? -1 : Math.max(0, lines);
  }
}
