package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cadenza.render.function.FunctionTable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may get wrong, and what is said of it. */
class RefusalsTest {
  private static void isRefused(String target, String text) {
    assertThatThrownBy(() -> Recorded.render(target))
        .isInstanceOfSatisfying(
            RenderException.class,
            e -> assertThat(e.kind()).isEqualTo(RenderException.Kind.REQUEST))
        .hasMessageStartingWith("Invalid parameters (")
        .hasMessageContaining(text);
  }

  @Test
  void tellsOfUnknownFunctionsInGraphitesWords() {
    String target = "randomFunctionThatDoesNotExist(app.web1.requests.count)";

    assertThatThrownBy(() -> Recorded.render(target))
        .hasMessage(
            "Invalid parameters (Received request for unknown function:"
                + " randomFunctionThatDoesNotExist); targets: \""
                + target
                + '"');
  }

  @Test
  void refusesCallThatDoesNotEnd() {
    isRefused("sumSeries(", "Malformed target at column 10: expected a parameter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "scale(app.web1.requests.count) ~ Missing required parameter \"factor\" for function"
            + " \"scale\"",
        "scale(app.web1.requests.count,1,2) ~ Too many parameters specified for function \"scale\"",
        "scale(app.web1.requests.count,'x') ~ Invalid \"float\" value specified for function"
            + " \"scale\" parameter \"factor\": 'x'",
        "scale(app.web1.requests.count,app.db1.minutely) ~ Invalid \"float\" value specified",
        "scale(2,2) ~ Invalid \"seriesList\" value specified for function \"scale\" parameter"
            + " \"seriesList\": 2",
        "scale('a',2) ~ Invalid \"seriesList\" value",
        "sumSeries(app.web1.requests.count,true) ~ Invalid \"seriesList\" value",
        "limit(app.web1.requests.count,1.5) ~ Invalid \"integer\" value specified for function"
            + " \"limit\" parameter \"n\": 1.5",
        "limit(app.web1.requests.count,9999999999) ~ \"n\" is too large",
        "scale(app.web1.requests.count,factor=1,more=2) ~ Too many parameters",
        "scale(app.web1.requests.count,fctor=1) ~ Missing required parameter",
        "round(app.web1.requests.count,prec=1) ~ Unexpected key word arguments: prec",
        "scale(app.web1.requests.count,none) ~ Invalid \"float\" value",
        "consolidateBy(app.web1.requests.count,'mean') ~ Invalid option specified",
        "filterSeries(app.*.*.*,'max','==',1) ~ Invalid option specified",
        "filterSeries(app.*.*.*,'bogus','>',1) ~ Invalid \"aggFunc\" value",
        "groupByNode(app.*.*.*,1,'scale') ~ Invalid \"aggOrSeriesFunc\" value",
        "summarize(app.web1.requests.count,'1m') ~ Invalid interval value: '1m'",
        "summarize(app.web1.requests.count,60) ~ Invalid \"interval\" value",
        "summarize(app.web1.requests.count,'0s') ~ an interval of 0 seconds",
        "summarize(app.web1.requests.count,'-1min') ~ an interval of -60 seconds",
        "hitcount(app.web1.requests.count,'') ~ an interval of 0 seconds",
        "movingAverage(app.web1.requests.count,'x') ~ Invalid interval value",
        "movingAverage(app.web1.requests.count,-5) ~ less than 0",
        "movingAverage(app.web1.requests.count,1.5) ~ Invalid \"intOrInterval\" value",
        "sortByName(app.*.*.*,'maybe') ~ Invalid \"boolean\" value",
        "keepLastValue(app.*.*.*,1.5) ~ Invalid \"intOrInf\" value",
        "smartSummarize(app.*.*.*,'1h','sum','fortnights') ~ Invalid unit 'fortnights'",
        "nPercentile(app.*.*.*,0) ~ greater than 0",
        "percentileOfSeries(app.*.*.*,-1) ~ greater than 0",
        "divideSeries(app.*.*.*,app.*.*.*) ~ must reference exactly 1 series (got 10)",
        "asPercent(app.*.*.*,app.web*.latency.avg) ~ asPercent second argument must be",
        "asPercent(app.*.*.*,'x') ~ total is series or a number",
        "asPercent(app.*.*.*,5,1) ~ total must be None or a seriesList",
        "areaBetween(app.*.*.*) ~ exactly* 2 series",
        "aggregateSeriesLists(app.*.*.*,app.db1.minutely,'sum') ~ must have equal length",
        "divideSeriesLists(app.*.*.*,app.db1.minutely) ~ must have equal length",
        "weightedAverage(app.*.*.*,app.db1.minutely,1) ~ same number of series",
        "reduceSeries(mapSeries(app.*.*.*,1),'nothing',2,'a') ~ unknown function nothing",
        "reduceSeries(app.*.*.*,'sumSeries',2,'a') ~ Invalid \"seriesLists\" value",
        "sumSeries(mapSeries(app.*.*.*,1)) ~ Invalid \"seriesList\" value",
        "reduceSeries(mapSeries(app.web1.*.*,1),'movingAverage',2,'requests') ~ Missing required",
        "timeFunction('t',0) ~ step is less than 1",
        "sinFunction('t',1,-5) ~ step is less than 1",
        "verticalLine('21:00_20231114') ~ exists before start of range",
        "verticalLine('23:00_20231114') ~ exists after end of range",
        "verticalLine('soon') ~ Invalid time 'soon'",
        "timeSlice(app.*.*.*,'soon') ~ Invalid time 'soon'",
        "seriesByTag() ~ seriesByTag takes texts",
        "seriesByTag(a.b) ~ seriesByTag takes texts",
        "stdev(app.*.*.*,0) ~ points is less than 1",
        "holtWintersForecast(app.web1.requests.count,'5min','10s') ~ less than two points",
        "holtWintersForecast(app.web1.requests.count,'-5min') ~ bootstrapInterval is less than 0",
        "integralByInterval(app.*.*.*,'0d') ~ an interval of 0 seconds",
        "aliasQuery(app.web1.requests.count,'.*','no.such','%d') ~ No series found with query",
        "aliasQuery(app.web1.requests.count,'^.+$','app.web1.latency.avg','x') ~ nothing in it takes",
        "template(app.$x.*.*,x) ~ a text or a number",
      })
  void tellsWhatIsWrong(String target, String text) {
    isRefused(target, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[a",
        "a{2,1}",
        "(?<=x)a",
        "(a)\\1",
        "*a",
        "((a{1000}){1000}){1000}",
        "\\8",
        "(?P<n"
      })
  void refusesRegexesThatAreNoneOrTakeTooMuch(String regex) {
    isRefused("grep(app.*.*.*,'" + regex + "')", "Invalid regex \"");
    isRefused("aliasSub(app.*.*.*,'" + regex + "','x')", "Invalid regex \"");
  }

  @Test
  void refusesRegexesOfManyCharacters() {
    isRefused("grep(app.*.*.*,'" + "a".repeat(3000) + "')", "Regex of more than 2000 characters");
  }

  @Test
  @Timeout(10)
  void regexesThatWouldGoBackAndForthDoNot() {
    String name = "a".repeat(2000) + "!";
    String target = "alias(app.web1.requests.count,'" + name + "')";

    assertThat(Recorded.render("grep(" + target + ",'^(a+)+$')")).isEmpty();
    assertThat(Recorded.render("aliasSub(" + target + ",'(a*)*b','x')").get(0).name())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {"\\2 ~ no group 2", "\\q ~ a backslash", "\\g<x> ~ unknown group 'x'", "\\g ~ \\g"})
  void refusesReplacementsThatPythonRefuses(String replacement, String text) {
    isRefused("aliasSub(app.*.*.*,'(web)','" + replacement + "')", text);
  }

  @Test
  void boundsNamesThatReplacingMakes() {
    String name = "alias(app.web1.requests.count,'" + "a".repeat(1000) + "')";

    isRefused("aliasSub(" + name + ",'a','" + "b".repeat(1000) + "')", "more than 100000");
  }

  @Test
  void showsOnlyTheBeginningOfLongTargets() {
    assertThatThrownBy(() -> Recorded.render("x(" + "a,".repeat(50_000) + "a)"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1500));
  }

  @Property(tries = 2000)
  void anyCallOfAnyFunctionIsAnsweredOrRefused(
      @ForAll("names") String name, @ForAll("args") List<String> args) {
    String target = name + "(" + String.join(",", args) + ")";
    RenderRequest plain = Recorded.request("target=x&from=-200s");
    RenderLimits limits =
        new RenderLimits(1000, 100_000, 1000, Duration.ofSeconds(60), System::nanoTime);
    RenderRequest request =
        new RenderRequest(
            List.of(target),
            plain.from(),
            plain.until(),
            plain.now(),
            plain.zone(),
            5,
            null,
            plain.template(),
            limits);

    Throwable thrown = catchThrowable(() -> Recorded.answer(request));

    assertThat(thrown)
        .as(target)
        .satisfiesAnyOf(
            e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(RenderException.class));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        FunctionTable.all().stream()
            .map(definition -> definition.info().name())
            .collect(Collectors.toList()));
  }

