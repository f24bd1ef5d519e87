package io.cadenza.accumulate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on what all shards of an accumulator may hold: keys, and bytes of keys. So that nobody
 * who sends ever new keys fills the memory. Thread-safe; asked for new keys only.
 */
public final class KeyRoom {
  private final long mostKeys;
  private final long mostBytes;
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  public KeyRoom(long mostKeys, long mostBytes) {
    this.mostKeys = mostKeys;
    this.mostBytes = mostBytes;
  }

  /** Takes room for a key; false, and nothing taken, when there is none. */
  public boolean take(int size) {
    if (keys.incrementAndGet() > mostKeys) {
      keys.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(size) > mostBytes) {
      keys.decrementAndGet();
      bytes.addAndGet(-size);
      return false;
    }
    return true;
  }

  /** A key is forgotten. */
  public void giveBack(int size) {
    keys.decrementAndGet();
    bytes.addAndGet(-size);
  }

  /** Takes room for what belongs to a key that is there; false, and nothing taken, when none is. */
  public boolean takeBytes(long size) {
    if (bytes.addAndGet(size) > mostBytes) {
      bytes.addAndGet(-size);
      return false;
    }
    return true;
  }

  /** What {@link #takeBytes} took is no more. */
  public void giveBackBytes(long size) {
    bytes.addAndGet(-size);
  }

  public long keys() {
    return keys.get();
  }

  public long bytes() {
    return bytes.get();
  }

  public long mostKeys() {
    return mostKeys;
  }

  public long mostBytes() {
    return mostBytes;
  }
}
