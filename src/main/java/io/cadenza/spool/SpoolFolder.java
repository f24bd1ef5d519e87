package io.cadenza.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one destination: opens those that are free and makes new ones.
 *
 * <p>May be used by any thread; the spools it opens belong to whoever opened them. A lane's number
 * is its place in time: what is in a lower one came before. New lanes are a thousand apart, so that
 * there are numbers for those that are to be read before one.
 */
public final class SpoolFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final int GAP = 1000;

  private final SpoolConfig config;
  private final Path folder;
  private final SpoolRoom room;
  private final InstantSource clock;
  private final Disk disk;

  /** Numbers of lanes that could not be opened the last time. */
  private final Set<Integer> broken = ConcurrentHashMap.newKeySet();

  /**
   * @param destination its name, of any characters
   * @param room shared by all lanes of the destination in this process
   */
  public SpoolFolder(SpoolConfig config, String destination, SpoolRoom room, InstantSource clock) {
    this(config, destination, room, clock, FileChannel::open);
  }

  SpoolFolder(
      SpoolConfig config, String destination, SpoolRoom room, InstantSource clock, Disk disk) {
    this.config = config;
    this.folder = config.path().resolve(FolderName.of(destination));
    this.room = room;
    this.clock = clock;
    this.disk = disk;
  }

  /** What a spool is made of. */
  record Opened(
      LaneFiles files,
      LaneLock lock,
      Position position,
      Reader reader,
      Scratch scratch,
      long sequence,
      long recovered,
      Position.Mark mark) {}

  /**
   * Opens the lowest free lane with what is in it, and with those that are to be read before it; or
   * makes one.
   *
   * @return in the order in which they are to be read; what comes goes into the last
   */
  public List<Spool> open(SpoolLog log) throws IOException {
    Files.createDirectories(folder);
    for (List<Integer> family : families()) {
      List<Spool> spools = openAll(family, log);
      if (!spools.isEmpty()) {
        return spools;
      }
    }
    return List.of(create(log, 0));
  }

  /**
   * Opens a further free lane that has lines, with those that are to be read before it; free ones
   * without are removed.
   *
   * @return in the order in which they are to be read; none when there is nothing to adopt
   */
  public List<Spool> adopt(SpoolLog log) throws IOException {
    Files.createDirectories(folder);
    for (List<Integer> family : families()) {
      List<Spool> spools = new ArrayList<>(openAll(family, log));
      spools.removeIf(SpoolFolder::closedEmpty);
      if (!spools.isEmpty()) {
        return spools;
      }
    }
    return List.of();
  }

  private static boolean closedEmpty(Spool spool) {
    if (spool.lines() > 0) {
      return false;
    }
    try {
      spool.close();
    } catch (IOException failed) {
      LOG.warn("spool: {} cannot be closed: {}", spool.folder(), failed.toString());
    }
    return true;
  }

  /**
   * All lanes in order; those that are to be read before one of a thousand are together with it.
   */
  private List<List<Integer>> families() throws IOException {
    List<List<Integer>> families = new ArrayList<>();
    int last = -1;
    for (int number : lanes()) {
      int family = (number + GAP - 1) / GAP;
      if (family != last) {
        families.add(new ArrayList<>());
      }
      families.get(families.size() - 1).add(number);
      last = family;
    }
    return families;
  }

  /**
   * All of them, or none while somebody has one. A lane that cannot be opened is left for another
   * time: the others need not wait for it.
   */
  private List<Spool> openAll(List<Integer> family, SpoolLog log) throws IOException {
    List<Spool> spools = new ArrayList<>();
    for (Locked lane : lockAll(family)) {
      try {
        spools.add(open(lane.number, lane.lock, log));
        broken.remove(lane.number);
      } catch (IOException | RuntimeException failed) {
        tellOfBroken(lane.number, failed);
      }
    }
    return spools;
  }

  /** Once, though it is tried again and again. */
  private void tellOfBroken(int number, Exception failed) {
    if (broken.add(number)) {
      LOG.error("spool: {} cannot be opened: {}", lane(number), failed.toString());
    }
  }

  private record Locked(int number, LaneLock lock) {}

  private List<Locked> lockAll(List<Integer> family) throws IOException {
    return LaneLock.guarded(
        folder,
        () -> {
          List<Locked> locked = new ArrayList<>();
          for (int number : family) {
            Optional<LaneLock> lock = lockIfWell(number);
            if (lock.isPresent()) {
              locked.add(new Locked(number, lock.get()));
            } else if (Files.isDirectory(lane(number)) && !broken.contains(number)) {
              for (Locked lane : locked) {
                lane.lock.close();
              }
              return List.of();
            }
          }
          return locked;
        });
  }

  private Optional<LaneLock> lockIfWell(int number) {
    try {
      return Files.isDirectory(lane(number)) ? LaneLock.tryLock(lane(number)) : Optional.empty();
    } catch (IOException failed) {
      tellOfBroken(number, failed);
      return Optional.empty();
    }
  }

  /** Makes a lane behind all others. */
  public Spool create(SpoolLog log) throws IOException {
    Files.createDirectories(folder);
    return create(log, 0);
  }

  /** Makes a lane whose lines are to be read before those of the given one, after a restart too. */
  public Spool before(Spool own, SpoolLog log) throws IOException {
    return create(log, number(own.folder()));
  }

  /** Opens the lane of that number, if it is there and free. */
  public Optional<Spool> open(int number, SpoolLog log) throws IOException {
    if (!Files.isDirectory(lane(number))) {
      return Optional.empty();
    }
    Optional<LaneLock> lock = lock(number);
    return lock.isPresent() ? Optional.of(open(number, lock.get(), log)) : Optional.empty();
  }

  /** The numbers of all lanes, in order. */
  List<Integer> lanes() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        int number = number(each);
        if (number >= 0) {
          numbers.add(number);
        }
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "%08d", number);
  }

  /** The number of a lane, -1 when the folder is none. */
  static int number(Path lane) {
    String name = lane.getFileName().toString();
    try {
      int number = Integer.parseInt(name);
      return number >= 0 && name.equals(name(number)) ? number : -1;
    } catch (NumberFormatException other) {
      return -1;
    }
  }

  private Path lane(int number) {
    return folder.resolve(name(number));
  }

  private Optional<LaneLock> lock(int number) throws IOException {
    return LaneLock.guarded(
        folder,
        () -> Files.isDirectory(lane(number)) ? LaneLock.tryLock(lane(number)) : Optional.empty());
  }

  /**
   * Makes a lane.
   *
   * @param below the number it must be less than, 0 for none
   */
  private Spool create(SpoolLog log, int below) throws IOException {
    while (true) {
      int number = below == 0 ? above(lanes()) : below(lanes(), below);
      Optional<LaneLock> lock =
          LaneLock.guarded(
              folder,
              () -> {
                try {
                  Files.createDirectory(lane(number));
                  return LaneLock.tryLock(lane(number));
                } catch (FileAlreadyExistsException another) {
                  return Optional.empty();
                }
              });
      if (lock.isPresent()) {
        return open(number, lock.get(), log);
      }
    }
  }

  private static int above(List<Integer> numbers) {
    int highest = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    return (highest / GAP + 1) * GAP;
  }

  private int below(List<Integer> numbers, int own) throws IOException {
    for (int number = own - 1; number > 0; number--) {
      if (Collections.binarySearch(numbers, number) < 0) {
        return number;
      }
    }
    throw new IOException("no number left for a lane before " + lane(own));
  }

  private Spool open(int number, LaneLock lock, SpoolLog log) throws IOException {
    Ledger ledger = new Ledger(log);
    try {
      Opened opened = new LaneOpening(config, disk, room).open(lane(number), lock, ledger);
      Spool spool = new Spool(opened, config, clock, ledger);
      room.opened(spool);
      return spool;
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }
}
