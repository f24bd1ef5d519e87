package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.index.NameIndex;
import io.cadenza.meter.StoreMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The names of one store: all that are known, and those of them that the store has not kept yet.
 * The cache adds from any thread; the index's worker takes.
 */
public final class Names {
  /** How many may wait to be kept; those beyond are kept when all are gone through again. */
  private static final int MOST_WAITING = 1_000_000;

  private final NameIndex index;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waits = new AtomicInteger();
  private final StoreMeters meters;
  private volatile boolean overflown;
  private List<byte[]> taken = List.of();

  /**
   * @param most how many are known at most, and a quarter of it with tags, which take more room
   */
  public Names(int most, StoreMeters meters) {
    this.index = new NameIndex(most, Math.max(1, most / 4));
    this.meters = meters;
  }

  /** Where they are found. */
  public NameIndex index() {
    return index;
  }

  /** How often a name was not taken, as there are too many or it is none. */
  public long refused() {
    return index.refused();
  }

  /** How many are known. */
  public long count() {
    return index.count();
  }

  /** A series has come, which may be new. Any thread. */
  public void fresh(byte[] key) {
    if (index.add(key, 0, key.length)) {
      meters.namesIn.increment();
      wait(key);
    }
  }

  /** The store knows this name already. */
  public void known(byte[] key) {
    index.add(key, 0, key.length);
  }

  private void wait(byte[] key) {
    if (waits.incrementAndGet() > MOST_WAITING) {
      waits.decrementAndGet();
      overflown = true;
    } else {
      waiting.add(key);
    }
  }

  /**
   * Names that the store is to keep; the same ones again until it has kept them. For the index's
   * worker.
   */
  List<byte[]> take(int most) {
    if (!taken.isEmpty()) {
      return taken;
    }
    List<byte[]> some = new ArrayList<>();
    for (byte[] key = poll(); key != null; key = some.size() < most ? poll() : null) {
      some.add(key);
    }
    taken = some;
    return some;
  }

  private byte[] poll() {
    byte[] key = waiting.poll();
    if (key != null) {
      waits.decrementAndGet();
    }
    return key;
  }

  /**
   * Has a store keep all names that wait.
   *
   * @throws Exception as the store says; they wait on
   */
  public void keepIn(MetricIndex store, int most) throws Exception {
    for (List<byte[]> some = take(most); !some.isEmpty(); some = take(most)) {
      store.add(some);
      taken = List.of();
    }
    if (overflown) {
      overflown = false;
      keepAll(store, most);
    }
  }

  /** There were more than may wait: all are gone through, those that are kept already too. */
  private void keepAll(MetricIndex store, int most) throws Exception {
    List<byte[]> some = new ArrayList<>();
    try {
      for (String name : (Iterable<String>) index.names()::iterator) {
        some.add(name.getBytes(UTF_8));
        if (some.size() == most) {
          store.add(some);
          some = new ArrayList<>();
        }
      }
      store.add(some);
    } catch (Exception failed) {
      overflown = true;
      throw failed;
    }
  }
}
