package io.cadenza.render.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeriesCollection;

/** The place between the axes, with the lines drawn as whole paths. */
final class LinePlot extends XYPlot {
  private static final long serialVersionUID = 1;

  /**
   * Pixels that all pens go together: noise of many series takes seconds with smooth edges, which
   * nobody sees there, and a hundredth of it without.
   */
  private static final double SMOOTH_AT_MOST = 5e6;

  private static final Stroke HAIR = new BasicStroke(1);

  private final transient List<Trace> traces;
  private final transient ChartOptions.Drawing drawing;

  LinePlot(List<Trace> traces, ChartOptions.Drawing drawing, ValueAxis time, ValueAxis values) {
    // Without points and never asked: a plot has neither lines nor a grid when it has not these.
    super(new XYSeriesCollection(), time, values, new XYLineAndShapeRenderer());
    this.traces = traces;
    this.drawing = drawing;
  }

  @Override
  public boolean render(
      Graphics2D canvas,
      Rectangle2D area,
      int index,
      PlotRenderingInfo info,
      CrosshairState crosshair) {
    Object smooth = canvas.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    boolean hairs = travel(area) > SMOOTH_AT_MOST;
    if (hairs) {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    }
    for (Trace trace : traces) {
      if (trace.isFilled() && !trace.pen.hidden()) {
        fill(canvas, trace, outline(trace, area));
      }
    }
    for (Trace trace : traces) {
      if (!trace.pen.hidden()) {
        canvas.setPaint(new Color(trace.pen.colour(), true));
        canvas.setStroke(hairs ? HAIR : trace.pen.stroke());
        draw(canvas, trace, area);
      }
    }
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smooth);
    return true;
  }

  private double travel(Rectangle2D area) {
    double travel = 0;
    for (Trace trace : traces) {
      travel += outline(trace, area).travel();
    }
    return travel;
  }

  private void draw(Graphics2D canvas, Trace trace, Rectangle2D area) {
    if (trace.pen.width() > 0) {
      if (trace.pen.infinite()) {
        canvas.draw(marks(trace, area));
        return;
      }
      Outline outline = outline(trace, area);
      canvas.fill(outline.dots());
      canvas.draw(outline.line());
    }
  }

  /** From bottom to top, at each value but zero. */
  private Path2D marks(Trace trace, Rectangle2D area) {
    Path2D marks = new Path2D.Double();
    for (int i = 0; i < trace.values.length; i++) {
      double value = trace.values[i];
      if (!Double.isNaN(value) && value != 0) {
        double x = across(trace.at[i], area);
        marks.moveTo(x, area.getMaxY());
        marks.lineTo(x, area.getMinY());
      }
    }
    return marks;
  }

  private void fill(Graphics2D canvas, Trace trace, Outline outline) {
    Composite before = canvas.getComposite();
    float opaque = (float) trace.pen.fill();
    canvas.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opaque));
    canvas.setPaint(new Color(trace.pen.colour(), true));
    canvas.fill(outline.area());
    canvas.setComposite(before);
  }

  private Outline outline(Trace trace, Rectangle2D area) {
    int axis = trace.pen.right() ? 1 : 0;
    return new Outline(
        trace,
        drawing,
        at -> across(at, area),
        value -> getRangeAxis(axis).valueToJava2D(value, area, getRangeAxisEdge(axis)));
  }

  private double across(double at, Rectangle2D area) {
    return getDomainAxis().valueToJava2D(at, area, getDomainAxisEdge());
  }
}
