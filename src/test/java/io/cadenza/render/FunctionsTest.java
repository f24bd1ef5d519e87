package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {
  /** All that graphite-web 1.1.8 has, and three that came later. */
  private static final List<String> NAMES =
      List.of(
          "absolute",
          "add",
          "aggregate",
          "aggregateLine",
          "aggregateSeriesLists",
          "aggregateWithWildcards",
          "alias",
          "aliasByMetric",
          "aliasByNode",
          "aliasByTags",
          "aliasQuery",
          "aliasSub",
          "alpha",
          "applyByNode",
          "areaBetween",
          "asPercent",
          "averageAbove",
          "averageBelow",
          "averageOutsidePercentile",
          "averageSeries",
          "averageSeriesWithWildcards",
          "avg",
          "cactiStyle",
          "changed",
          "color",
          "compressPeriodicGaps",
          "consolidateBy",
          "constantLine",
          "countSeries",
          "cumulative",
          "currentAbove",
          "currentBelow",
          "dashed",
          "delay",
          "derivative",
          "diffSeries",
          "diffSeriesLists",
          "divideSeries",
          "divideSeriesLists",
          "drawAsInfinite",
          "events",
          "exclude",
          "exp",
          "exponentialMovingAverage",
          "fallbackSeries",
          "filterSeries",
          "grep",
          "group",
          "groupByNode",
          "groupByNodes",
          "groupByTags",
          "highest",
          "highestAverage",
          "highestCurrent",
          "highestMax",
          "hitcount",
          "holtWintersAberration",
          "holtWintersConfidenceArea",
          "holtWintersConfidenceBands",
          "holtWintersForecast",
          "identity",
          "integral",
          "integralByInterval",
          "interpolate",
          "invert",
          "isNonNull",
          "keepLastValue",
          "legendValue",
          "limit",
          "lineWidth",
          "linearRegression",
          "log",
          "logit",
          "lowest",
          "lowestAverage",
          "lowestCurrent",
          "map",
          "mapSeries",
          "maxSeries",
          "maximumAbove",
          "maximumBelow",
          "minMax",
          "minSeries",
          "minimumAbove",
          "minimumBelow",
          "mostDeviant",
          "movingAverage",
          "movingMax",
          "movingMedian",
          "movingMin",
          "movingSum",
          "movingWindow",
          "multiplySeries",
          "multiplySeriesLists",
          "multiplySeriesWithWildcards",
          "nPercentile",
          "nonNegativeDerivative",
          "offset",
          "offsetToZero",
          "pct",
          "perSecond",
          "percentileOfSeries",
          "pow",
          "powSeries",
          "randomWalk",
          "randomWalkFunction",
          "rangeOfSeries",
          "reduce",
          "reduceSeries",
          "removeAbovePercentile",
          "removeAboveValue",
          "removeBelowPercentile",
          "removeBelowValue",
          "removeBetweenPercentile",
          "removeEmptySeries",
          "round",
          "scale",
          "scaleToSeconds",
          "secondYAxis",
          "seriesByTag",
          "setXFilesFactor",
          "sigmoid",
          "sin",
          "sinFunction",
          "smartSummarize",
          "sortBy",
          "sortByMaxima",
          "sortByMinima",
          "sortByName",
          "sortByTotal",
          "squareRoot",
          "stacked",
          "stddevSeries",
          "stdev",
          "substr",
          "sum",
          "sumSeries",
          "sumSeriesLists",
          "sumSeriesWithWildcards",
          "summarize",
          "threshold",
          "time",
          "timeFunction",
          "timeShift",
          "timeSlice",
          "timeStack",
          "toLowerCase",
          "toUpperCase",
          "transformNull",
          "unique",
          "useSeriesAbove",
          "verticalLine",
          "weightedAverage",
          "xFilesFactor");

  static Stream<JsonObject> recorded() {
    return Recorded.read("requests.json").getJsonArray("requests").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("request").startsWith("/functions/"))
        .map(each -> each.getJsonObject("graphite_web_1_2_0_dev"))
        .filter(answer -> answer != null && answer.getInteger("status") == 200)
        .map(answer -> answer.getJsonObject("json"));
  }

  /** Not the description, which is ours. */
  @ParameterizedTest
  @MethodSource("recorded")
  void tellsOfFunctionsAsGraphiteWeb(JsonObject recorded) {
    FunctionInfo info = Functions.named(recorded.getString("name")).orElseThrow();

    assertThat(info.function()).isEqualTo(recorded.getString("function"));
    assertThat(info.group()).isEqualTo(recorded.getString("group"));
    assertThat(info.module()).isEqualTo(recorded.getString("module"));
    assertThat(info.params().stream().map(FunctionsTest::json).toList())
        .isEqualTo(recorded.getJsonArray("params").stream().toList());
  }

  private static JsonObject json(FunctionInfo.Parameter parameter) {
    JsonObject json = new JsonObject().put("name", parameter.name()).put("type", parameter.type());
    return parameter.required() ? json.put("required", true) : json;
  }

  @Test
  void hasAllFunctions() {
    assertThat(Functions.all()).extracting(FunctionInfo::name).isEqualTo(NAMES);
    assertThat(Functions.named("nosuch")).isEmpty();
  }

  @Test
  void tellsWhatEachOneDoesAndTakes() {
    assertThat(Functions.all())
        .allSatisfy(
            info -> {
              assertThat(info.description()).endsWith(".").hasSizeGreaterThan(15);
              assertThat(info.function()).startsWith(info.name() + "(").endsWith(")");
              assertThat(info.group())
                  .isIn(
                      "Combine",
                      "Transform",
                      "Calculate",
                      "Filter Series",
                      "Filter Data",
                      "Sorting",
                      "Alias",
                      "Graph",
                      "Special");
              assertThat(info.params())
                  .allSatisfy(
                      param ->
                          assertThat(param.multiple())
                              .isEqualTo(info.function().contains("*" + param.name())));
            });
  }

  @Test
  void tellsDefaultsOptionsAndSuggestions() {
    FunctionInfo.Parameter function = parameter("summarize", "func");
    FunctionInfo.Parameter limit = parameter("keepLastValue", "limit");
    FunctionInfo.Parameter window = parameter("movingAverage", "windowSize");

    assertThat(function.type()).isEqualTo("aggFunc");
    assertThat(function.defaultValue()).isEqualTo("sum");
    assertThat(function.options()).contains("avg", "average", "last", "current").isSorted();
    assertThat(limit.defaultValue()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(window.suggestions()).contains(5L, "1min");
    assertThat(parameter("groupByNode", "callback").options()).contains("sumSeries", "max");
    assertThat(Functions.named("movingAverage").orElseThrow().function())
        .isEqualTo("movingAverage(seriesList, windowSize, xFilesFactor=None)");
    assertThat(Functions.named("aliasByNode").orElseThrow().function())
        .isEqualTo("aliasByNode(seriesList, *nodes)");
  }

  private static FunctionInfo.Parameter parameter(String function, String name) {
    Map<String, FunctionInfo.Parameter> params =
        Functions.named(function).orElseThrow().params().stream()
            .collect(Collectors.toMap(FunctionInfo.Parameter::name, param -> param));
    return params.get(name);
  }
}
