package io.cadenza.render.chart;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The shapes of one line on the canvas. Points between two gaps are a run; a run of one point would
 * not be seen and is a dot.
 */
final class Outline {
  /** Nothing beyond can be seen, and drawing has no trouble with it yet. */
  private static final double FAR = 1e5;

  /** From one point to the next, of what can be seen. */
  private static final double FARTHEST = ChartOptions.LARGEST;

  private static final double SMALLEST_DOT = 4;

  private final Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
  private final Path2D area = new Path2D.Double(Path2D.WIND_NON_ZERO);
  private final Path2D dots = new Path2D.Double(Path2D.WIND_NON_ZERO);
  private final DoubleUnaryOperator across;
  private final DoubleUnaryOperator down;
  private final double dot;

  // The run that is open, in pixels.
  private double[] x = new double[64];
  private double[] y = new double[64];
  private double[] floor = new double[64];
  private int length;
  private double travel;

  /** Whether its first point, or its last, belongs to the area only. */
  private boolean tapersIn;

  private boolean tapersOut;

  /**
   * @param across from seconds since 1970 to pixels
   * @param down from values to pixels
   */
  Outline(
      Trace trace,
      ChartOptions.Drawing drawing,
      DoubleUnaryOperator across,
      DoubleUnaryOperator down) {
    this.across = across;
    this.down = down;
    this.dot = Math.max(SMALLEST_DOT, trace.pen.width() + 1);
    switch (drawing.line()) {
      case SLOPE -> slope(trace, 0);
      case CONNECTED -> slope(trace, drawing.connectedLimit());
      case STAIRCASE -> staircase(trace);
    }
    endRun(trace.isFilled());
  }

  Shape line() {
    return line;
  }

  /** Between the line and its ground; nothing when it is not filled. */
  Shape area() {
    return area;
  }

  Shape dots() {
    return dots;
  }

  /** How far a pen goes for it, in pixels. */
  double travel() {
    return travel;
  }

  private void slope(Trace trace, int limit) {
    int missing = 0;
    for (int i = 0; i < trace.values.length; i++) {
      if (Double.isNaN(trace.values[i])) {
        missing++;
      } else {
        if (missing > limit) {
          taperOut(trace, i - missing, limit);
          endRun(trace.isFilled());
          taperIn(trace, i - 1, limit);
        }
        missing = 0;
        add(trace.at[i], trace.values[i], trace.groundAt(i));
      }
    }
    if (missing > limit) {
      taperOut(trace, trace.values.length - missing, limit);
    }
  }

  /**
   * What stands on this one in a stack comes down to the ground from the last point before a gap to
   * the first in it: what is between belongs to neither and would be a hole.
   */
  private void taperOut(Trace trace, int gap, int limit) {
    if (trace.ground != null && limit == 0 && length > 0) {
      add(trace.at[gap], trace.ground[gap], trace.ground[gap]);
      tapersOut = true;
    }
  }

  private void taperIn(Trace trace, int gap, int limit) {
    if (trace.ground != null && limit == 0) {
      add(trace.at[gap], trace.ground[gap], trace.ground[gap]);
      tapersIn = true;
    }
  }

  private void staircase(Trace trace) {
    int count = trace.values.length;
    double width = count < 2 ? 1 : trace.at[count - 1] - trace.at[count - 2];
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(trace.values[i])) {
        endRun(trace.isFilled());
      } else {
        double end = i + 1 < count ? trace.at[i + 1] : trace.at[i] + width;
        add(trace.at[i], trace.values[i], trace.groundAt(i));
        add(end, trace.values[i], trace.groundAt(i));
      }
    }
  }

  private void add(double at, double value, double ground) {
    if (length == x.length) {
      x = Arrays.copyOf(x, 2 * length);
      y = Arrays.copyOf(y, 2 * length);
      floor = Arrays.copyOf(floor, 2 * length);
    }
    x[length] = near(across.applyAsDouble(at));
    y[length] = near(down.applyAsDouble(value));
    floor[length] = near(down.applyAsDouble(ground));
    if (length > 0) {
      travel += Math.min(FARTHEST, Math.abs(y[length] - y[length - 1]));
      travel += Math.abs(x[length] - x[length - 1]);
    }
    length++;
  }

  private static double near(double pixel) {
    return Math.max(-FAR, Math.min(FAR, pixel));
  }

  private void endRun(boolean filled) {
    int first = tapersIn ? 1 : 0;
    int end = tapersOut ? length - 1 : length;
    if (end - first == 1) {
      dots.append(new Ellipse2D.Double(x[first] - dot / 2, y[first] - dot / 2, dot, dot), false);
    } else if (end - first > 1) {
      follow(line, first, end);
    }
    if (filled && length > 1) {
      follow(area, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        area.lineTo(x[i], floor[i]);
      }
      area.closePath();
    }
    length = 0;
    tapersIn = false;
    tapersOut = false;
  }

  private void follow(Path2D path, int first, int end) {
    path.moveTo(x[first], y[first]);
    for (int i = first + 1; i < end; i++) {
      path.lineTo(x[i], y[i]);
    }
  }
}