  @Provide
  Arbitrary<List<String>> args() {
    return Arbitraries.of(
            "app.*.*.*",
            "app.web1.requests.count",
            "no.such",
            "app.db1.*.gauge",
            "app.db1.minutely",
            "group(app.db1.minutely,app.web1.requests.count)",
            "limit(app.*.*.*,0)",
            "1",
            "-1",
            "0",
            "50",
            "0.5",
            "-2.5",
            "1e300",
            "inf",
            "none",
            "true",
            "false",
            "'1min'",
            "'-10s'",
            "'1d'",
            "'sum'",
            "'max'",
            "'average'",
            "'count'",
            "'asPercent'",
            "'a'",
            "''",
            "'%'",
            "'%d'",
            "'app.web1.latency.avg'",
            "'(.*)'",
            "'\\1'",
            "'22:12_20231114'",
            "'name'",
            "'>'",
            "mapSeries(app.*.*.*,1)",
            "constantLine(5)",
            "delay(app.web1.requests.count,99)",
            "'scale(%.requests.count,2)'")
        .list()
        .ofMinSize(0)
        .ofMaxSize(4)
        .map(list -> list.isEmpty() ? list : withSeries(list));
  }

  /** Most functions begin with series. */
  private static List<String> withSeries(List<String> args) {
    return args.size() % 2 == 0
        ? args
        : Stream.concat(Stream.of("app.*.*.*"), args.stream()).toList();
  }
}
