package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Points as a test has them: series by series, points in the order of their time. */
public final class TestBatch implements PointBatch {
  private record Series(byte[] key, int step, long ttl, int first, Object[] note) {}

  private record Point(
      long time,
      double min,
      double max,
      double sum,
      double first,
      double last,
      long count,
      boolean merges) {}

  private final List<Series> series = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();

  /** Points that follow are of this series, kept as long as the store decides. */
  public TestBatch of(String key, int step) {
    return of(key.getBytes(UTF_8), step, 0);
  }

  /** Points that follow are of this series. */
  public TestBatch of(byte[] key, int step, long ttl) {
    series.add(new Series(key.clone(), step, ttl, points.size(), new Object[1]));
    return this;
  }

  /** A point of one value that stands in place of what is there. */
  public TestBatch value(long time, double value) {
    return whole(time, value, value, value, value, value, 1);
  }

  /** An interval that stands in place of what is there. */
  public TestBatch whole(
      long time, double min, double max, double sum, double first, double last, long count) {
    points.add(new Point(time, min, max, sum, first, last, count, false));
    return this;
  }

  /** A part of an interval that is merged with what is there. */
  public TestBatch part(
      long time, double min, double max, double sum, double first, double last, long count) {
    points.add(new Point(time, min, max, sum, first, last, count, true));
    return this;
  }

  @Override
  public int series() {
    return series.size();
  }

  @Override
  public byte[] key(int s) {
    return series.get(s).key;
  }

  @Override
  public int step(int s) {
    return series.get(s).step;
  }

  @Override
  public long ttl(int s) {
    return series.get(s).ttl;
  }

  @Override
  public int first(int s) {
    return series.get(s).first;
  }

  @Override
  public int end(int s) {
    return s + 1 < series.size() ? series.get(s + 1).first : points.size();
  }

  @Override
  public int points() {
    return points.size();
  }

  @Override
  public long time(int p) {
    return points.get(p).time;
  }

  @Override
  public double min(int p) {
    return points.get(p).min;
  }

  @Override
  public double max(int p) {
    return points.get(p).max;
  }

  @Override
  public double sum(int p) {
    return points.get(p).sum;
  }

  @Override
  public double firstValue(int p) {
    return points.get(p).first;
  }

  @Override
  public double lastValue(int p) {
    return points.get(p).last;
  }

  @Override
  public long count(int p) {
    return points.get(p).count;
  }

  @Override
  public boolean merges(int p) {
    return points.get(p).merges;
  }

  @Override
  public Object note(int s) {
    return series.get(s).note[0];
  }

  @Override
  public void note(int s, Object anything) {
    series.get(s).note[0] = anything;
  }
}
