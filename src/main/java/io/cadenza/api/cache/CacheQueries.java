package io.cadenza.api.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.api.Holding;
import io.cadenza.api.Library;
import io.cadenza.api.Metadata;
import io.cadenza.index.TaggedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is answered to a request, which is a dict as carbon's {@code CacheManagementHandler} takes
 * it: {@code cache-query}, {@code cache-query-bulk}, {@code get-metadata}, {@code set-metadata}.
 * Any thread; requests of metadata may block.
 */
final class CacheQueries {
  private final Library library;
  private final Cached cached;
  private final int maxMetrics;

  CacheQueries(Library library, Cached cached, int maxMetrics) {
    this.library = library;
    this.cached = cached;
    this.maxMetrics = maxMetrics;
  }

  /** Whether the answer is made of memory alone. */
  static boolean isQuick(Map<?, ?> request) {
    return !String.valueOf(request.get("type")).endsWith("-metadata");
  }

  /** The answer: always one, with an {@code error} where it can be none other. */
  Map<String, Object> answer(Map<?, ?> request) {
    try {
      return answer(String.valueOf(request.get("type")), request);
    } catch (Exception wrong) {
      String why = wrong.getMessage();
      return Map.of("error", why == null ? wrong.getClass().getSimpleName() : why);
    }
  }

  private Map<String, Object> answer(String type, Map<?, ?> request) throws Exception {
    return switch (type) {
      case "cache-query" -> Map.of("datapoints", points(text(request, "metric")));
      case "cache-query-bulk" -> Map.of("datapointsByMetric", bulk(request.get("metrics")));
      case "get-metadata" -> got(text(request, "metric"), text(request, "key"));
      case "set-metadata" -> set(request);
      default -> Map.of("error", "Invalid request type \"" + shown(type) + '"');
    };
  }

  private List<Object> points(String metric) {
    List<Object> all = new ArrayList<>();
    for (Cached.Point point : cached.of(normal(metric))) {
      all.add(List.of(point.time(), point.value()));
    }
    return all;
  }

  /** The name by which a series is known, whatever the order of its tags. */
  private static String normal(String metric) {
    if (metric.indexOf(';') < 0) {
      return metric;
    }
    try {
      return TaggedName.parse(metric).text();
    } catch (IllegalArgumentException asItIs) {
      return metric;
    }
  }

  private Map<String, Object> bulk(Object metrics) {
    if (!(metrics instanceof List<?> names)) {
      throw new IllegalArgumentException("metrics is no list");
    }
    if (names.size() > maxMetrics) {
      throw new IllegalArgumentException("more than " + maxMetrics + " metrics are asked for");
    }
    Map<String, Object> all = new LinkedHashMap<>();
    for (Object name : names) {
      String metric = text(name, "a metric");
      all.put(metric, points(metric));
    }
    return all;
  }

  private Map<String, Object> got(String metric, String key) throws Exception {
    String name = normal(metric);
    return Map.of("value", metadata(name).get(name, key));
  }

  private Map<String, Object> set(Map<?, ?> request) throws Exception {
    String name = normal(text(request, "metric"));
    String value = text(request, "value");
    String before = metadata(name).set(name, text(request, "key"), value);
    Map<String, Object> changed = new LinkedHashMap<>();
    changed.put("old_value", before);
    changed.put("new_value", value);
    return changed;
  }

  private Metadata metadata(String metric) {
    byte[] key = metric.getBytes(UTF_8);
    return library.holdings().stream()
        .filter(holding -> holding.index().contains(key, 0, key.length))
        .map(Holding::metadata)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such metric"));
  }

  private static String text(Map<?, ?> request, String key) {
    return text(request.get(key), key);
  }

  /** Python 2 sends names as bytes. */
  private static String text(Object value, String what) {
    if (value instanceof byte[] bytes) {
      return new String(bytes, UTF_8);
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(what + " is no text");
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
