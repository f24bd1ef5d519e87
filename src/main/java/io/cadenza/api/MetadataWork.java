package io.cadenza.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Graphite's {@code /metrics/get-metadata} and {@code set-metadata}, which it has of carbon. */
final class MetadataWork {
  private final Library library;

  MetadataWork(Library library) {
    this.library = library;
  }

  Answer get(Asked asked) throws IOException {
    String key = asked.parameters().last("key", "");
    Map<String, Object> results = new LinkedHashMap<>();
    for (String metric : asked.parameters().all("metric")) {
      asked.allowance().check();
      results.put(metric, got(metric, key));
    }
    return Answer.json(results, asked.parameters());
  }

  private Map<String, Object> got(String metric, String key) {
    try {
      return Map.of("value", of(metric).get(metric, key));
    } catch (Exception e) {
      return Map.of("error", String.valueOf(e.getMessage()));
    }
  }

  Answer set(Asked asked) throws IOException {
    Map<String, Object> results = new LinkedHashMap<>();
    if (asked.method() == HttpMethod.POST) {
      JsonArray operations = operations(asked);
      for (Object operation : operations) {
        if (!(operation instanceof JsonObject object)) {
          throw Refusal.invalid("an operation is {\"metric\": ..., \"key\": ..., \"value\": ...}");
        }
        set(text(object, "metric"), text(object, "key"), text(object, "value"), results);
      }
    } else {
      Parameters parameters = asked.parameters();
      set(
          given(parameters, "metric"),
          given(parameters, "key"),
          given(parameters, "value"),
          results);
    }
    return Answer.json(results, asked.parameters());
  }

  private static JsonArray operations(Asked asked) {
    String json = asked.json() != null ? asked.json() : given(asked.parameters(), "operations");
    try {
      return new JsonArray(json);
    } catch (DecodeException e) {
      throw Refusal.invalid("operations are no JSON array");
    }
  }

  private static String text(JsonObject operation, String name) {
    Object value = operation.getValue(name);
    if (value == null) {
      throw Refusal.invalid("an operation has no '" + name + "'");
    }
    return value.toString();
  }

  private static String given(Parameters parameters, String name) {
    String value = parameters.last(name);
    if (value == null) {
      throw Refusal.invalid("Missing required parameter '" + name + "'");
    }
    return value;
  }

  private void set(String metric, String key, String value, Map<String, Object> results) {
    try {
      String before = of(metric).set(metric, key, value);
      Map<String, Object> changed = new LinkedHashMap<>();
      changed.put("old_value", before);
      changed.put("new_value", value);
      results.put(metric, changed);
    } catch (Exception e) {
      results.put(metric, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  /** That of the first store which has the series. */
  private Metadata of(String metric) {
    byte[] key = metric.getBytes(StandardCharsets.UTF_8);
    List<Holding> holdings = library.holdings();
    return holdings.stream()
        .filter(holding -> holding.index().contains(key, 0, key.length))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such series"))
        .metadata();
  }
}
