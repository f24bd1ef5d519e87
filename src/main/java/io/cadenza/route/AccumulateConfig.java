package io.cadenza.route;

import io.cadenza.config.Settings;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a router must know of the accumulator of a pipeline, as configured. What it does with lines
 * is read elsewhere.
 *
 * @param format what it takes lines for: {@code statsd} or {@code graphite}
 * @param into where flushed lines go: names of pipelines and clusters, or {@link #BLACKHOLE}
 * @param rollupsInto where the lines of coarser bins go
 * @param events where events and service checks go
 */
public record AccumulateConfig(
    String format, List<String> into, List<String> rollupsInto, List<String> events) {
  /** Cadent's word for a target that takes nothing. */
  static final String BLACKHOLE = "BLACKHOLE";

  public AccumulateConfig {
    into = List.copyOf(into);
    rollupsInto = List.copyOf(rollupsInto);
    events = List.copyOf(events);
  }

  /** Whether lines are statsd's. */
  public boolean statsd() {
    return format.equals("statsd");
  }

  /**
   * Reads it from the block {@code accumulate}.
   *
   * @param known whether a name is a cluster or a pipeline
   * @param all what is said of a name that is neither
   */
  static AccumulateConfig read(Settings s, Predicate<String> known, String all) {
    AccumulateConfig config =
        new AccumulateConfig(
            s.text("format", "statsd", "graphite"),
            targets(s, "into", known, all),
            targets(s, "rollups-into", known, all),
            targets(s, "events", known, all));
    if (config.into().isEmpty()) {
      s.problem("into", "names no target; give pipelines, clusters or " + BLACKHOLE);
    }
    return config;
  }

  /** Names of targets; either word for the one that takes nothing. */
  static List<String> targets(Settings s, String key, Predicate<String> known, String all) {
    List<String> names = s.has(key) && s.isText(key) ? List.of(s.text(key)) : s.texts(key);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!blackhole(name) && !known.test(name)) {
        s.problem(key, "\"" + name + "\" is no " + all);
      }
    }
    return names.stream().map(n -> blackhole(n) ? RouteConfig.BLACKHOLE : n).toList();
  }

  private static boolean blackhole(String name) {
    return name.equals(BLACKHOLE) || name.equals(RouteConfig.BLACKHOLE);
  }

  @Override
  public String toString() {
    return format;
  }
}
