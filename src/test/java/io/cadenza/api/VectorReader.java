package io.cadenza.api;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The points of vectors/graphite-web/data.json, read as whisper's files are: the finest archive
 * that reaches back to the beginning, where coarser ones have what was propagated into them.
 */
final class VectorReader implements MetricReader {
  private record Archive(Retention retention, Map<Long, Double> values) {}

  private record File(List<Archive> archives, Aggregate aggregate) {}

  private final Map<String, File> files = new LinkedHashMap<>();
  private final long written;

  VectorReader() {
    JsonObject data = new JsonObject(resource("data.json"));
    written = data.getLong("T");
    JsonObject series = data.getJsonObject("series");
    series.fieldNames().forEach(name -> files.put(name, file(series.getJsonObject(name))));
  }

  static String resource(String name) {
    try (InputStream in = VectorReader.class.getResourceAsStream("/vectors/graphite-web/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    return files.keySet();
  }

  private File file(JsonObject json) {
    Aggregate aggregate = Aggregate.valueOf(json.getString("method").toUpperCase());
    List<Archive> archives = new ArrayList<>();
    for (Object each : json.getJsonArray("archives")) {
      JsonArray archive = (JsonArray) each;
      int step = archive.getInteger(0);
      Retention retention = new Retention(step, (long) step * archive.getInteger(1));
      archives.add(
          archives.isEmpty()
              ? new Archive(retention, points(json.getJsonArray("points"), step))
              : coarser(archives.get(archives.size() - 1), retention, aggregate));
    }
    return new File(archives, aggregate);
  }

  private static Map<Long, Double> points(JsonArray points, int step) {
    Map<Long, Double> values = new HashMap<>();
    for (Object each : points) {
      JsonArray point = (JsonArray) each;
      long time = point.getLong(0);
      values.put(time - time % step, point.getDouble(1));
    }
    return values;
  }

  /** With whisper's factor of 0.5, which all of them have. */
  private static Archive coarser(Archive finer, Retention retention, Aggregate aggregate) {
    Map<Long, Double> values = new HashMap<>();
    int ratio = retention.step() / finer.retention.step();
    for (long time : finer.values.keySet()) {
      long start = retention.startOf(time);
      List<Double> known = new ArrayList<>();
      for (int i = 0; i < ratio; i++) {
        Double value = finer.values.get(start + (long) i * finer.retention.step());
        if (value != null) {
          known.add(value);
        }
      }
      if (2 * known.size() >= ratio) {
        values.put(start, figure(known, aggregate));
      }
    }
    return new Archive(retention, values);
  }

  private static double figure(List<Double> known, Aggregate aggregate) {
    double sum = known.stream().mapToDouble(v -> v).sum();
    double min = known.stream().mapToDouble(v -> v).min().orElseThrow();
    double max = known.stream().mapToDouble(v -> v).max().orElseThrow();
    return aggregate.of(min, max, sum, known.size(), known.get(known.size() - 1));
  }

  @Override
  public Map<String, Fetched> read(Query query) {
    Map<String, Fetched> found = new HashMap<>();
    for (String key : query.keys()) {
      File file = files.get(key);
      Fetched fetched = file == null ? null : fetch(file, query);
      if (fetched != null) {
        found.put(key, fetched);
      }
    }
    return found;
  }

  private static Fetched fetch(File file, Query query) {
    Archive coarsest = file.archives.get(file.archives.size() - 1);
    long oldest = query.now() - coarsest.retention.seconds();
    if (query.from() > query.now() || query.until() < oldest) {
      return null;
    }
    long from = Math.max(query.from(), oldest);
    long until = Math.min(query.until(), query.now());
    Archive archive =
        file.archives.stream()
            .filter(a -> a.retention.seconds() >= query.now() - from)
            .findFirst()
            .orElse(coarsest);
    int step = archive.retention.step();
    long start = Fetched.intervalOf(from, step);
    long end = Fetched.intervalOf(until, step);
    end = end == start ? start + step : end;
    double[] values = Fetched.nothing((int) ((end - start) / step));
    for (int i = 0; i < values.length; i++) {
      values[i] = archive.values.getOrDefault(start + (long) i * step, Double.NaN);
    }
    return new Fetched(start, step, file.aggregate, values, null);
  }

  @Override
  public List<Retention> retentions(String key) {
    return files.get(key).archives.stream().map(Archive::retention).toList();
  }

  /** The time at which the points were written. */
  long written() {
    return written;
  }

  @Override
  public void close() {}
}
