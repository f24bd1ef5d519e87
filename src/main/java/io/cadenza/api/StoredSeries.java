package io.cadenza.api;

import io.cadenza.index.TaggedName;
import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource;
import io.cadenza.store.Fetched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series of one request, from all stores that have them. One worker. */
final class StoredSeries implements SeriesSource {
  private final Finder finder;
  private final TagFinder tags;
  private final Points points;
  private final Allowance allowance;
  private int named;

  StoredSeries(Finder finder, TagFinder tags, Points points, Allowance allowance) {
    this.finder = finder;
    this.tags = tags;
    this.points = points;
    this.allowance = allowance;
  }

  @Override
  public List<List<Series>> fetch(List<String> patterns, Span span) {
    List<Map<String, List<Holding>>> found = new ArrayList<>();
    Map<String, List<Holding>> all = new LinkedHashMap<>();
    for (String pattern : patterns) {
      allowance.check();
      Map<String, List<Holding>> some = finder.series(pattern);
      found.add(some);
      all.putAll(some);
      count(some.size());
    }
    Map<String, Fetched> fetched = points.read(all, span, allowance);
    List<List<Series>> series = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      series.add(series(found.get(i), fetched, patterns.get(i)));
    }
    return series;
  }

  @Override
  public List<Series> fetchByTag(List<String> expressions, Span span) {
    Map<String, List<Holding>> found = tags.series(expressions, allowance.limits().maxSeries());
    count(found.size());
    return series(found, points.read(found, span, allowance), String.join(", ", expressions));
  }

  private void count(int more) {
    named += more;
    int most = allowance.limits().maxSeries();
    if (named > most) {
      throw new RenderException(
          Kind.LIMIT, "More than " + most + " series in one request (api.max-series)");
    }
  }

  private static List<Series> series(
      Map<String, List<Holding>> found, Map<String, Fetched> fetched, String expression) {
    List<Series> all = new ArrayList<>();
    for (String name : found.keySet()) {
      Fetched one = fetched.get(name);
      if (one != null) {
        all.add(new Series(name, expression, tagsOf(name), one.start(), one.step(), one.values()));
      }
    }
    return all;
  }

  private static Map<String, String> tagsOf(String name) {
    return name.indexOf(';') < 0 ? Map.of(TaggedName.NAME, name) : TaggedName.parse(name).tags();
  }
}
