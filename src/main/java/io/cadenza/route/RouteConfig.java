package io.cadenza.route;

import io.cadenza.config.Settings;
import java.util.List;
import java.util.function.Predicate;

/**
 * A matcher and where its lines go, as configured.
 *
 * @param to names of clusters and pipelines, or {@code blackhole}
 * @param goOn whether the routes behind this one see the line too
 */
public record RouteConfig(String name, MatcherConfig match, List<String> to, boolean goOn) {
  /** The target that every configuration has: lines that end here are counted and forgotten. */
  public static final String BLACKHOLE = "blackhole";

  public RouteConfig {
    to = List.copyOf(to);
  }

  /** A list of names of targets, those that there are not being problems. */
  static List<String> targets(Settings s, String key, Predicate<String> known, String all) {
    List<String> names = s.texts(key);
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals(BLACKHOLE) && !known.test(names.get(i))) {
        s.problem(key + "[" + i + "]", "\"" + names.get(i) + "\" is no " + all);
      }
    }
    return names;
  }

  /** Reads a route from its block. */
  static RouteConfig read(
      Settings s, Settings defaults, int index, Predicate<String> known, String all) {
    List<String> to = targets(s, "to", known, all);
    if (to.isEmpty()) {
      s.problem("to", "names no target; give clusters, pipelines or blackhole");
    }
    String name = s.textOr("name", "route-" + index);
    return new RouteConfig(
        name, MatcherConfig.read(s.block("match"), defaults), to, s.flag("continue"));
  }
}
