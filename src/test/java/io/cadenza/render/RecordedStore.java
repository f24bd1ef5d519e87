package io.cadenza.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The series of data.json, fetched as from whisper files: from exclusive, until inclusive. */
final class RecordedStore implements SeriesSource {
  /** One file. */
  private record File(
      List<int[]> archives, String method, double xff, TreeMap<Long, Double> points) {
    private int[] longest() {
      return archives.get(archives.size() - 1);
    }

    private long oldest(Span span) {
      return span.now() - (long) longest()[0] * longest()[1];
    }

    boolean covers(Span span) {
      return span.from() <= span.now() && span.until() >= oldest(span);
    }

    Series fetch(String name, Span span) {
      long until = Math.min(span.until(), span.now());
      int[] longest = longest();
      long from = Math.max(span.from(), oldest(span));
      int[] archive = longest;
      for (int i = archives.size() - 1; i >= 0; i--) {
        int[] each = archives.get(i);
        archive = (long) each[0] * each[1] >= span.now() - from ? each : archive;
      }
      int step = archive[0];
      long start = from - Math.floorMod(from, (long) step) + step;
      long end = until - Math.floorMod(until, (long) step) + step;
      end = end == start ? end + step : end;
      double[] values = new double[(int) ((end - start) / step)];
      Arrays.setAll(values, i -> value(start + (long) i * step, step));
      return new Series(name, name, Map.of("name", name), start, step, values);
    }

    private double value(long time, int step) {
      int finest = archives.get(0)[0];
      SortedMap<Long, Double> in = points.subMap(time, time + step);
      if (in.isEmpty() || (double) in.size() / (step / finest) < (step == finest ? 0 : xff)) {
        return Double.NaN;
      }
      double sum = in.values().stream().reduce(0.0, Double::sum);
      return switch (method) {
        case "sum" -> sum;
        case "max" -> in.values().stream().reduce(Double::max).orElseThrow();
        case "last" -> in.get(in.lastKey());
        default -> sum / in.size();
      };
    }
  }

  private final TreeMap<String, File> files = new TreeMap<>();

  RecordedStore(JsonObject data) {
    JsonObject series = data.getJsonObject("series");
    for (String name : series.fieldNames()) {
      JsonObject file = series.getJsonObject(name);
      List<int[]> archives = new ArrayList<>();
      for (Object archive : file.getJsonArray("archives")) {
        JsonArray pair = (JsonArray) archive;
        archives.add(new int[] {pair.getInteger(0), pair.getInteger(1)});
      }
      TreeMap<Long, Double> points = new TreeMap<>();
      for (Object point : file.getJsonArray("points")) {
        points.put(((JsonArray) point).getLong(0), ((JsonArray) point).getDouble(1));
      }
      files.put(name, new File(archives, file.getString("method"), file.getDouble("xff"), points));
    }
  }

  @Override
  public List<List<Series>> fetch(List<String> patterns, Span span) {
    List<List<Series>> all = new ArrayList<>();
    for (String pattern : patterns) {
      List<Series> found = new ArrayList<>();
      files.forEach(
          (name, file) -> {
            if (name.matches(regex(pattern)) && file.covers(span)) {
              found.add(file.fetch(name, span));
            }
          });
      all.add(found);
    }
    return all;
  }

  private static String regex(String glob) {
    return glob.replace(".", "\\.")
        .replace("**", "*")
        .replace("*", "[^.]*")
        .replace("?", "[^.]")
        .replace("{", "(?:")
        .replace("}", ")")
        .replace(",", "|")
        .replace("$", "\\$");
  }

  @Override
  public List<Series> fetchByTag(List<String> expressions, Span span) {
    return List.of();
  }
}
