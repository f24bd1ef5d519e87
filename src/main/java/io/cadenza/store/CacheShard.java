package io.cadenza.store;

import io.cadenza.line.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A part of the cache's series by key and step: a table with chains. Whoever calls holds its
 * monitor, but for the constructor.
 */
final class CacheShard {
  private static final int FIRST_SLOTS = 64;

  private CachedSeries[] slots = new CachedSeries[FIRST_SLOTS];
  private int count;
  private int hand;

  /** Series with points that are in no round of writes yet, in the order of the first of them. */
  private CachedSeries[] listed = new CachedSeries[FIRST_SLOTS];

  private int listedCount;

  int count() {
    return count;
  }

  static int hash(byte[] bytes, int from, int to, int step, long seed) {
    long hash = Bytes.hash(bytes, from, to, seed + step);
    return (int) (hash ^ hash >>> 32);
  }

  CachedSeries find(int hash, byte[] bytes, int from, int to, int step) {
    CachedSeries series = slots[hash & slots.length - 1];
    while (series != null && !is(series, hash, bytes, from, to, step)) {
      series = series.next;
    }
    return series;
  }

  private static boolean is(
      CachedSeries series, int hash, byte[] bytes, int from, int to, int step) {
    return series.hash == hash
        && series.step == step
        && Arrays.equals(series.key, 0, series.key.length, bytes, from, to);
  }

  void add(CachedSeries series) {
    if (count == slots.length) {
      rehash();
    }
    put(series);
    count++;
  }

  private void put(CachedSeries series) {
    int slot = series.hash & slots.length - 1;
    series.next = slots[slot];
    slots[slot] = series;
  }

  private void rehash() {
    CachedSeries[] old = slots;
    slots = new CachedSeries[old.length * 2];
    for (CachedSeries first : old) {
      CachedSeries next;
      for (CachedSeries series = first; series != null; series = next) {
        next = series.next;
        put(series);
      }
    }
  }

  /** The points of a series that wait, to be added to. */
  CachedPoints waiting(CachedSeries series) {
    if (series.waiting == null) {
      series.waiting = new CachedPoints();
      list(series);
    }
    return series.waiting;
  }

  /** A series has points, and is to be in the next round. */
  void list(CachedSeries series) {
    if (series.listed) {
      return;
    }
    if (listedCount == listed.length) {
      listed = Arrays.copyOf(listed, listedCount * 2);
    }
    listed[listedCount++] = series;
    series.listed = true;
  }

  /** A round begins, with all that are listed. */
  void begin(WriteOrder round) {
    round.part();
    for (int i = 0; i < listedCount; i++) {
      CachedSeries series = listed[i];
      listed[i] = null;
      series.listed = false;
      round.found(series, series.waiting.count());
    }
    listedCount = 0;
  }

  void each(Consumer<CachedSeries> told) {
    for (CachedSeries first : slots) {
      for (CachedSeries series = first; series != null; series = series.next) {
        told.accept(series);
      }
    }
  }

  /**
   * Forgets some series without points, from where it left off; looks at no more slots than that.
   */
  void forgetIdle(int looks) {
    for (int i = 0; i < looks; i++) {
      hand = hand + 1 & slots.length - 1;
      CachedSeries kept = null;
      CachedSeries next;
      for (CachedSeries series = slots[hand]; series != null; series = next) {
        next = series.next;
        if (series.isIdle()) {
          count--;
        } else {
          series.next = kept;
          kept = series;
        }
      }
      slots[hand] = kept;
    }
  }
}
