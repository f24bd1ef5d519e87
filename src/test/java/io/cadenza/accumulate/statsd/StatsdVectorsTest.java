package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What node statsd flushed, line by line, beside what is flushed here; with one shard and with
 * several. Where we differ on purpose, the recorded answer is changed here to what is right.
 */
class StatsdVectorsTest {
  /** What the reference does and we do not: tested one by one in {@link DeviationsTest}. */
  private static final Set<String> DIFFERENT =
      Set.of("t25", "p06", "p08", "p12", "p14", "p17", "x01", "x02", "x03", "x04", "x05", "t20");

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("percentThreshold", "percentiles"),
          Map.entry("histogram", "histogram"),
          Map.entry("calculatedTimerMetrics", "calculated-timer-metrics"),
          Map.entry("flush_counts", "flush-counts"),
          Map.entry("deleteIdleStats", "delete-idle-stats"),
          Map.entry("deleteCounters", "delete-counters"),
          Map.entry("deleteTimers", "delete-timers"),
          Map.entry("deleteSets", "delete-sets"),
          Map.entry("deleteGauges", "delete-gauges"),
          Map.entry("gaugesMaxTTL", "gauges-max-ttl"),
          Map.entry("keyNameSanitize", "key-name-sanitize"),
          Map.entry("prefixStats", "prefix-stats"),
          Map.entry("globalPrefix", "global-prefix"),
          Map.entry("globalSuffix", "global-suffix"),
          Map.entry("prefixCounter", "prefix-counter"),
          Map.entry("prefixTimer", "prefix-timer"),
          Map.entry("prefixGauge", "prefix-gauge"),
          Map.entry("prefixSet", "prefix-set"));

  static Stream<Arguments> runs() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (Object item : vectors()) {
      JsonObject vector = (JsonObject) item;
      if (!DIFFERENT.contains(vector.getString("id"))) {
        for (Object run : vector.getJsonArray("runs")) {
          all.add(Arguments.of(vector.getString("id"), vector, run));
        }
      }
    }
    return all.stream();
  }

  private static JsonArray vectors() throws IOException {
    try (InputStream in =
        StatsdVectorsTest.class.getResourceAsStream("/vectors/statsd/statsd.json")) {
      return new JsonObject(new String(in.readAllBytes(), UTF_8)).getJsonArray("vectors");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void flushesWhatNodeFlushes(String id, JsonObject vector, JsonObject run) {
    for (int shards : new int[] {1, 2, 4}) {
      StatsdRig rig = new StatsdRig(shards, conf(vector.getJsonObject("config"), run));
      JsonArray steps = vector.getJsonArray("steps");
      for (int i = 0; i < steps.size(); i++) {
        steps.getJsonArray(i).forEach(packet -> send(rig, packet));
        List<String> lines = rig.flush();
        assertSame(lines, run.getJsonArray("flushes").getJsonObject(i), rig);
      }
      assertThat(rig.shared.internals().badLinesSeen())
          .isEqualTo(run.getLong("badLines").longValue());
    }
  }

  private static void send(StatsdRig rig, Object packet) {
    if (packet instanceof String text) {
      rig.packet(text);
    } else if (packet instanceof JsonObject other && other.containsKey("b64")) {
      rig.packet(Base64.getDecoder().decode(other.getString("b64")));
    } else {
      String open = "";
      for (Object part : ((JsonObject) packet).getJsonArray("tcp")) {
        open += part;
        int newline = open.lastIndexOf('\n');
        if (newline >= 0) {
          rig.packet(open.substring(0, newline + 1));
          open = open.substring(newline + 1);
        }
      }
    }
  }

  private static String conf(JsonObject config, JsonObject run) {
    List<String> keys = new ArrayList<>();
    config.forEach(
        entry -> {
          if (entry.getValue() instanceof JsonObject graphite) {
            graphite.forEach(inner -> keys.add(KEYS.get(inner.getKey()) + " = " + hocon(inner)));
          } else if (KEYS.containsKey(entry.getKey())) {
            keys.add(KEYS.get(entry.getKey()) + " = " + hocon(entry));
          } else {
            assertThat(entry.getKey()).isEqualTo("flushInterval");
            keys.add("flush = " + entry.getValue() + "ms");
          }
        });
    String thresholds = run.getString("percentThreshold");
    if (!thresholds.startsWith("default")) {
      keys.add("percentiles = " + thresholds);
    }
    keys.add("legacy-namespace = " + run.getString("namespace").equals("legacy"));
    return String.join(", ", keys);
  }

  private static String hocon(Map.Entry<String, Object> entry) {
    return new JsonArray().add(entry.getValue()).encode().replaceAll("^\\[|]$", "");
  }

  private static void assertSame(List<String> lines, JsonObject flush, StatsdRig rig) {
    Set<String> volatiles = new TreeSet<>();
    flush.getJsonArray("volatile").forEach(name -> volatiles.add(name.toString()));
    Map<String, Double> here = new TreeMap<>();
    Set<String> seen = new TreeSet<>();
    for (String line : lines) {
      int blank = line.indexOf(' ');
      String name = line.substring(0, blank);
      if (volatiles.contains(name)) {
        seen.add(name);
      } else {
        assertThat(here.put(name, Double.valueOf(line.substring(blank + 1)))).isNull();
      }
    }
    assertThat(seen).isEqualTo(volatiles);
    Map<String, Double> there = expected(flush);
    assertThat(here.keySet()).isEqualTo(there.keySet());
    here.forEach((name, value) -> assertClose(name, value, there));
  }

  private static Map<String, Double> expected(JsonObject flush) {
    Map<String, Double> all = new TreeMap<>();
    for (Object item : flush.getJsonArray("metrics")) {
      String name = sorted(((JsonArray) item).getString(0).replace(' ', '_'));
      String text = ((JsonArray) item).getString(1);
      double value = Double.parseDouble(text);
      boolean collides = all.containsKey(name);
      all.merge(name, value, Double::sum);
      assertThat(collides)
          .describedAs("only a b and a_b")
          .isEqualTo(collides && name.contains("a_b"));
    }
    long merged = flush.getJsonArray("metrics").size() - all.size();
    if (merged > 0) {
      all.computeIfPresent(numStats(all), (name, count) -> count - 1);
    }
    return all;
  }

  private static String numStats(Map<String, Double> all) {
    return all.keySet().stream().filter(name -> name.contains("numStats")).findFirst().get();
  }

  /** Ours are sorted, so that all orders are one series. */
  private static String sorted(String name) {
    String[] parts = name.split(";");
    Arrays.sort(parts, 1, parts.length);
    return String.join(";", parts);
  }

  /** A top percentile over all values has their sums, where node has NaN. */
  private static void assertClose(String name, double value, Map<String, Double> there) {
    double right = there.get(name);
    if (Double.isNaN(right)) {
      right = there.get(name.replaceFirst("_top[0-9_]+", ""));
    }
    assertThat(value).describedAs(name).isCloseTo(right, offset(Math.abs(right) * 1e-12));
  }
}
