package io.cadenza.render.chart;

import io.cadenza.render.Series;
import java.util.List;

/**
 * One line of a legend.
 *
 * @param figures of its values, as text: the last, the mean, the least and the greatest; none when
 *     it has no value
 */
record LegendEntry(String name, int colour, List<String> figures) {
  static final List<String> HEADINGS = List.of("last", "avg", "min", "max");

  static LegendEntry of(Series series, int colour, UnitSystem units) {
    double sum = 0;
    double last = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    long count = 0;
    for (double value : series.values()) {
      if (Double.isFinite(value)) {
        count++;
        last = value;
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    // Large ones may have no sum.
    double mean = Math.max(least, Math.min(most, sum / count));
    List<String> figures =
        count == 0
            ? List.of()
            : List.of(units.value(last), units.value(mean), units.value(least), units.value(most));
    return new LegendEntry(Names.shown(series.name(), Names.LONGEST), colour, figures);
  }
}
