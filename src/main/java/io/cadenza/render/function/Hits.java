package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import java.util.ArrayList;
import java.util.List;

/** {@code hitcount}: how many hits fell into each interval, of values that are hits a second. */
final class Hits {
  private Hits() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "hitcount",
            "Transform",
            "How many hits fell into each interval, of values that are hits a second. Intervals end"
                + " with the series, or lie on whole minutes, hours or days if alignToInterval is"
                + " true.",
            Hits::count,
            Param.seriesList(),
            needs(ParamType.INTERVAL, "intervalString").suggesting("10min", "1h", "1d"),
            may(ParamType.BOOLEAN, "alignToInterval", false)));
  }

  private static List<Series> count(Call call) {
    int interval = Summaries.interval(call, "intervalString");
    boolean align = call.flag("alignToInterval");
    List<Series> results = new ArrayList<>();
    for (Series one : align ? aligned(call, interval) : call.series()) {
      long count = Math.max(0, -Math.floorDiv(one.start() - one.end(), (long) interval));
      call.points(count);
      Buckets buckets = new Buckets(one, interval, (int) count);
      one.tags().put("hitcount", call.text("intervalString"));
      Series made = one.with(buckets.start, interval, buckets.sums()).end(one.end());
      String name =
          "hitcount(%s, \"%s\"%s)"
              .formatted(one.name(), call.text("intervalString"), align ? ", true" : "");
      results.add(Names.renamed(made, name));
    }
    return results;
  }

  private static List<Series> aligned(Call call, int interval) {
    Span span = call.span();
    long from = Calendar.beginOf(interval, span.from(), call.surroundings().zone());
    List<Series> all = call.again(new Span(from, span.until(), span.now()));
    for (Series one : all) {
      long whole = Math.floorDiv(one.end() - one.start(), interval);
      one.end(one.start() + whole * interval + interval);
    }
    return all;
  }

  /** The intervals of a series: a value that lies in several is shared out among them. */
  private static final class Buckets {
    private final Series one;
    private final int interval;
    private final long start;
    private final double[] sums;

    Buckets(Series one, int interval, int count) {
      this.one = one;
      this.interval = interval;
      this.start = one.end() - (long) count * interval;
      this.sums = Rows.nothing(count);
    }

    double[] sums() {
      for (int i = 0; i < one.values().length; i++) {
        if (!Double.isNaN(one.values()[i])) {
          share(one.start() + (long) i * one.step(), one.values()[i]);
        }
      }
      return sums;
    }

    private void share(long time, double hits) {
      long first = Math.floorDiv(time - start, interval);
      long firstRest = Math.floorMod(time - start, interval);
      long end = time + one.step() - start;
      long last = Math.floorDiv(end, interval);
      long lastRest = Math.floorMod(end, interval);
      if (last >= sums.length) {
        last = sums.length - 1;
        lastRest = interval;
      }
      if (first == last) {
        add(first, hits * (lastRest - firstRest));
        return;
      }
      add(first, hits * (interval - firstRest));
      for (long between = first + 1; between < last; between++) {
        add(between, hits * interval);
      }
      if (lastRest > 0) {
        add(last, hits * lastRest);
      }
    }

    private void add(long bucket, double hits) {
      if (bucket >= 0 && bucket < sums.length) {
        int at = (int) bucket;
        sums[at] = Double.isNaN(sums[at]) ? hits : sums[at] + hits;
      }
    }
  }
}
