package io.cadenza.render.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.Size2D;
import org.jfree.chart.ui.VerticalAlignment;

/**
 * Below the lines, whose is which: a table with their figures where there is room for it, else
 * names in columns; what does not fit is counted.
 */
final class Legend extends Title {
  private static final long serialVersionUID = 1;

  /** From here on figures stand beside names. */
  private static final int WIDE = 420;

  private static final double QUIET = 0.65;
  private static final int GAP = 6;

  private final transient List<LegendEntry> entries;
  private final transient Font font;
  private final int colour;
  private final double highest;

  /**
   * @param highest what it may take of the picture
   */
  Legend(List<LegendEntry> entries, Font font, int colour, double highest) {
    super(RectangleEdge.BOTTOM, HorizontalAlignment.LEFT, VerticalAlignment.BOTTOM);
    this.entries = entries;
    this.font = font;
    this.colour = colour;
    this.highest = highest;
  }

  /** How its entries are laid out. */
  private record Layout(boolean table, int columns, int rows, int shown, int lineHeight) {
    double height() {
      return (double) rows * lineHeight + GAP;
    }
  }

  private Layout layout(FontMetrics metrics, double width) {
    int lineHeight = metrics.getHeight() + 2;
    int room = (int) ((highest - GAP) / lineHeight);
    if (width >= WIDE && entries.size() + 1 <= room) {
      return new Layout(true, 1, entries.size() + 1, entries.size(), lineHeight);
    }
    int widest = swatch(metrics) + 3 * GAP;
    for (LegendEntry entry : entries) {
      widest = Math.max(widest, swatch(metrics) + 3 * GAP + metrics.stringWidth(entry.name()));
    }
    int columns = Math.max(1, (int) (width / widest));
    int rows = (entries.size() + columns - 1) / columns;
    if (rows <= room) {
      return new Layout(false, columns, rows, entries.size(), lineHeight);
    }
    // The last row is the one that counts the others.
    return new Layout(
        false, columns, Math.max(0, room), Math.max(0, room - 1) * columns, lineHeight);
  }

  private static int swatch(FontMetrics metrics) {
    return metrics.getAscent() * 3 / 4;
  }

  @Override
  public Size2D arrange(Graphics2D canvas, RectangleConstraint constraint) {
    double width =
        constraint.getWidthRange() == null
            ? constraint.getWidth()
            : constraint.getWidthRange().getUpperBound();
    return new Size2D(width, layout(canvas.getFontMetrics(font), width).height());
  }

  @Override
  public Object draw(Graphics2D canvas, Rectangle2D area, Object parameters) {
    draw(canvas, area);
    return null;
  }

  @Override
  public void draw(Graphics2D canvas, Rectangle2D area) {
    canvas.setFont(font);
    FontMetrics metrics = canvas.getFontMetrics(font);
    Layout layout = layout(metrics, area.getWidth());
    double top = area.getY() + GAP;
    if (layout.table()) {
      drawTable(canvas, metrics, area, layout);
      return;
    }
    double width = area.getWidth() / layout.columns();
    for (int i = 0; i < layout.shown(); i++) {
      double x = area.getX() + i % layout.columns() * width;
      double y = top + (double) (i / layout.columns()) * layout.lineHeight();
      drawName(canvas, metrics, entries.get(i), x, y, width - GAP);
    }
    if (layout.shown() < entries.size() && layout.rows() > 0) {
      String rest = "and " + (entries.size() - layout.shown()) + " more";
      double y = top + (double) (layout.rows() - 1) * layout.lineHeight();
      text(
          canvas, metrics, layout.shown() == 0 ? entries.size() + " series" : rest, area.getX(), y);
    }
  }

  private void drawTable(Graphics2D canvas, FontMetrics metrics, Rectangle2D area, Layout layout) {
    int figures = LegendEntry.HEADINGS.size();
    double column = columnWidth(metrics);
    double names = area.getWidth() - figures * column;
    for (int row = 0; row <= entries.size(); row++) {
      double y = area.getY() + GAP + (double) row * layout.lineHeight();
      List<String> texts = row == 0 ? LegendEntry.HEADINGS : entries.get(row - 1).figures();
      if (row > 0) {
        drawName(canvas, metrics, entries.get(row - 1), area.getX(), y, names - GAP);
      }
      for (int i = 0; i < texts.size(); i++) {
        double right = area.getX() + names + (i + 1) * column;
        text(canvas, metrics, texts.get(i), right - metrics.stringWidth(texts.get(i)), y);
      }
    }
  }

  private double columnWidth(FontMetrics metrics) {
    int widest = 0;
    for (LegendEntry entry : entries) {
      for (String figure : entry.figures()) {
        widest = Math.max(widest, metrics.stringWidth(figure));
      }
    }
    return 2.0 * GAP + Math.max(widest, metrics.stringWidth("0000"));
  }

  private void drawName(
      Graphics2D canvas, FontMetrics metrics, LegendEntry entry, double x, double y, double width) {
    int size = swatch(metrics);
    canvas.setPaint(new Color(entry.colour(), true));
    canvas.fill(new Rectangle2D.Double(x, y + (metrics.getHeight() - size) / 2.0, size, size));
    canvas.setPaint(new Color(colour, true));
    String name = fitting(entry.name(), metrics, width - size - GAP);
    canvas.drawString(name, (float) (x + size + GAP), (float) (y + metrics.getAscent()));
  }

  private void text(Graphics2D canvas, FontMetrics metrics, String text, double x, double y) {
    canvas.setPaint(new Color(Colours.faded(colour, QUIET), true));
    canvas.drawString(text, (float) x, (float) (y + metrics.getAscent()));
  }

  private static String fitting(String name, FontMetrics metrics, double width) {
    String fitting = name;
    for (int length = name.length(); length > 1 && metrics.stringWidth(fitting) > width; ) {
      int guess = (int) (fitting.length() * width / metrics.stringWidth(fitting));
      length = Math.max(1, Math.min(length - 1, guess));
      fitting = Names.shortened(name, length);
    }
    return fitting;
  }
}
