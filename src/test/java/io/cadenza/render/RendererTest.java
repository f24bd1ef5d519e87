package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no recorded answer has: tags, templates, what is asked of the source, and new functions. */
class RendererTest {
  private static final RenderLimits LIMITS =
      new RenderLimits(1000, 1_000_000, 1000, Duration.ofSeconds(60), System::nanoTime);

  private final GivenSeries source = new GivenSeries();
  private ZoneId zone = ZoneOffset.UTC;
  private long from = 0;
  private long until = 240;
  private Map<String, String> template = Map.of();

  private List<Series> render(String... targets) {
    RenderRequest request =
        new RenderRequest(List.of(targets), from, until, until, zone, 0, null, template, LIMITS);
    return new Renderer().render(request, source);
  }

  private List<String> names(String... targets) {
    return render(targets).stream().map(Series::name).toList();
  }

  private double[] values(String target) {
    return render(target).get(0).values();
  }

  private void hosts() {
    source.tagged("cpu;dc=x;host=1", Map.of("name", "cpu", "dc", "x", "host", "1"), 1, 2);
    source.tagged("cpu;dc=x;host=2", Map.of("name", "cpu", "dc", "x", "host", "2"), 3, 4);
    source.tagged("cpu;dc=y;host=3", Map.of("name", "cpu", "dc", "y", "host", "3"), 5, 6);
    source.tagged("mem;dc=y;host=3", Map.of("name", "mem", "dc", "y", "host", "3"), 7, 8);
  }

  @Test
  void asksForAllPathsOfAllTargetsTogether() {
    source.add("a", 60, 1, 2, 3, 4).add("b", 60, 5, 6, 7, 8);

    assertThat(names("sumSeries(a,b)", "a", "scale(a|offset(1),2)"))
        .containsExactly("sumSeries(a,b)", "a", "scale(offset(a,1),2)");
    assertThat(source.asked).containsExactly("0-240 [a, b]");
  }

  @Test
  void asksForEarlierTimesOnce() {
    source.add("a", 60, 1, 2, 3, 4);

    render("timeShift(sumSeries(a,a),'1h')", "timeShift(a,'1h')");

    assertThat(source.asked).containsExactly("0-240 [a]");
    from = 7200;
    until = 7440;
    render("timeShift(sumSeries(a,a),'1h')", "timeShift(a,'1h')", "movingAverage(a,'10min')");
    assertThat(source.asked.subList(1, 4))
        .containsExactly("7200-7440 [a]", "3600-3840 [a]", "6600-7440 [a]");
    assertThat(source.asked).hasSize(4);
  }

  @Test
  void functionsLeaveValuesThatOthersHaveToo() {
    source.add("a", 60, 1, Double.NaN, 3, 4);

    List<Series> all =
        render("scale(a,10)", "keepLastValue(a)", "removeAboveValue(a,2)", "transformNull(a)", "a");

    assertThat(all.get(4).values()).containsExactly(1, Double.NaN, 3, 4);
    assertThat(all.get(0).values()).containsExactly(10, Double.NaN, 30, 40);
    assertThat(all.get(0).tags()).containsKey("scale");
    assertThat(all.get(4).tags()).doesNotContainKey("scale");
  }

  @Test
  void namesSeriesByTags() {
    hosts();

    assertThat(names("seriesByTag('name=cpu','dc=x')"))
        .containsExactly("cpu;dc=x;host=1", "cpu;dc=x;host=2");
    assertThat(names("aliasByTags(seriesByTag('dc=y'),'name','host')"))
        .containsExactly("cpu.3", "mem.3");
    assertThat(names("sumSeries(seriesByTag('name=cpu'))"))
        .containsExactly("sumSeries(seriesByTag('name=cpu'))");
    assertThat(render("sumSeries(seriesByTag('dc=x'))").get(0).tags())
        .containsEntry("name", "cpu")
        .containsEntry("dc", "x")
        .doesNotContainKey("host");
    assertThat(source.asked).contains("0-240 by tag [name=cpu, dc=x]");
  }

