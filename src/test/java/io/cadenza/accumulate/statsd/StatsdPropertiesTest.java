package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cadenza.line.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any lines, beside a slow model; and any bytes. */
class StatsdPropertiesTest {
  private static final String QUIET = "internal-metrics = false";

  /** What node keeps, with the plainest means there are. */
  private static final class Model {
    private final Map<String, Double> counters = new HashMap<>();
    private final Map<String, Double> gauges = new HashMap<>();
    private final Map<String, List<Double>> timers = new HashMap<>();
    private final Map<String, Double> scaled = new HashMap<>();
    private final Map<String, Set<String>> sets = new HashMap<>();

    private void take(String key, String value, String type, double rate) {
      switch (type) {
        case "c" -> counters.merge(key, Double.parseDouble(value) * (1 / rate), Double::sum);
        case "ms" -> {
          timers.computeIfAbsent(key, k -> new ArrayList<>()).add(Double.valueOf(value));
          scaled.merge(key, 1 / rate, Double::sum);
        }
        case "g" -> {
          boolean delta = value.startsWith("+") || value.startsWith("-");
          double before = delta ? gauges.getOrDefault(key, 0.0) : 0;
          gauges.put(key, before + Double.parseDouble(value));
        }
        default -> sets.computeIfAbsent(key, k -> new HashSet<>()).add(value);
      }
    }

    private Map<String, Double> flush() {
      Map<String, Double> all = new TreeMap<>();
      counters.forEach((key, sum) -> all.put(name("stats_counts", key, ""), sum));
      counters.forEach((key, sum) -> all.put(name("stats", key, ""), sum / 10));
      gauges.forEach((key, value) -> all.put(name("stats.gauges", key, ""), value));
      sets.forEach((key, set) -> all.put(name("stats.sets", key, ".count"), (double) set.size()));
      timers.forEach((key, values) -> timer(all, key, values));
      counters.replaceAll((key, sum) -> 0.0);
      sets.values().forEach(Set::clear);
      timers.values().forEach(List::clear);
      scaled.clear();
      return all;
    }

    private void timer(Map<String, Double> all, String key, List<Double> values) {
      double count = scaled.getOrDefault(key, 0.0);
      all.put(name("stats.timers", key, ".count"), count);
      all.put(name("stats.timers", key, ".count_ps"), count / 10);
      if (values.isEmpty()) {
        return;
      }
      Collections.sort(values);
      int n = values.size();
      double sum = values.stream().mapToDouble(v -> v).sum();
      all.put(name("stats.timers", key, ".sum"), sum);
      all.put(name("stats.timers", key, ".mean"), sum / n);
      all.put(name("stats.timers", key, ".upper"), values.get(n - 1));
      all.put(name("stats.timers", key, ".lower"), values.get(0));
      double median = (values.get((n - 1) / 2) + values.get(n / 2)) / 2;
      all.put(name("stats.timers", key, ".median"), median);
      double squares = values.stream().mapToDouble(v -> (v - sum / n) * (v - sum / n)).sum();
      all.put(name("stats.timers", key, ".std"), Math.sqrt(squares / n));
      long within = n == 1 ? 1 : Math.round(0.8 * n);
      if (within > 0) {
        all.put(name("stats.timers", key, ".count_80"), (double) within);
        all.put(name("stats.timers", key, ".upper_80"), values.get((int) within - 1));
        double part = values.stream().limit(within).mapToDouble(v -> v).sum();
        all.put(name("stats.timers", key, ".sum_80"), part);
        all.put(name("stats.timers", key, ".mean_80"), part / within);
      }
    }

    private static String name(String prefix, String key, String behind) {
      int tags = key.indexOf(';');
      int end = tags < 0 ? key.length() : tags;
      return prefix + "." + key.substring(0, end) + behind + key.substring(end);
    }
  }

