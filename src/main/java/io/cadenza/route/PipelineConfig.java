package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.line.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is done with lines, in this order: validate, block, allow, rewrite, route.
 *
 * @param extraCharacters beside letters and digits, what {@link Validation#CLEAN} leaves in a key
 * @param block a line that one of these matches is kept out
 * @param allow where there are any, a line that none of these matches is kept out
 */
public record PipelineConfig(
    String name,
    Validation validate,
    String extraCharacters,
    List<MatcherConfig> block,
    List<MatcherConfig> allow,
    List<RewriteConfig> rewrites,
    List<RouteConfig> routes) {
  public PipelineConfig {
    block = List.copyOf(block);
    allow = List.copyOf(allow);
    rewrites = List.copyOf(rewrites);
    routes = List.copyOf(routes);
  }

  /**
   * Reads one pipeline.
   *
   * @param known whether a name is a cluster or a pipeline
   * @param all what is said of a name that is neither
   */
  static PipelineConfig read(
      String name, Settings s, Settings defaults, Predicate<String> known, String all) {
    List<RouteConfig> routes = new ArrayList<>();
    for (Settings route : s.list("routes")) {
      Settings whole = route.withDefaults(defaults.block("route"));
      routes.add(RouteConfig.read(whole, defaults, routes.size(), known, all));
    }
    checkNames(s, routes);
    if (!s.list("aggregate").isEmpty()) {
      s.problem("aggregate", "this version has no aggregation; leave the list empty");
    }
    return new PipelineConfig(
        name,
        s.choice("validate", Validation.class),
        s.text("extra-characters"),
        matchers(s.list("block"), defaults),
        matchers(s.list("allow"), defaults),
        s.list("rewrite").stream()
            .map(rewrite -> RewriteConfig.read(rewrite.withDefaults(defaults.block("rewrite"))))
            .toList(),
        routes);
  }

  private static List<MatcherConfig> matchers(List<Settings> blocks, Settings defaults) {
    List<MatcherConfig> all = new ArrayList<>();
    for (Settings block : blocks) {
      MatcherConfig matcher = MatcherConfig.read(block, defaults);
      if (matcher.conditions().isEmpty()) {
        block.problem("", "has no condition and would match every key; give one");
      }
      all.add(matcher);
    }
    return all;
  }

  private static void checkNames(Settings s, List<RouteConfig> routes) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < routes.size(); i++) {
      if (!names.add(routes.get(i).name())) {
        s.problem("routes[" + i + "]", "another route is named " + routes.get(i).name());
      }
    }
  }
}
