package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private final AtomicLong clock = new AtomicLong();
  private final GivenSeries source =
      new GivenSeries().add("a.1", 60, 1, 2, 3).add("a.2", 60, 4, 5, 6).add("b", 60, 7, 8, 9);

  private List<Series> render(RenderLimits limits, String... targets) {
    RenderRequest request =
        new RenderRequest(List.of(targets), 0, 180, 180, ZoneOffset.UTC, 0, null, Map.of(), limits);
    return new Renderer().render(request, source);
  }

  private RenderLimits limits(int series, long points, int functions) {
    return new RenderLimits(series, points, functions, Duration.ofSeconds(1), clock::get);
  }

  private static void isRefused(Runnable render, RenderException.Kind kind, String text) {
    assertThatThrownBy(render::run)
        .isInstanceOfSatisfying(RenderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(text);
  }

  @Test
  void countsTheSeriesOfAllFetches() {
    assertThat(render(limits(3, 1000, 10), "a.*", "b")).hasSize(3);
    isRefused(
        () -> render(limits(2, 1000, 10), "a.*", "b"),
        RenderException.Kind.LIMIT,
        "more than 2 series");
  }

  @Test
  void countsPointsThatAreFetchedAndComputed() {
    assertThat(render(limits(9, 12, 10), "scale(a.1,2)|scale(2)|scale(2)")).hasSize(1);
    isRefused(
        () -> render(limits(9, 11, 10), "scale(a.1,2)|scale(2)|scale(2)"),
        RenderException.Kind.LIMIT,
        "more than 11 points");
  }

  @Test
  void countsCallsOfFunctionsThatOthersMake() {
    String applied = "applyByNode(a.*,1,'scale(%,2)')";

    assertThat(render(limits(9, 1000, 3), applied)).hasSize(2);
    isRefused(
        () -> render(limits(9, 1000, 2), applied),
        RenderException.Kind.LIMIT,
        "more than 2 calls of functions");
  }

  @Test
  void cutsWhatEvaluatesItselfAgainAndAgain() {
    String nested = "movingAverage(".repeat(60) + "a.1" + ",1)".repeat(60);

    isRefused(
        () -> render(limits(1000, 1_000_000, 10_000), nested), RenderException.Kind.LIMIT, "limit");
  }

  @Test
  void cutsWhatTakesTooLong() {
    SeriesSource slow =
        new SeriesSource() {
          @Override
          public List<List<Series>> fetch(List<String> patterns, Span span) {
            clock.addAndGet(Duration.ofMillis(1001).toNanos());
            return source.fetch(patterns, span);
          }

          @Override
          public List<Series> fetchByTag(List<String> expressions, Span span) {
            return List.of();
          }
        };
    RenderRequest request =
        new RenderRequest(
            List.of("a.1"), 0, 180, 180, ZoneOffset.UTC, 0, null, Map.of(), limits(9, 99, 9));

    isRefused(
        () -> new Renderer().render(request, slow),
        RenderException.Kind.TIME,
        "Cut after 1001 ms: it may take 1000 ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeFunction('t',1)",
        "sinFunction('s',1,1)",
        "randomWalk('r',1)",
        "events('x')",
        "summarize(a.1,'1s')",
        "hitcount(a.1,'1s')",
        "timeStack(a.1,'1s',0,2000000)",
      })
  void asksBeforeItComputesMuch(String target) {
    isRefused(() -> render(limits(10_000, 100, 10_000), target), RenderException.Kind.LIMIT, "100");
  }

  @Test
  void bearsWindowsLongerThanAnySeries() {
    assertThatCode(() -> render(limits(9, 1000, 9), "movingMedian(a.1,1000000000)"))
        .doesNotThrowAnyException();
    assertThat(render(limits(9, 1000, 9), "movingMedian(a.1,1000000000)").get(0).values())
        .isEmpty();
  }

  @Test
  void boundsPathsInOneRequest() {
    String many = "group(" + paths(10_001) + ")";

    isRefused(
        () -> render(limits(9, 1000, 9), many),
        RenderException.Kind.LIMIT,
        "More than 10000 paths");
  }

  private static String paths(int count) {
    StringBuilder paths = new StringBuilder("p0");
    for (int i = 1; i < count; i++) {
      paths.append(",p").append(i);
    }
    return paths.toString();
  }
}
