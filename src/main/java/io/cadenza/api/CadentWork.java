package io.cadenza.api;

import io.cadenza.api.encode.Body;
import io.cadenza.api.encode.CadentRaw;
import io.cadenza.api.encode.CadentSeries;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.store.Fetched;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cadent's own endpoints: {@code /find}, {@code /expand}, {@code /metrics?target=} and {@code
 * /rawrender}, as its versions of 2016 answer them; but an empty list where those had null.
 */
final class CadentWork {
  private static final long HOUR = 3600;

  private final Finder finder;
  private final Points points;

  CadentWork(Finder finder, Points points) {
    this.finder = finder;
    this.points = points;
  }

  Answer find(Asked asked) throws IOException {
    String query = query(asked.parameters());
    return Answer.json(Nodes.cadent(finder.find(query)), asked.parameters());
  }

  Answer expand(Asked asked) throws IOException {
    String query = query(asked.parameters());
    List<String> found = finder.expand(query, false);
    return Answer.json(Map.of("results", found), asked.parameters());
  }

  private static String query(Parameters parameters) {
    String query = parameters.last("query", "");
    if (query.isEmpty()) {
      throw new Refusal(400, "Query is required");
    }
    return query;
  }

  Answer metrics(Asked asked) throws IOException {
    Span span = span(asked);
    Map<String, Fetched> series = fetched(asked, span, false);
    CadentSeries body = new CadentSeries(series, span.from(), span.until());
    return answer(series, body);
  }

  Answer raw(Asked asked) throws IOException {
    Span span = span(asked);
    Map<String, Fetched> series = fetched(asked, span, true);
    return answer(series, new CadentRaw(series, span.from(), span.until()));
  }

  private static Answer answer(Map<String, Fetched> series, Body body) {
    long count = series.values().stream().mapToLong(one -> one.values().length).sum();
    return new Answer(200, Answer.JSON, body, series.size(), count, Endpoint.Tone.CADENT);
  }

  private static Span span(Asked asked) {
    Parameters parameters = asked.parameters();
    long now = parameters.now(asked.now());
    long from = parameters.time("from", now, now - HOUR);
    String end = parameters.has("to") ? "to" : "until";
    long to = parameters.time(end, now, now);
    RenderWork.checkSpan(Math.abs(to - from), asked.allowance().limits());
    return new Span(Math.min(from, to), Math.max(from, to), now);
  }

  private Map<String, Fetched> fetched(Asked asked, Span span, boolean columns) {
    Map<String, List<Holding>> wanted = new TreeMap<>(Finder.ORDER);
    for (String target : targets(asked.parameters())) {
      asked.allowance().check();
      wanted.putAll(finder.series(target));
      int most = asked.allowance().limits().maxSeries();
      if (wanted.size() > most) {
        throw new Refusal(422, "More than " + most + " series in one request (api.max-series)");
      }
    }
    Map<String, Fetched> fetched = new TreeMap<>(Finder.ORDER);
    fetched.putAll(points.read(wanted, span, columns, asked.allowance()));
    return fetched;
  }

  /** Several may be in one, with commas between them that are in no braces. */
  private static List<String> targets(Parameters parameters) {
    List<String> given = parameters.all("target");
    List<String> targets = new ArrayList<>();
    (given.isEmpty() ? parameters.all("path") : given).forEach(text -> split(text, targets));
    if (targets.isEmpty()) {
      throw new Refusal(400, "Target is required");
    }
    return targets;
  }

  private static void split(String text, List<String> into) {
    int depth = 0;
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '{' ? 1 : 0;
      depth -= c == '}' ? 1 : 0;
      if (c == ',' && (depth <= 0 || i == text.length())) {
        String part = text.substring(begin, i).strip();
        if (!part.isEmpty()) {
          into.add(part);
        }
        begin = i + 1;
      }
    }
  }
}