  @Test
  void groupsByTags() {
    hosts();

    List<Series> groups = render("groupByTags(seriesByTag('name=cpu'),'sum','dc')");

    assertThat(groups).extracting(Series::name).containsExactly("cpu;dc=x", "cpu;dc=y");
    assertThat(groups.get(0).tags())
        .containsExactlyInAnyOrderEntriesOf(Map.of("name", "cpu", "dc", "x"));
    assertThat(groups.get(0).values()).containsExactly(4, 6);
    assertThat(names("groupByTags(seriesByTag('dc=y'),'max','dc')")).containsExactly("max;dc=y");
    assertThat(names("groupByTags(seriesByTag('dc=y'),'max','dc','name')"))
        .containsExactly("cpu;dc=y", "mem;dc=y");
    assertThat(names("groupByNode(seriesByTag('name=cpu'),'dc','sum')")).containsExactly("x", "y");
    assertThat(names("aliasByNode(seriesByTag('name=cpu'),0)")).containsOnly("cpu");
  }

  @Test
  void templatesTakeWhatTheRequestHasInstead() {
    source.add("a.b", 60, 1).add("a.c", 60, 2);
    hosts();

    assertThat(names("template(a.$x,x='b')")).containsExactly("a.b");
    assertThat(names("template(alias(a.b,$x),x='n')")).containsExactly("n");
    assertThat(names("template(limit(a*,$n),n=1)")).containsExactly("a.b");
    assertThat(names("template(seriesByTag('name=$x'),x='mem')"))
        .containsExactly("mem;dc=y;host=3");
    assertThat(names("template(movingAverage(a.$x,1),x='b')"))
        .containsExactly("movingAverage(a.b,1)");
    template = Map.of("x", "c");
    assertThat(names("template(a.$x,x='b')")).containsExactly("a.c");
    assertThat(names("a.b")).containsExactly("a.b");
  }

  @Test
  void mapsAndReduces() {
    source
        .add("s.1.used", 60, 1, 2)
        .add("s.1.all", 60, 4, 4)
        .add("s.2.used", 60, 3, 3)
        .add("s.2.all", 60, 4, 6)
        .add("s.3.used", 60, 9, 9);

    List<Series> percents = render("s.*|mapSeries(1)|reduceSeries('asPercent',2,'used','all')");

    assertThat(percents)
        .extracting(Series::name)
        .containsExactly("s.1.reduce.asPercent", "s.2.reduce.asPercent");
    assertThat(percents.get(1).values()).containsExactly(75, 50);
    assertThat(names("mapSeries(s.*,1)")).hasSize(5);
  }

  @Test
  void percentsOfSeriesOfOtherStepsHaveTheCommonStep() {
    source.add("a", 60, 1, 3, 5, 7).add("b", 120, 4, 12);

    Series percent = render("asPercent(group(a,a),b)").get(0);

    assertThat(percent.step()).isEqualTo(120);
    assertThat(percent.values()).containsExactly(50, 50);
    assertThat(percent.points()).isEqualTo(2);
  }

  @Test
  void keepsTheHourOfTheDayOverAChangeOfTheClock() {
    zone = ZoneId.of("Europe/Amsterdam");
    from = Instant.parse("2023-10-30T10:00:00Z").getEpochSecond();
    until = from + 3600;
    source.add("a", 60, 1);

    render("timeShift(a,'2d',true,true)");
    render("timeShift(a,'2d')");

    long shifted = from - 2 * 86_400;
    assertThat(source.asked)
        .contains((shifted - 3600) + "-" + shifted + " [a]")
        .contains(shifted + "-" + (shifted + 3600) + " [a]");
  }

