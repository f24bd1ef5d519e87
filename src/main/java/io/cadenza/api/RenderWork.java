package io.cadenza.api;

import io.cadenza.api.encode.Body;
import io.cadenza.api.encode.CsvSeries;
import io.cadenza.api.encode.DygraphSeries;
import io.cadenza.api.encode.Json;
import io.cadenza.api.encode.JsonSeries;
import io.cadenza.api.encode.MsgpackSeries;
import io.cadenza.api.encode.PickleSeries;
import io.cadenza.api.encode.RawSeries;
import io.cadenza.api.encode.RickshawSeries;
import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import io.cadenza.render.RenderRequest;
import io.cadenza.render.Renderer;
import io.cadenza.render.Series;
import io.cadenza.render.chart.Chart;
import io.cadenza.render.chart.ChartOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Graphite's {@code /render}. A graphite-web that has us in its cluster asks the same, with {@code
 * local=1}: since there are no others that we would ask, that says nothing.
 */
final class RenderWork {
  private static final long DAY = 86_400;
  private static final int LONGEST_NUMBER = 9;
  private static final String FORMATS =
      "json, raw, csv, pickle, msgpack, png, svg, dygraph or rickshaw";

  private final Finder finder;
  private final TagFinder tags;
  private final Points points;
  private final Renderer renderer = new Renderer();

  RenderWork(Finder finder, TagFinder tags, Points points) {
    this.finder = finder;
    this.tags = tags;
    this.points = points;
  }

  Answer render(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String format = format(parameters);
    RenderRequest request = request(asked);
    StoredSeries source = new StoredSeries(finder, tags, points, asked.allowance());
    List<Series> series = renderer.render(request, source);
    asked.allowance().check();
    return switch (format) {
      case "json" -> json(fewer(series, request.maxDataPoints()), parameters);
      case "raw" -> answer("text/plain", series, new RawSeries(series));
      case "csv" -> answer("text/csv", series, new CsvSeries(series, request.zone()));
      case "pickle" -> answer("application/pickle", series, new PickleSeries(series));
      case "msgpack" -> answer("application/x-msgpack", series, new MsgpackSeries(series));
      case "dygraph" ->
          script(parameters, series, new DygraphSeries(series, parameters.callback()));
      case "rickshaw" ->
          script(
              parameters,
              series,
              new RickshawSeries(series, parameters.callback(), parameters.pretty()));
      case "png" -> answer("image/png", series, Body.of(chart(parameters, request, series).png()));
      case "svg" -> svg(chart(parameters, request, series).svg(), parameters, series);
      default ->
          throw Refusal.invalid(
              "Invalid format '" + Parameters.brief(format) + "': give " + FORMATS);
    };
  }

  private static String format(Parameters parameters) {
    String format = parameters.last("format");
    if (format != null) {
      return format;
    }
    if (parameters.has("rawData")) {
      return "raw";
    }
    return parameters.has("pickle") ? "pickle" : "png";
  }

  private static RenderRequest request(Asked asked) {
    Parameters parameters = asked.parameters();
    long now = parameters.now(asked.now());
    long until = parameters.time("until", now, now);
    long from = parameters.time("from", now, now - DAY);
    if (from == until) {
      throw Refusal.invalid("Invalid empty time range");
    }
    checkSpan(Math.abs(until - from), asked.allowance().limits());
    return new RenderRequest(
        parameters.all("target"),
        Math.min(from, until),
        Math.max(from, until),
        now,
        parameters.zone(),
        maxDataPoints(parameters),
        xFilesFactor(parameters),
        parameters.keyed("template"),
        asked.allowance().forRender());
  }

  static void checkSpan(long seconds, ApiLimits limits) {
    long most = limits.maxSpan().toSeconds();
    if (most > 0 && seconds > most) {
      throw new RenderException(
          Kind.LIMIT,
          "%d s from from to until: at most %d (api.max-span)".formatted(seconds, most));
    }
  }

  /** What is no number says nothing, as in graphite. */
  private static int maxDataPoints(Parameters parameters) {
    String text = parameters.last("maxDataPoints", "");
    boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && text.length() <= LONGEST_NUMBER ? Integer.parseInt(text) : 0;
  }

  private static Double xFilesFactor(Parameters parameters) {
    String text = parameters.last("xFilesFactor", "");
    try {
      return text.isEmpty() ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw Refusal.invalid(
          "Invalid value '" + Parameters.brief(text) + "' for param xFilesFactor");
    }
  }

  private static List<Series> fewer(List<Series> series, int maxDataPoints) {
    long span = Renderer.span(series);
    return series.stream().map(one -> Renderer.consolidate(one, span, maxDataPoints)).toList();
  }

  private static Answer json(List<Series> series, Parameters parameters) throws IOException {
    boolean withNulls = !parameters.has("noNullPoints");
    String callback = parameters.callback();
    return script(
        parameters, series, new JsonSeries(series, callback, parameters.pretty(), withNulls));
  }

  private static Answer script(Parameters parameters, List<Series> series, Body body) {
    return answer(Answer.jsonType(parameters.callback()), series, body);
  }

  private static Answer answer(String type, List<Series> series, Body body) {
    long points = series.stream().mapToLong(one -> one.values().length).sum();
    return new Answer(200, type, body, series.size(), points, null);
  }

  private static Chart chart(Parameters parameters, RenderRequest request, List<Series> series) {
    ChartOptions options = ChartOptions.of(parameters::last, request.zone());
    return new Chart(options, series, request.from(), request.until());
  }

  private static Answer svg(String svg, Parameters parameters, List<Series> series)
      throws IOException {
    String callback = parameters.callback();
    return callback == null
        ? answer("image/svg+xml", series, Body.of(svg.getBytes(StandardCharsets.UTF_8)))
        : answer(Answer.JAVASCRIPT, series, Json.body(svg, callback, false));
  }
}
