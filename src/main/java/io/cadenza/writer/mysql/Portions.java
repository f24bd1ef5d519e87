package io.cadenza.writer.mysql;

import io.cadenza.store.KeyText;
import io.cadenza.store.PointBatch;
import io.cadenza.writer.Refusals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A batch cut into portions: each has points of one resolution that are all merged, or all put in
 * place, and is one transaction. The same batch is cut the same way. One thread.
 */
final class Portions {
  /** What a column of time takes: the years 1000 to 9999. */
  private static final long FIRST_SECOND = -30_610_224_000L;

  private static final long LAST_SECOND = 253_402_300_799L;

  /** Rows of one table, as points of the batch with their series. */
  record Portion(int step, boolean merges, int[] series, int[] points) {
    int size() {
      return points.length;
    }
  }

  private record Kind(int step, boolean merges) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byStep = Integer.compare(step, other.step);
      return byStep == 0 ? Boolean.compare(merges, other.merges) : byStep;
    }
  }

  /** Places that grow. */
  private static final class Rows {
    private int[] series = new int[64];
    private int[] points = new int[64];
    private int size;

    void add(int s, int p) {
      if (size == series.length) {
        series = Arrays.copyOf(series, 2 * size);
        points = Arrays.copyOf(points, 2 * size);
      }
      series[size] = s;
      points[size++] = p;
    }
  }

  private final PointBatch batch;
  private final String[] keys;
  private final Map<Kind, Rows> rows = new TreeMap<>();

  private Portions(PointBatch batch) {
    this.batch = batch;
    this.keys = new String[batch.series()];
  }

  /** How long a key the table of a step takes. */
  interface Longest {
    int of(int step) throws Exception;
  }

  /**
   * Cuts a batch.
   *
   * @param finest the step of points that have none
   */
  static Portions of(PointBatch batch, int finest, Longest longest, Refusals refusals)
      throws Exception {
    Portions portions = new Portions(batch);
    for (int s : byKey(batch)) {
      int step = batch.step(s) == 0 ? finest : batch.step(s);
      String key = KeyText.of(batch.key(s));
      if (key == null || key.endsWith(" ")) { // A blank at the end does not count in comparisons.
        refusals.series(s, Refusals.BAD_NAME);
      } else if (isLonger(key, longest.of(step))) {
        refusals.series(s, Refusals.TOO_LONG);
      } else {
        portions.keys[s] = key;
        portions.add(s, step, refusals);
      }
    }
    return portions;
  }

  /**
   * In the order in which the table has its rows: neighbours cost the server half as much as rows
   * here and there, and two writers that go the same way do not wait for each other in a circle.
   */
  private static List<Integer> byKey(PointBatch batch) {
    List<Integer> all = new ArrayList<>(batch.series());
    for (int s = 0; s < batch.series(); s++) {
      all.add(s);
    }
    all.sort((a, b) -> Arrays.compareUnsigned(batch.key(a), batch.key(b)));
    return all;
  }

  static boolean isLonger(String key, int characters) {
    return key.length() > characters && key.codePointCount(0, key.length()) > characters;
  }

  private void add(int s, int step, Refusals refusals) {
    Rows whole = null;
    Rows parts = null;
    for (int p = batch.first(s); p < batch.end(s); p++) {
      long time = batch.time(p);
      if (time < FIRST_SECOND || time > LAST_SECOND) {
        refusals.point(s, Refusals.OUT_OF_RANGE);
      } else if (!isFinite(p)) {
        refusals.point(s, Refusals.NOT_FINITE);
      } else if (batch.merges(p)) {
        parts = parts == null ? rows(step, true) : parts;
        parts.add(s, p);
      } else {
        whole = whole == null ? rows(step, false) : whole;
        whole.add(s, p);
      }
    }
  }

  private boolean isFinite(int p) {
    return Double.isFinite(batch.sum(p))
        && Double.isFinite(batch.min(p))
        && Double.isFinite(batch.max(p))
        && Double.isFinite(batch.firstValue(p))
        && Double.isFinite(batch.lastValue(p));
  }

  private Rows rows(int step, boolean merges) {
    return rows.computeIfAbsent(new Kind(step, merges), any -> new Rows());
  }

  /** The key of a series that has not been refused. */
  String key(int s) {
    return keys[s];
  }

  /** All of them, with so many rows each at most. */
  List<Portion> cut(int most) {
    List<Portion> all = new ArrayList<>();
    rows.forEach(
        (kind, of) -> {
          for (int from = 0; from < of.size; from += most) {
            int to = Math.min(of.size, from + most);
            all.add(
                new Portion(
                    kind.step,
                    kind.merges,
                    Arrays.copyOfRange(of.series, from, to),
                    Arrays.copyOfRange(of.points, from, to)));
          }
        });
    return all;
  }
}