  @Test
  void countsEvents() {
    source.event(3).event(3).event(200).event(999);

    Series events = render("events('deploy','web')").get(0);

    assertThat(events.name()).isEqualTo("events(\"deploy\", \"web\")");
    assertThat(events.values()).hasSize(240).contains(2.0, 1.0);
    assertThat(events.values()[3]).isEqualTo(2);
    assertThat(events.consolidation()).isEqualTo("sum");
  }

  @Test
  void compressesPeriodicGaps() {
    double n = Double.NaN;
    source.add("a", 10, n, 1, n, n, 2, n, n, 3, n, n, n).add("b", 10, 1, n, 2, 3, n);

    Series compressed = render("compressPeriodicGaps(a)").get(0);

    assertThat(compressed.start()).isEqualTo(10);
    assertThat(compressed.step()).isEqualTo(30);
    assertThat(compressed.values()).containsExactly(1, 2, 3, n);
    assertThat(values("compressPeriodicGaps(b)")).containsExactly(1, n, 2, 3, n);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "toLowerCase(A.Bc) ~ a.bc",
        "toUpperCase(A.Bc) ~ A.BC",
        "toUpperCase(A.Bc,3) ~ A.BC",
        "toLowerCase(A.Bc,0,-2) ~ a.bc",
        "toLowerCase(A.Bc,99) ~ A.Bc",
      })
  void changesTheSizeOfLetters(String target, String name) {
    source.add("A.Bc", 60, 1);

    assertThat(names(target)).containsExactly(name);
  }

  @Test
  void walksByChanceTheSameWayForTheSameName() {
    double[] walk = values("randomWalk('x')");

    assertThat(walk).hasSize(4).startsWith(0).isEqualTo(values("randomWalk('x')"));
    assertThat(walk).isNotEqualTo(values("randomWalk('y')"));
  }

  @Test
  void choosesOtherSeriesWhereValuesAreHigh() {
    source.add("a.load", 60, 1, 9).add("b.load", 60, 1, 2).add("a.users", 60, 5);

    assertThat(names("useSeriesAbove(group(a.load,b.load),8,'load','users')"))
        .containsExactly("a.users");
    assertThat(names("useSeriesAbove(group(a.load,b.load),10,'load','users')")).isEmpty();
  }

  @Test
  void saysHowSeriesAreDrawn() {
    source.add("a", 60, 1, 2).add("b", 60, 3, 4);

    Look look =
        render("color(alpha(lineWidth(dashed(drawAsInfinite(secondYAxis(a)),3),2),0.5),'red')")
            .get(0)
            .look();
    List<Series> area = render("areaBetween(group(a,b))");

    assertThat(look).isEqualTo(new Look("red", 0.5, 2, 3, false, true, true, false));
    assertThat(area.get(0).look().invisible()).isTrue();
    assertThat(area.get(1).look()).isEqualTo(Look.PLAIN.stackedUp(false));
    assertThat(render("threshold(5,'t','blue')").get(0).look().color()).isEqualTo("blue");
    assertThat(render("verticalLine('now')").get(0).look().drawAsInfinite()).isTrue();
  }

  @Test
  void stacksAddUp() {
    source.add("a", 60, 1, 2).add("b", 60, 3, Double.NaN).add("c", 60, 5, 5);

    List<Series> stack = render("stacked(group(a,b,c))");

    assertThat(stack.get(2).values()).containsExactly(9, 7);
    assertThat(stack).allSatisfy(one -> assertThat(one.look().stacked()).isTrue());
  }

  @Test
  void aFactorIsThatOfItsTargetOnly() {
    source.add("a", 60, 1, Double.NaN).add("b", 60, Double.NaN, 4);

    List<Series> sums = render("sumSeries(setXFilesFactor(group(a,b),1))", "sumSeries(a,b)");

    assertThat(sums.get(0).values()).containsOnly(Double.NaN);
    assertThat(sums.get(1).values()).containsExactly(1, 4);
  }

  @Test
  void blankTargetsAreNothing() {
    assertThat(render(" ", "")).isEmpty();
  }
}
