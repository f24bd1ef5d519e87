package io.cadenza.render.chart;

import static io.cadenza.render.chart.Pictures.NONE;
import static io.cadenza.render.chart.Pictures.START;
import static io.cadenza.render.chart.Pictures.bare;
import static io.cadenza.render.chart.Pictures.chart;
import static io.cadenza.render.chart.Pictures.count;
import static io.cadenza.render.chart.Pictures.filled;
import static io.cadenza.render.chart.Pictures.image;
import static io.cadenza.render.chart.Pictures.options;
import static io.cadenza.render.chart.Pictures.rgb;
import static io.cadenza.render.chart.Pictures.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.render.Look;
import io.cadenza.render.RenderException;
import io.cadenza.render.Series;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;
  private static final int BLACK = 0;
  private static final List<String> PLAIN = List.of();

  @Test
  void pictureHasTheSizeThatWasAskedFor() {
    BufferedImage asked = image(chart(options("width=640", "height=77"), series("a", 1)).png());
    BufferedImage usual = image(chart(options(), series("a", 1)).png());

    assertThat(asked.getWidth()).isEqualTo(640);
    assertThat(asked.getHeight()).isEqualTo(77);
    assertThat(usual.getWidth()).isEqualTo(330);
    assertThat(usual.getHeight()).isEqualTo(250);
  }

  @Test
  void lineIsWhereItsValuesAre() {
    BufferedImage image = bare(PLAIN, series("a", filled(11, 5)), series("b", filled(11, 8)));

    assertThat(rgb(image, 50, 50)).isEqualTo(RED);
    assertThat(rgb(image, 10, 50)).isEqualTo(RED);
    assertThat(rgb(image, 50, 21)).isEqualTo(GREEN);
    assertThat(rgb(image, 50, 35)).isEqualTo(BLACK);
  }

  @Test
  void missingValuesAreAGap() {
    double[] values = {5, 5, 5, 5, NONE, NONE, NONE, 5, 5, 5};

    BufferedImage image = bare(PLAIN, series("a", values));

    assertThat(rgb(image, 20, 50)).isEqualTo(RED);
    assertThat(rgb(image, 50, 50)).isEqualTo(BLACK);
    assertThat(rgb(image, 80, 50)).isEqualTo(RED);
  }

  @Test
  void infiniteValuesAreAGap() {
    double[] values = {5, 5, 5, 5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 5, 5, 5, 5};

    assertThat(rgb(bare(PLAIN, series("a", values)), 45, 50)).isEqualTo(BLACK);
  }

  @Test
  void connectedLineGoesOverAGapThatIsNotTooLong() {
    Series series = series("a", 5, 5, 5, 5, NONE, NONE, NONE, 5, 5, 5);

    BufferedImage over = bare(List.of("lineMode=connected"), series);
    BufferedImage apart = bare(List.of("lineMode=connected", "connectedLimit=2"), series);

    assertThat(rgb(over, 50, 50)).isEqualTo(RED);
    assertThat(rgb(apart, 50, 50)).isEqualTo(BLACK);
  }

  @Test
  void staircaseKeepsAValueForItsStep() {
    BufferedImage image = bare(List.of("lineMode=staircase"), series("a", 2, 8));

    assertThat(rgb(image, 25, 80)).isEqualTo(RED);
    assertThat(rgb(image, 45, 80)).isEqualTo(RED);
    assertThat(rgb(image, 50, 50)).isEqualTo(RED);
    assertThat(rgb(image, 90, 20)).isEqualTo(RED);
  }

  @Test
  void valueBetweenGapsIsADot() {
    BufferedImage image = bare(PLAIN, series("a", NONE, NONE, NONE, NONE, NONE, 5, NONE, NONE));

    assertThat(count(image, RED)).isBetween(4L, 40L);
    assertThat(rgb(image, 62, 50)).isEqualTo(RED);
  }

  @Test
  void missingValuesMayBeZero() {
    double[] values = {5, 5, 5, NONE, NONE, NONE, NONE, 5, 5, 5};

    BufferedImage image = bare(List.of("drawNullAsZero=true"), series("a", values));

    assertThat(rgb(image, 50, 99)).isEqualTo(RED);
    assertThat(rgb(image, 50, 50)).isEqualTo(BLACK);
  }

  @Test
  void areaOfTheFirstOrOfAllIsFilled() {
    Series low = series("a", filled(11, 3));
    Series high = series("b", filled(11, 8));

    BufferedImage none = bare(PLAIN, low, high);
    BufferedImage first = bare(List.of("areaMode=first", "areaAlpha=1"), low, high);
    BufferedImage all = bare(List.of("areaMode=all", "areaAlpha=1"), low, high);

    assertThat(rgb(none, 50, 90)).isEqualTo(BLACK);
    assertThat(rgb(first, 50, 90)).isEqualTo(RED);
    assertThat(rgb(first, 50, 50)).isEqualTo(BLACK);
    assertThat(rgb(all, 50, 50)).isEqualTo(GREEN);
  }

  @Test
  void stackedLinesStandOnEachOther() {
    Series two = series("a", filled(11, 2));
    Series three = series("b", filled(11, 3));

    BufferedImage image = bare(List.of("areaMode=stacked", "areaAlpha=1"), two, three);

    assertThat(rgb(image, 50, 90)).isEqualTo(RED);
    assertThat(rgb(image, 50, 70)).isEqualTo(GREEN);
    assertThat(rgb(image, 50, 50)).isEqualTo(GREEN);
    assertThat(rgb(image, 50, 40)).isEqualTo(BLACK);
  }

  @Test
  void stackedLinesMayHaveStepsOfTheirOwn() {
    Series fine = series("a", filled(60, 2));
    Series coarse = new Series("b", "b", Map.of(), START, 20, filled(3, 3));

    BufferedImage image = bare(List.of("areaMode=stacked", "areaAlpha=1"), fine, coarse);

    assertThat(rgb(image, 45, 90)).isEqualTo(RED);
    assertThat(rgb(image, 45, 70)).isEqualTo(GREEN);
    assertThat(rgb(image, 45, 40)).isEqualTo(BLACK);
  }

  @Test
  void spikeAmongManyValuesIsSeen() {
    double[] values = filled(100_000, 1);
    values[70_123] = 9;

    BufferedImage image = bare(List.of("lineWidth=2"), series("a", values));

    assertThat(rgb(image, 70, 50)).isEqualTo(RED);
    assertThat(rgb(image, 60, 50)).isEqualTo(BLACK);
  }

  @Test
  void functionsOfATargetDecideHowItsSeriesLook() {
    Series blue = series("a", filled(11, 3)).look(Look.PLAIN.withColor("0000ff"));
    Series wide = series("b", filled(11, 7)).look(Look.PLAIN.withLineWidth(20));
    Series dashed = series("c", filled(11, 5)).look(Look.PLAIN.withDash(10));

    BufferedImage image = bare(PLAIN, blue, wide, dashed);

    assertThat(rgb(image, 50, 70)).isEqualTo(0x0000ff);
    assertThat(rgb(image, 50, 22)).as("the first colour is free yet").isEqualTo(RED);
    assertThat(count(image.getSubimage(0, 49, 90, 1), GREEN)).isBetween(30L, 60L);
  }

  @Test
  void stackedSeriesStandOnTheStackedOneBefore() {
    Series low = series("a", filled(11, 2)).look(Look.PLAIN.stackedUp(false));
    Series high = series("b", filled(11, 6)).look(Look.PLAIN.stackedUp(false));
    Series hidden = series("c", filled(11, 2)).look(Look.PLAIN.stackedUp(true));

    BufferedImage both = bare(List.of("areaAlpha=1"), low, high);
    BufferedImage between = bare(List.of("areaAlpha=1"), hidden, high);

    assertThat(rgb(both, 50, 90)).isEqualTo(RED);
    assertThat(rgb(both, 50, 60)).isEqualTo(GREEN);
    assertThat(rgb(both, 50, 20)).isEqualTo(BLACK);
    assertThat(rgb(between, 50, 90)).isEqualTo(BLACK);
    assertThat(rgb(between, 50, 60)).isEqualTo(GREEN);
  }

  @Test
  void seriesMayHaveTheScaleOfTheOtherSide() {
    Series left = series("a", filled(11, 5));
    Series right = series("b", filled(11, 750)).look(Look.PLAIN.onSecondYAxis());

    BufferedImage image = bare(List.of("yMinRight=0", "yMaxRight=1000"), left, right);
    String framed = chart(options(), left, right).svg();

    assertThat(rgb(image, 50, 50)).isEqualTo(RED);
    assertThat(rgb(image, 50, 26)).isEqualTo(GREEN);
    assertThat(framed).contains(">6</text>").contains(">800</text>");
  }

  @Test
  void infiniteSeriesMarksTimesFromBottomToTop() {
    double[] once = new double[11];
    once[5] = 1;

    BufferedImage image = bare(PLAIN, series("a", once).look(Look.PLAIN.asInfinite()));

    assertThat(rgb(image, 45, 3)).isEqualTo(RED);
    assertThat(rgb(image, 45, 97)).isEqualTo(RED);
    assertThat(rgb(image, 30, 50)).isEqualTo(BLACK);
  }

  @Test
  void colourOfATargetThatNobodyKnowsIsTold() {
    Series series = series("a", 1, 2).look(Look.PLAIN.withColor("very blue"));

    assertThatThrownBy(() -> chart(options(), series).png())
        .isInstanceOf(RenderException.class)
        .hasMessage("color=very blue: a name such as red, or red green blue as 00c832");
  }

  @Test
  void noiseOfManySeriesIsDrawnWithoutSmoothEdges() {
    double[] noise = new double[1000];
    Arrays.setAll(noise, i -> i % 2 * 10);
    Series[] hundred = Collections.nCopies(100, series("a", noise)).toArray(Series[]::new);

    BufferedImage image = bare(List.of("colorList=ff0000", "width=1000", "height=200"), hundred);

    assertThat(count(image, RED) + count(image, BLACK)).isEqualTo(1000 * 200);
    assertThat(count(image, RED)).isGreaterThan(100_000);
  }

  @Test
  void templatesAndColoursDecideTheGround() {
    assertThat(corner("template=plain")).isEqualTo(0xffffff);
    assertThat(corner("template=nobody-knows-it")).isEqualTo(BLACK);
    assertThat(corner("template=plain", "bgcolor=blue")).isEqualTo(0x6464ff);
    assertThat(corner("bgcolor=#00c832")).isEqualTo(0x00c832);
  }

  private static int corner(String... parameters) {
    return rgb(image(chart(options(parameters), series("a", 1)).png()), 0, 0);
  }

  @Test
  void groundMayBeTransparent() {
    Chart chart = chart(options("bgcolor=00000000", "graphOnly=true"), series("a", 1, 2));

    assertThat(image(chart.png()).getRGB(1, 1) >>> 24).isZero();
  }

  @Test
  void wordsGridAndAxesAreThereUnlessTheyAreHidden() {
    Series series = series("a", filled(11, 5));
    String[] hidden = {"fgcolor=ffffff", "colorList=000000", "hideAxes=1", "hideGrid=1"};

    assertThat(bright("fgcolor=ffffff", "colorList=000000")).isPositive();
    assertThat(bright("fgcolor=ffffff", "colorList=000000", "graphOnly=true")).isZero();
    BufferedImage legendOnly = image(chart(options(hidden), series).png());
    assertThat(count(legendOnly.getSubimage(0, 0, 330, 180), BLACK)).isEqualTo(330 * 180);
    assertThat(count(legendOnly, BLACK)).isLessThan(330 * 250);
  }

  private static long bright(String... parameters) {
    BufferedImage image = image(chart(options(parameters), series("a", filled(11, 5))).png());
    return 330 * 250 - count(image, BLACK);
  }

  @Test
  void legendOfManySeriesHasToBeAskedFor() {
    Series[] eleven = Collections.nCopies(11, series("a", 1, 2)).toArray(Series[]::new);
    Series[] ten = Collections.nCopies(10, series("a", 1, 2)).toArray(Series[]::new);

    assertThat(chart(options("height=500"), ten).svg()).contains(">a</text>");
    assertThat(chart(options("height=500"), eleven).svg()).doesNotContain(">a</text>");
    assertThat(chart(options("height=500", "hideLegend=false"), eleven).svg())
        .contains(">a</text>");
    assertThat(chart(options("height=500", "hideLegend=true"), ten).svg())
        .doesNotContain(">a</text>");
  }

  @Test
  void legendCountsWhatItHasNoRoomFor() {
    Series[] many =
        Collections.nCopies(200, series("a.rather.long.name", 1, 2)).toArray(Series[]::new);

    assertThat(chart(options("hideLegend=false"), many).svg()).containsPattern("and 1\\d\\d more<");
  }

  @Test
  void withoutSeriesThePictureSaysSo() {
    Chart chart = new Chart(options("title=Nothing"), List.of(), START, START + 3600);

    assertThat(chart.svg()).contains(">no data</text>").contains(">Nothing</text>");
    assertThat(image(chart.png()).getWidth()).isEqualTo(330);
  }

  @Test
  void refusesMoreSeriesThanCanBeDrawn() {
    List<Series> many = Collections.nCopies(Chart.MOST_SERIES + 1, series("a", 1));

    assertThatThrownBy(() -> new Chart(options(), many, START, START + 60))
        .isInstanceOf(RenderException.class)
        .hasMessage("2001 series in a picture: at most 2000 can be drawn")
        .extracting(e -> ((RenderException) e).kind())
        .isEqualTo(RenderException.Kind.LIMIT);
  }

  @Property(tries = 150)
  void anyValuesAndSizesAreDrawn(
      @ForAll @Size(max = 3) List<@Size(max = 40) List<Double>> values,
      @ForAll @IntRange(min = 16, max = 500) int width,
      @ForAll @IntRange(min = 16, max = 400) int height,
      @ForAll AreaMode area,
      @ForAll LineMode line,
      @ForAll UnitSystem units) {
    ChartOptions options =
        options(
            "width=" + width,
            "height=" + height,
            "areaMode=" + area,
            "lineMode=" + line,
            "yUnitSystem=" + units,
            "title=any",
            "vtitle=any");
    List<Series> series =
        values.stream()
            .map(all -> series("a", all.stream().mapToDouble(Double::doubleValue).toArray()))
            .toList();
    Chart chart = new Chart(options, series, START, START + values.size() * 20L);

    assertThat(image(chart.png()).getWidth()).isEqualTo(width);
    Pictures.parsed(chart.svg());
  }
}
