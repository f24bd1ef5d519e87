package io.cadenza.render.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * From which value to which the vertical axis goes, and where its ticks stand: at round values.
 *
 * @param step from one tick to the next
 */
record ValueScale(double low, double high, double step, UnitSystem units) {
  /** Differences of larger ones are no numbers any more. */
  private static final double LARGEST = 1e300;

  private static final double SMALLEST_SPAN = 1e-290;

  /** What can be told apart by the digits of a label. */
  private static final double FINEST = 1e-9;

  private static final int MOST_MARKS = 200;

  /**
   * @param least of all values that are drawn, NaN when there are none; {@code most} as well
   * @param range may fix one end or both
   * @param about how many steps there is room for
   */
  static ValueScale of(
      double least, double most, ChartOptions.Range range, UnitSystem units, int about) {
    boolean lowIsFixed = !Double.isNaN(range.min());
    boolean highIsFixed = !Double.isNaN(range.max());
    double low = clamped(lowIsFixed ? range.min() : Double.isNaN(least) ? 0 : least);
    double high = clamped(highIsFixed ? range.max() : Double.isNaN(most) ? 1 : most);
    if (low >= high) {
      // One line without height: from zero on it shows how large it is, and not at the edge.
      double room = low == 0 ? 1 : 0.2 * Math.abs(low);
      double level = low;
      low = lowIsFixed ? low : highIsFixed ? high - room : Math.min(0, 1.2 * level);
      high = highIsFixed ? high : lowIsFixed ? low + room : level < 0 ? 0 : level + room;
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double span = Math.max(Math.max(high - low, size * FINEST), SMALLEST_SPAN);
    double step = units.roundStep(span / Math.max(1, about));
    double bottom = lowIsFixed ? low : Math.floor(low / step + FINEST) * step;
    double top = highIsFixed ? high : Math.ceil(high / step - FINEST) * step;
    return new ValueScale(bottom, top > bottom ? top : bottom + step, step, units);
  }

  private static double clamped(double value) {
    return Math.max(-LARGEST, Math.min(LARGEST, value));
  }

  List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    double first = Math.ceil(low / step - FINEST);
    for (int i = 0; i < MOST_MARKS && (first + i) * step <= high + step * FINEST; i++) {
      double at = (first + i) * step;
      marks.add(new Mark(at, units.tick(at, step)));
    }
    return marks;
  }
}
