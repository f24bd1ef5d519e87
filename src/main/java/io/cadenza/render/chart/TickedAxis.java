package io.cadenza.render.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis whose ticks are found elsewhere, by how long it is in pixels. */
final class TickedAxis extends NumberAxis {
  private static final long serialVersionUID = 1;

  private final transient DoubleFunction<List<Mark>> marks;

  TickedAxis(double low, double high, DoubleFunction<List<Mark>> marks) {
    this.marks = marks;
    setRange(low, high);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D canvas, AxisState state, Rectangle2D area, RectangleEdge edge) {
    boolean across = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor =
        across
            ? TextAnchor.TOP_CENTER
            : edge == RectangleEdge.LEFT ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT;
    double length = across ? area.getWidth() : area.getHeight();
    return marks.apply(Math.max(1, length)).stream()
        .map(
            mark ->
                new NumberTick(
                    TickType.MAJOR, mark.at(), mark.label(), anchor, TextAnchor.CENTER, 0))
        .toList();
  }
}
