package io.cadenza.store;

import java.util.Arrays;

/**
 * What one write is given of the cache, and what the writer says of it. Used again and again by the
 * one thread that writes.
 */
public final class CacheBatch implements PointBatch, MetricWriter.Verdicts {
  /** Is told of what a writer refuses. */
  public interface Refusals {
    /**
     * @param reason as in metrics
     */
    void refused(byte[] key, int points, String reason);
  }

  private final Refusals refusals;
  private CachedSeries[] series = new CachedSeries[64];
  private boolean[] later = new boolean[64];
  private int[] ends = new int[64];
  private int[] lost = new int[64];
  private int count;
  private int points;
  private int[] times = new int[256];
  private double[] sums = new double[256];

  /** Min, max, first, last and count; the last negative for a part of an interval. */
  private double[] figures = new double[0];

  private static final int FIGURES = 5;

  private final boolean wide;

  /**
   * @param wide whether points have more figures than a value
   */
  CacheBatch(boolean wide, Refusals refusals) {
    this.wide = wide;
    this.refusals = refusals;
  }

  void clear() {
    Arrays.fill(series, 0, count, null);
    Arrays.fill(later, 0, count, false);
    Arrays.fill(lost, 0, count, 0);
    count = 0;
    points = 0;
  }

  /** It is written once more, and the writer says anew what it did not write. */
  void again() {
    Arrays.fill(later, 0, count, false);
    Arrays.fill(lost, 0, count, 0);
  }

  /** Takes the points of a series that are in flight; under the lock of its shard. */
  void add(CachedSeries one) {
    room(one.inFlight.count());
    CachedPoints its = one.inFlight;
    for (int i = 0; i < its.count(); i++, points++) {
      times[points] = (int) its.time(i);
      sums[points] = its.sum(i);
      if (wide) {
        wide(its, i);
      }
    }
    series[count] = one;
    ends[count++] = points;
  }

  private void wide(CachedPoints its, int i) {
    int f = points * FIGURES;
    figures[f] = its.min(i);
    figures[f + 1] = its.max(i);
    figures[f + 2] = its.first(i);
    figures[f + 3] = its.last(i);
    figures[f + 4] = its.merges(i) ? -its.valueCount(i) : its.valueCount(i);
  }

  private void room(int more) {
    if (count == series.length) {
      series = Arrays.copyOf(series, count * 2);
      later = Arrays.copyOf(later, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      lost = Arrays.copyOf(lost, count * 2);
    }
    if (points + more > times.length) {
      int size = Math.max(times.length * 2, points + more);
      times = Arrays.copyOf(times, size);
      sums = Arrays.copyOf(sums, size);
    }
    if (wide && figures.length < times.length * FIGURES) {
      figures = Arrays.copyOf(figures, times.length * FIGURES);
    }
  }

  CachedSeries at(int index) {
    return series[index];
  }

  boolean isLater(int index) {
    return later[index];
  }

  /** How many points of a series were refused, beside those of which all were. */
  int lost(int index) {
    return lost[index];
  }

  @Override
  public int series() {
    return count;
  }

  @Override
  public byte[] key(int index) {
    return series[index].key;
  }

  @Override
  public int step(int index) {
    return series[index].step;
  }

  @Override
  public long ttl(int index) {
    return series[index].ttl;
  }

  @Override
  public int first(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  @Override
  public int end(int index) {
    return ends[index];
  }

  @Override
  public int points() {
    return points;
  }

  @Override
  public long time(int point) {
    return times[point] & 0xffff_ffffL;
  }

  @Override
  public double sum(int point) {
    return sums[point];
  }

  @Override
  public double min(int point) {
    return wide ? figures[point * FIGURES] : sums[point];
  }

  @Override
  public double max(int point) {
    return wide ? figures[point * FIGURES + 1] : sums[point];
  }

  @Override
  public double firstValue(int point) {
    return wide ? figures[point * FIGURES + 2] : sums[point];
  }

  @Override
  public double lastValue(int point) {
    return wide ? figures[point * FIGURES + 3] : sums[point];
  }

  @Override
  public long count(int point) {
    return wide ? (long) Math.abs(figures[point * FIGURES + 4]) : 1;
  }

  @Override
  public boolean merges(int point) {
    return wide && figures[point * FIGURES + 4] < 0;
  }

  @Override
  public Object note(int index) {
    return series[index].note;
  }

  @Override
  public void note(int index, Object anything) {
    series[index].note = anything;
  }

  @Override
  public void later(int index) {
    later[index] = true;
  }

  @Override
  public void refused(int index, String reason) {
    refused(index, end(index) - first(index), reason);
  }

  @Override
  public void refused(int index, int points, String reason) {
    lost[index] += points;
    refusals.refused(series[index].key, points, reason);
  }
}
