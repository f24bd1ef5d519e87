package io.cadenza.render.chart;

import io.cadenza.render.Look;
import io.cadenza.render.Series;
import java.awt.BasicStroke;
import java.awt.Stroke;
import java.util.ArrayList;
import java.util.List;

/**
 * How one series is drawn: what functions of its target say, and else the picture.
 *
 * @param width in pixels, as the length of a dash is; without dashes it is 0
 * @param fill how opaque what is below the line is, 0 when nothing is filled
 * @param stacked whether values hold those of the stacked ones before it, who are its ground
 * @param right whether the scale on the other side is its own
 * @param infinite whether it is only a mark, from bottom to top, where it has a value but zero
 * @param hidden whether it is only ground for the next one
 */
record Pen(
    int colour,
    double width,
    double dash,
    double fill,
    boolean stacked,
    boolean right,
    boolean infinite,
    boolean hidden) {
  private static final double FILL = 0.35;

  /** Lines of a stack do not cover each other. */
  private static final double FILL_OF_STACK = 0.8;

  private static final double WIDEST = 50;
  private static final double SHORTEST_DASH = 1;
  private static final double LONGEST_DASH = 1000;

  /** Of all, in their order. Those whose target names a colour take none of the picture's. */
  static List<Pen> of(List<Series> series, ChartOptions options) {
    List<Integer> colours = options.look().lines();
    List<Pen> pens = new ArrayList<>();
    int used = 0;
    for (Series one : series) {
      String named = one.look().color();
      int colour =
          named == null
              ? colours.get(used++ % colours.size())
              : Parameters.colourOf("color", Names.shown(named, Names.LONGEST));
      pens.add(of(one.look(), colour, options.drawing(), pens.isEmpty()));
    }
    return pens;
  }

  private static Pen of(Look look, int colour, ChartOptions.Drawing drawing, boolean first) {
    double alpha = Double.isNaN(look.alpha()) ? 1 : within(look.alpha(), 0, 1);
    boolean stack = look.stacked() || drawing.area() == AreaMode.STACKED;
    boolean filled =
        stack || drawing.area() == AreaMode.ALL || drawing.area() == AreaMode.FIRST && first;
    double usual = stack ? FILL_OF_STACK : FILL;
    double fill = Double.isNaN(drawing.areaAlpha()) ? usual : drawing.areaAlpha();
    double width = Double.isNaN(look.lineWidth()) ? drawing.lineWidth() : look.lineWidth();
    return new Pen(
        Colours.faded(colour, alpha),
        within(width, 0, WIDEST),
        look.dash() > 0 ? within(look.dash(), SHORTEST_DASH, LONGEST_DASH) : 0,
        filled && !look.drawAsInfinite() ? fill : 0,
        look.stacked(),
        look.secondYAxis(),
        look.drawAsInfinite(),
        look.invisible());
  }

  private static double within(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  Stroke stroke() {
    if (dash == 0) {
      return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    float[] dashes = {(float) dash, (float) dash};
    return new BasicStroke(
        (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
  }
}
