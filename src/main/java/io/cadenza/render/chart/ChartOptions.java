package io.cadenza.render.chart;

import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a picture is to look. Names, meanings and defaults of parameters are those of graphite-web's
 * {@code /render}; those that are not read here are no mistake and change nothing.
 *
 * @param margin around all, in pixels, as width and height are
 * @param title above, empty for none
 * @param vtitle beside the vertical axis, empty for none
 * @param zone of the clock that the time axis shows
 */
public record ChartOptions(
    int width,
    int height,
    int margin,
    String title,
    String vtitle,
    Look look,
    Frame frame,
    Drawing drawing,
    Scale scale,
    ZoneId zone) {
  /** Of width and of height. */
  public static final int SMALLEST = 16;

  /** Of width and of height. */
  public static final int LARGEST = 4096;

  /** Of a picture: it takes four bytes for each while it is drawn. */
  public static final int MOST_PIXELS = 1 << 23;

  private static final int DEFAULT_WIDTH = 330;
  private static final int DEFAULT_HEIGHT = 250;

  /** With more series than that a legend has to be asked for. */
  private static final int MOST_IN_LEGEND = 10;

  /**
   * Colours, each as alpha, red, green and blue in one number, and letters.
   *
   * @param lines of the first series, the second ...; then the first again
   * @param fontSize in pixels
   */
  public record Look(
      int background,
      int foreground,
      int majorGrid,
      int minorGrid,
      List<Integer> lines,
      int fontSize) {}

  /**
   * What is around the lines.
   *
   * @param legend null when it depends on how many series there are
   */
  public record Frame(Boolean legend, boolean timeAxis, boolean valueAxis, boolean grid) {
    boolean hasLegend(int series) {
      return legend == null ? series <= MOST_IN_LEGEND : legend;
    }
  }

  /**
   * How lines are drawn.
   *
   * @param areaAlpha how opaque what is filled is, from 0 to 1; NaN when the mode decides
   * @param lineWidth in pixels
   * @param connectedLimit how many missing values {@link LineMode#CONNECTED} draws over
   * @param nullAsZero whether a missing value is 0
   */
  public record Drawing(
      AreaMode area,
      double areaAlpha,
      LineMode line,
      double lineWidth,
      int connectedLimit,
      boolean nullAsZero) {}

  /**
   * Of one vertical axis.
   *
   * @param min where it begins, NaN when values decide; {@code max} as well
   */
  public record Range(double min, double max) {}

  /**
   * Of the vertical axes.
   *
   * @param second of the axis on the other side, which some series may have
   * @param onRight on which side the first stands
   */
  public record Scale(Range first, Range second, UnitSystem units, boolean onRight) {}

  /**
   * Reads the parameters of a request.
   *
   * @param request from the name of a parameter to its text, null when it is not given
   * @param clock the zone when the request names none
   * @throws RenderException when one can't be read or is out of bounds
   */
  public static ChartOptions of(UnaryOperator<String> request, ZoneId clock) {
    Parameters given = new Parameters(request);
    int width = given.whole("width", DEFAULT_WIDTH, SMALLEST, LARGEST);
    int height = given.whole("height", DEFAULT_HEIGHT, SMALLEST, LARGEST);
    if (width * height > MOST_PIXELS) {
      String text = "width=%d and height=%d: at most %d pixels in all";
      throw new RenderException(Kind.LIMIT, text.formatted(width, height, MOST_PIXELS));
    }
    if (!"line".equals(given.text("graphType", "line"))) {
      throw new RenderException(Kind.REQUEST, "graphType: only line is drawn");
    }
    boolean bare = given.flag("graphOnly", false);
    return new ChartOptions(
        width,
        height,
        given.whole("margin", bare ? 0 : 10, 0, 200),
        bare ? "" : given.text("title", ""),
        bare ? "" : given.text("vtitle", ""),
        look(given),
        frame(given, bare),
        drawing(given),
        scale(given),
        given.zone("tz", clock));
  }

  private static Look look(Parameters given) {
    Template template = Template.named(given.text("template", "default"));
    int foreground = given.colour("fgcolor", template.foreground());
    return new Look(
        given.colour("bgcolor", template.background()),
        foreground,
        given.colour("majorGridLineColor", Colours.faded(foreground, 0.17)),
        given.colour("minorGridLineColor", Colours.faded(foreground, 0.1)),
        given.colours("colorList", template.lines()),
        given.whole("fontSize", 10, 4, 72));
  }

  private static Frame frame(Parameters given, boolean bare) {
    boolean axes = !bare && !given.flag("hideAxes", false);
    Boolean legend = given.isGiven("hideLegend") ? !given.flag("hideLegend", false) : null;
    return new Frame(
        bare ? Boolean.FALSE : legend,
        axes && !given.flag("hideXAxis", false),
        axes && !given.flag("hideYAxis", false),
        !bare && !given.flag("hideGrid", false));
  }

  private static Drawing drawing(Parameters given) {
    return new Drawing(
        given.choice("areaMode", AreaMode.NONE),
        given.number("areaAlpha", Double.NaN, 0, 1),
        given.choice("lineMode", LineMode.SLOPE),
        given.number("lineWidth", 1.2, 0, 50),
        given.whole("connectedLimit", Integer.MAX_VALUE, 0, Integer.MAX_VALUE),
        given.flag("drawNullAsZero", false));
  }

  private static Scale scale(Parameters given) {
    Range first = range(given, "yMin", "yMax", new Range(Double.NaN, Double.NaN));
    return new Scale(
        range(given, "yMinLeft", "yMaxLeft", first),
        range(given, "yMinRight", "yMaxRight", new Range(Double.NaN, Double.NaN)),
        given.choice("yUnitSystem", UnitSystem.SI),
        "right".equals(given.text("yAxisSide", "left")));
  }

  private static Range range(Parameters given, String low, String high, Range otherwise) {
    double min = given.number(low, otherwise.min(), -Double.MAX_VALUE, Double.MAX_VALUE);
    double max = given.number(high, otherwise.max(), -Double.MAX_VALUE, Double.MAX_VALUE);
    if (min >= max) {
      String text = "%s=%s and %s=%s: the first has to be the smaller";
      throw new RenderException(Kind.REQUEST, text.formatted(low, min, high, max));
    }
    return new Range(min, max);
  }

  /** How many points a line can have for each to be seen; who draws thins others out. */
  public int points() {
    return width;
  }
}
