package io.cadenza.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The right to work on a lane: a lock of the system on the file {@code lock} in its folder, gone
 * when its process is gone, however it ended.
 *
 * <p>Any thread may take and give back. Both happen behind a gate, a lock on a file in the folder
 * of the destination that is held for a moment only: so nobody locks a file that somebody else is
 * about to remove. And since closing any descriptor of a file drops all locks that the process has
 * on it (POSIX), a file that this process has locked is never opened a second time.
 */
final class LaneLock implements Closeable {
  static final String NAME = "lock";

  /** Lanes that this process has; whoever looks holds the monitor of this class. */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path lane;
  private FileChannel channel;
  private boolean closed;

  private LaneLock(Path lane, FileChannel channel) {
    this.lane = lane;
    this.channel = channel;
  }

  /** What is done while nobody else locks or removes a lane of that destination. */
  @FunctionalInterface
  interface Guarded<T> {
    T run() throws IOException;
  }

  static <T> T guarded(Path destination, Guarded<T> work) throws IOException {
    synchronized (LaneLock.class) {
      Files.createDirectories(destination);
      Path gate = destination.resolve(NAME);
      try (FileChannel channel = FileChannel.open(gate, create())) {
        channel.lock();
        return work.run();
      }
    }
  }

  /** Locks the lane, or answers nothing when somebody has it. To be called {@link #guarded}. */
  static Optional<LaneLock> tryLock(Path folder) throws IOException {
    Path lane = key(folder);
    if (HELD.contains(lane)) {
      return Optional.empty();
    }
    FileChannel channel = FileChannel.open(lane.resolve(NAME), create());
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      if (!locked) {
        return Optional.empty();
      }
      note(channel);
      HELD.add(lane);
      return Optional.of(new LaneLock(lane, channel));
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** Who has it: for whoever looks into the folder. Not needed, so a full disk does no harm. */
  private static void note(FileChannel channel) {
    String who = "pid " + ProcessHandle.current().pid() + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(who.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException full) {
      return;
    }
  }

  /** Has nobody this lane now? */
  static boolean isFree(Path folder) throws IOException {
    synchronized (LaneLock.class) {
      Path lane = key(folder);
      if (HELD.contains(lane)) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(lane.resolve(NAME), StandardOpenOption.WRITE)) {
        return channel.tryLock() != null;
      } catch (NoSuchFileException neverLocked) {
        return true;
      }
    }
  }

  /** Is the folder still the one that was locked? */
  boolean isThere() {
    return Files.exists(lane.resolve(NAME));
  }

  /** Makes the folder again and locks it, after somebody has removed it. */
  void renew() throws IOException {
    guarded(
        lane.getParent(),
        () -> {
          Files.createDirectories(lane);
          FileChannel again = FileChannel.open(lane.resolve(NAME), create());
          if (again.tryLock() == null) {
            again.close();
            throw new IOException(lane + " was removed, and another process has it now");
          }
          note(again);
          channel.close();
          channel = again;
          return null;
        });
  }

  /** Removes the folder, if nothing but the lock is in it. To be called {@link #guarded}. */
  void removeFolder() throws IOException {
    Files.deleteIfExists(lane.resolve(NAME));
    Files.deleteIfExists(lane);
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    synchronized (LaneLock.class) {
      if (!closed) {
        closed = true;
        HELD.remove(lane);
        channel.close();
      }
    }
  }

  private static Path key(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private static Set<StandardOpenOption> create() {
    return Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
