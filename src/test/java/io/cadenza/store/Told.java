package io.cadenza.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a writer told of the series that it did not simply write. */
public final class Told implements MetricWriter.Verdicts {
  private final Set<Integer> later = new TreeSet<>();
  private final Map<Integer, String> refused = new TreeMap<>();
  private final Map<String, Integer> points = new TreeMap<>();

  @Override
  public void later(int series) {
    later.add(series);
  }

  @Override
  public void refused(int series, String reason) {
    refused.put(series, reason);
  }

  @Override
  public void refused(int series, int count, String reason) {
    points.merge(reason, count, Integer::sum);
  }

  /** Series that are tried again later. */
  public Set<Integer> later() {
    return later;
  }

  /** Series that can't be written, with the reason. */
  public Map<Integer, String> refused() {
    return refused;
  }

  /** Points of series that are written otherwise, by reason. */
  public Map<String, Integer> points() {
    return points;
  }

  public boolean nothing() {
    return later.isEmpty() && refused.isEmpty() && points.isEmpty();
  }
}
