package io.cadenza.writer.cassandra;

import io.cadenza.line.Bytes;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is known of some series, a bounded number of them. For the one thread that writes.
 *
 * <p>When it is full, a series comes in only in place of one that was not used for a while: with
 * more series than there is room for, as many as there is room for are always known, while with the
 * least recently used going first, none would be by the time it is written again.
 */
final class KnownSeries {
  private static final long IDLE = 600;

  /** What a failed write may have changed is tried again before that, or never. */
  private static final long UNSURE_IDLE = 3_600;

  private record Series(byte[] key, int step, int hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Series that && step == that.step && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final int most;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final Map<Series, Known> all = new LinkedHashMap<>(16, 0.75f, true);

  KnownSeries(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }

  /** What is known of a series; null when that is nothing. */
  Known find(byte[] key, int step) {
    return all.get(series(key, step));
  }

  /** Remembers a series if there is room for it. */
  void remember(byte[] key, int step, Known known, long now) {
    known.used = now;
    known.unsure = false;
    Series series = series(key, step);
    if (all.size() < most || all.containsKey(series) || madeRoom(now)) {
      all.put(series, known);
    }
  }

  /**
   * Remembers what was stored of a series before a write that failed, so that it is not merged
   * twice when it is tried again. There is twice the room for these: beyond, the oldest go.
   */
  void rememberBefore(byte[] key, int step, Known known, long now) {
    known.used = now;
    known.unsure = true;
    all.put(series(key, step), known);
    if (all.size() > 2L * most) {
      forgetEldest();
    }
  }

  /** What was known of a series is so no more. */
  void forget(byte[] key, int step) {
    all.remove(series(key, step));
  }

  private boolean madeRoom(long now) {
    Known eldest = all.values().iterator().next();
    boolean idle = now - eldest.used > (eldest.unsure ? UNSURE_IDLE : IDLE);
    if (idle) {
      forgetEldest();
    }
    return idle && all.size() < most;
  }

  private void forgetEldest() {
    Iterator<Known> eldest = all.values().iterator();
    eldest.next();
    eldest.remove();
  }

  private Series series(byte[] key, int step) {
    return new Series(key, step, (int) Bytes.hash(key, 0, key.length, seed) * 31 + step);
  }
}
