package io.cadenza.writer.whisper;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What whisper's files hold, by its rules told again without files, offsets or runs of slots. */
final class Model {
  private final List<Retention> retentions;
  private final Aggregate method;
  private final float factor;
  private final long[][] times;
  private final double[][] values;

  Model(List<Retention> retentions, Aggregate method, double factor) {
    this.retentions = retentions;
    this.method = method;
    this.factor = (float) factor;
    this.times = new long[retentions.size()][];
    this.values = new double[retentions.size()][];
    for (int i = 0; i < times.length; i++) {
      times[i] = new long[(int) retentions.get(i).points()];
      values[i] = new double[times[i].length];
    }
  }

  private int slot(int archive, long interval) {
    return (int) (interval / retentions.get(archive).step() % times[archive].length);
  }

  private void put(int archive, long interval, double value) {
    times[archive][slot(archive, interval)] = interval;
    values[archive][slot(archive, interval)] = value;
  }

  /** NaN where there is none. */
  double get(int archive, long interval) {
    boolean there = times[archive][slot(archive, interval)] == interval;
    return there ? values[archive][slot(archive, interval)] : Double.NaN;
  }

  /** Points in the order of their time, each time once. */
  void updateMany(long[] at, double[] with, long now) {
    int end = at.length;
    for (int archive = 0; archive < times.length; archive++) {
      int begin = end;
      while (begin > 0 && now - at[begin - 1] <= retentions.get(archive).seconds()) {
        begin--;
      }
      write(archive, Arrays.copyOfRange(at, begin, end), Arrays.copyOfRange(with, begin, end));
      end = begin;
    }
  }

  private void write(int archive, long[] at, double[] with) {
    for (int i = 0; i < at.length; i++) {
      put(archive, retentions.get(archive).startOf(at[i]), with[i]);
    }
    boolean further = at.length > 0;
    for (int lower = archive + 1; further && lower < times.length; lower++) {
      further = false;
      TreeSet<Long> intervals = new TreeSet<>();
      for (long time : at) {
        intervals.add(retentions.get(lower).startOf(time));
      }
      List<double[]> made = new ArrayList<>();
      for (long interval : intervals) {
        double value = aggregated(lower, interval);
        if (!Double.isNaN(value)) {
          made.add(new double[] {interval, value});
        }
      }
      for (double[] one : made) {
        put(lower, (long) one[0], one[1]);
        further = true;
      }
    }
  }

  private double aggregated(int lower, long interval) {
    int step = retentions.get(lower - 1).step();
    int wanted = retentions.get(lower).step() / step;
    List<Double> known = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      double value = get(lower - 1, interval + (long) i * step);
      if (!Double.isNaN(value)) {
        known.add(value);
      }
    }
    boolean enough = !known.isEmpty() && (double) known.size() / wanted >= factor;
    return enough ? aggregate(known, wanted) : Double.NaN;
  }

  private double aggregate(List<Double> known, int wanted) {
    double sum = 0;
    double max = known.get(0);
    double min = max;
    double farthest = max;
    double nearest = max;
    for (double value : known) {
      sum += value;
      max = Math.max(max, value);
      min = Math.min(min, value);
      farthest = Math.abs(value) > Math.abs(farthest) ? value : farthest;
      nearest = Math.abs(value) < Math.abs(nearest) ? value : nearest;
    }
    return switch (method) {
      case AVERAGE -> sum / known.size();
      case AVG_ZERO -> sum / wanted;
      case SUM -> sum;
      case LAST -> known.get(known.size() - 1);
      case MAX -> max;
      case MIN -> min;
      case ABSMAX -> farthest;
      case ABSMIN -> nearest;
    };
  }
}