  @Property(tries = 150)
  void flushesWhatASlowModelDoes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int shards) {
    var rig = new StatsdRig(shards, QUIET, "percentiles = [80]");
    var model = new Model();
    var random = new Random(seed);
    for (int interval = 0; interval < 3; interval++) {
      for (int i = random.nextInt(200); i > 0; i--) {
        feed(random, rig, model);
      }
      Map<String, Double> expected = model.flush();
      rig.begin(1);
      Map<String, Double> flushed = flushed(random, rig, model);

      assertThat(flushed.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (name, value) ->
              assertThat(flushed.get(name))
                  .describedAs(name)
                  .isCloseTo(value, within(Math.abs(value) * 1e-11 + 1e-9)));
    }
    assertThat(rig.shared.internals().badLinesSeen()).isZero();
  }

  /** Lines go on coming while it flushes. */
  private static Map<String, Double> flushed(Random random, StatsdRig rig, Model model) {
    boolean done = false;
    List<String> lines = new ArrayList<>();
    while (!done) {
      feed(random, rig, model);
      done = true;
      for (StatsdAccumulator shard : rig.shards) {
        done &= shard.emit(1 + random.nextInt(10));
      }
      lines.addAll(rig.lines());
    }
    Map<String, Double> all = new TreeMap<>();
    for (String line : lines) {
      String[] parts = line.split(" ");
      if (!parts[0].contains("sum_squares")) {
        assertThat(all.put(parts[0], Double.valueOf(parts[1]))).isNull();
      }
    }
    return all;
  }

  private static void feed(Random random, StatsdRig rig, Model model) {
    int n = random.nextInt(30);
    String type = List.of("c", "g", "ms", "s").get(random.nextInt(4));
    double rate = random.nextInt(3) == 0 ? 0.25 : 1;
    int size = random.nextInt(1000);
    String value = random.nextBoolean() ? "" + size : size / 8.0 + "";
    if (!type.equals("ms")) {
      value = List.of("", "-", "+").get(random.nextInt(3)) + value;
    }
    String rated = rate == 1 ? "" : "|@" + rate;
    String line = value + "|" + type;
    switch (random.nextInt(4)) {
      case 0 -> rig.packet("k/" + n + ":" + line + "|#b:x y,a:1" + rated);
      case 1 -> rig.packet("k-" + n + ";a=1:" + line + rated + "|#b:x y");
      case 2 -> rig.packet("k-" + n + ";a=0;b=x_y:" + line + rated + "|#a:1|c:ci-1");
      default -> rig.packet("k-" + n + ";a=1;b=x_y:" + line + rated);
    }
    model.take("k-" + n + ";a=1;b=x_y", value, type, rate);
  }

  @Property(tries = 2000)
  void anyBytesAreTakenOrCounted(@ForAll @Size(max = 120) byte[] bytes) {
    var rig = new StatsdRig(2);
    rig.packet(bytes);
    assertBalance(rig);
    rig.flush();
    rig.flush();
  }

  @Property(tries = 2000)
  void anythingLikeALineIsTakenOrCounted(@ForAll long seed) {
    var rig = new StatsdRig(2, "max-keys = 20", "max-key-bytes = 4096");
    var random = new Random(seed);
    byte[] alphabet = "ab:;|||cmsghd@#T01.5-+eENxif,= /\n\té".getBytes(ISO_8859_1);
    for (int i = 0; i < 20; i++) {
      byte[] packet = new byte[random.nextInt(40)];
      for (int at = 0; at < packet.length; at++) {
        packet[at] = alphabet[random.nextInt(alphabet.length)];
      }
      rig.packet(packet);
    }
    assertBalance(rig);
    long taken = rig.meters.samples.sum();
    assertThat(taken).isGreaterThanOrEqualTo(rig.meters.linesTaken.sum());
    rig.flush();
    for (String line : rig.flush()) {
      assertThat(line).matches("[a-zA-Z_\\-0-9.;=]+ -?[0-9.e+\\-]+( [0-9]+)?");
    }
  }

  private static void assertBalance(StatsdRig rig) {
    long invalid = Arrays.stream(Invalid.values()).mapToLong(reason -> rig.invalid(reason)).sum();
    long dropped =
        rig.meters.dropped("too-many-keys").sum() + rig.meters.dropped("too-many-members").sum();
    assertThat(rig.meters.linesTaken.sum() + invalid + dropped).isEqualTo(rig.meters.linesIn.sum());
    assertThat(rig.shared.internals().badLinesSeen()).isGreaterThanOrEqualTo(invalid);
  }
}
