package io.cadenza.spool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound of one destination: bytes on disk of all its lanes that this process has open.
 *
 * <p>Shared by the threads that work on those lanes.
 */
public final class SpoolRoom {
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final Set<Spool> open = ConcurrentHashMap.newKeySet();

  /**
   * @param limit bytes
   */
  public SpoolRoom(long limit) {
    this.limit = limit;
  }

  /** Bytes on disk. More than the limit when more was found than is allowed now. */
  public long used() {
    return used.get();
  }

  /** How long the oldest line of all lanes has waited, roughly, in milliseconds. */
  public long oldestMillis() {
    return open.stream().mapToLong(Spool::oldestMillis).max().orElse(0);
  }

  /** A lane is worked on. */
  void opened(Spool lane) {
    open.add(lane);
  }

  /** A lane is worked on no more. */
  void closed(Spool lane) {
    open.remove(lane);
  }

  /** Bytes that may be on disk. */
  public long limit() {
    return limit;
  }

  /** Takes room if there is enough. */
  boolean take(long bytes) {
    long before;
    do {
      before = used.get();
      if (bytes > limit - before) {
        return false;
      }
    } while (!used.compareAndSet(before, before + bytes));
    return true;
  }

  /** Counts what is on disk already, whether there is room or not. */
  void found(long bytes) {
    used.addAndGet(bytes);
  }

  void free(long bytes) {
    used.addAndGet(-bytes);
  }
}
