package io.cadenza.render.chart;

import io.cadenza.render.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;

/** A picture, before it is known on what canvas it comes. Used by one thread. */
final class Painting {
  /** Of the height, in parts: the rest is for the lines. */
  private static final double LEGEND_AT_MOST = 0.45;

  /** Below that there is room for lines only. */
  private static final int TOO_LOW_FOR_FRAME = 60;

  private static final int TOO_NARROW_FOR_FRAME = 90;

  /** Space of one tick of the vertical axis, in heights of a letter. */
  private static final double APART = 3.4;

  private static final double QUIET = 0.75;

  private final ChartOptions options;
  private final ChartOptions.Look look;
  private final List<Series> series;
  private final List<Pen> pens;
  private final long from;
  private final long until;
  private final boolean words;
  private final boolean framed;

  /**
   * @param words whether there are fonts; without them only lines are drawn
   */
  Painting(ChartOptions options, List<Series> series, long from, long until, boolean words) {
    this.options = options;
    this.look = options.look();
    this.series = series;
    this.pens = Pen.of(series, options);
    this.from = from;
    this.until = Math.max(until, from + 1);
    this.words = words;
    this.framed =
        words && options.height() >= TOO_LOW_FOR_FRAME && options.width() >= TOO_NARROW_FOR_FRAME;
  }

  void paint(Graphics2D canvas) {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    Rectangle2D all = new Rectangle2D.Double(0, 0, options.width(), options.height());
    canvas.setPaint(new Color(look.background(), true));
    canvas.fill(all);
    int margin = Math.min(options.margin(), Math.min(options.width(), options.height()) / 8);
    Rectangle2D inner =
        new Rectangle2D.Double(
            margin,
            margin,
            Math.max(1, options.width() - 2 * margin),
            Math.max(1, options.height() - 2 * margin));
    chart(inner).draw(canvas, inner);
    if (framed && series.isEmpty()) {
      noData(canvas, inner);
    }
  }

  private JFreeChart chart(Rectangle2D inner) {
    JFreeChart chart = new JFreeChart(null, font(Font.PLAIN, 1), plot(), false);
    chart.setBackgroundPaint(null);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    if (!framed) {
      return chart;
    }
    if (!options.title().isEmpty()) {
      TextTitle title = new TextTitle(options.title(), font(Font.BOLD, 1.2));
      title.setPaint(new Color(look.foreground(), true));
      title.setMaximumLinesToDisplay(2);
      title.setPadding(0, 0, 4, 0);
      chart.setTitle(title);
    }
    if (options.frame().hasLegend(series.size()) && !series.isEmpty()) {
      double highest = LEGEND_AT_MOST * inner.getHeight();
      chart.addSubtitle(new Legend(entries(), font(Font.PLAIN, 1), look.foreground(), highest));
    }
    return chart;
  }

  private List<LegendEntry> entries() {
    List<LegendEntry> entries = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      if (!pens.get(i).hidden()) {
        entries.add(LegendEntry.of(series.get(i), pens.get(i).colour(), options.scale().units()));
      }
    }
    return entries;
  }

  private XYPlot plot() {
    Traces traces = Traces.of(series, pens, options, from, until);
    NumberAxis values = valueAxis(traces, false);
    XYPlot plot = new LinePlot(traces.all(), options.drawing(), timeAxis(), values);
    boolean right = options.scale().onRight();
    plot.setRangeAxisLocation(0, side(right));
    if (traces.isAnyOnRight()) {
      plot.setRangeAxis(1, valueAxis(traces, true));
      plot.setRangeAxisLocation(1, side(!right));
    }
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(new RectangleInsets(above(), right ? beside() : 0, 0, right ? 0 : beside()));
    boolean grid = words && options.frame().grid();
    plot.setDomainGridlinesVisible(grid);
    plot.setRangeGridlinesVisible(grid);
    plot.setDomainGridlinePaint(new Color(look.minorGrid(), true));
    plot.setRangeGridlinePaint(new Color(look.majorGrid(), true));
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    return plot;
  }

  /** Half of the first label of the vertical axis stands above it. */
  private double above() {
    return framed && options.frame().valueAxis() ? 0.6 * look.fontSize() : 1;
  }

  /** Half of the last label of the time axis stands beside it. */
  private double beside() {
    return framed && options.frame().timeAxis() ? 1.6 * look.fontSize() : 0;
  }

  private NumberAxis timeAxis() {
    TickedAxis axis = new TickedAxis(from, until, length -> words ? timeMarks(length) : List.of());
    dress(axis, options.frame().timeAxis());
    return axis;
  }

  /** Without those whose labels would not be whole. */
  private List<Mark> timeMarks(double length) {
    double scale = length / (until - from);
    return TimeScale.marks(from, until, options.zone(), length, this::labelWidth).stream()
        .filter(mark -> labelWidth(mark.label()) / 2 <= (until - mark.at()) * scale + beside())
        .toList();
  }

  private double labelWidth(String text) {
    FontRenderContext plain = new FontRenderContext(null, true, true);
    return font(Font.PLAIN, 1).getStringBounds(text, plain).getWidth();
  }

  private static AxisLocation side(boolean right) {
    return right ? AxisLocation.BOTTOM_OR_RIGHT : AxisLocation.BOTTOM_OR_LEFT;
  }

  private NumberAxis valueAxis(Traces traces, boolean second) {
    ChartOptions.Scale given = options.scale();
    int about = (int) (options.height() * (1 - LEGEND_AT_MOST / 2) / (APART * look.fontSize()));
    ValueScale scale =
        ValueScale.of(
            traces.least(second),
            traces.most(second),
            second ? given.second() : given.first(),
            given.units(),
            about);
    TickedAxis axis =
        new TickedAxis(scale.low(), scale.high(), length -> words ? scale.marks() : List.of());
    dress(axis, options.frame().valueAxis());
    if (framed && !second && !options.vtitle().isEmpty()) {
      axis.setLabel(options.vtitle());
      axis.setLabelFont(font(Font.PLAIN, 1));
      axis.setLabelPaint(new Color(look.foreground(), true));
    }
    return axis;
  }

  private void dress(NumberAxis axis, boolean wanted) {
    axis.setVisible(framed && wanted);
    Color quiet = new Color(Colours.faded(look.foreground(), QUIET), true);
    axis.setTickLabelFont(font(Font.PLAIN, 1));
    axis.setTickLabelPaint(quiet);
    axis.setTickMarksVisible(false);
    axis.setAxisLinePaint(new Color(look.majorGrid(), true));
    axis.setTickLabelsVisible(words);
  }

  private Font font(int style, double size) {
    return new Font(Font.SANS_SERIF, style, (int) Math.round(look.fontSize() * size));
  }

  private void noData(Graphics2D canvas, Rectangle2D area) {
    canvas.setFont(font(Font.PLAIN, 1.2));
    canvas.setPaint(new Color(Colours.faded(look.foreground(), QUIET), true));
    String text = "no data";
    double width = canvas.getFontMetrics().stringWidth(text);
    canvas.drawString(text, (float) (area.getCenterX() - width / 2), (float) area.getCenterY());
  }
}
