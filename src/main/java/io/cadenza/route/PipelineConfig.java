package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.line.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is done with lines, in this order: validate, block, allow, rewrite, aggregate, accumulate,
 * route.
 *
 * @param extraCharacters beside letters and digits, what {@link Validation#CLEAN} leaves in a key
 * @param aggregates rules that make few lines of many
 * @param post rewrites behind the aggregation
 * @param rewritePost whether what the rules give goes through those too
 * @param accumulate what accumulates its lines, or null
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
    List<AggregateConfig> aggregates,
    List<RewriteConfig> post,
    boolean rewritePost,
    AccumulateConfig accumulate,
    List<RouteConfig> routes) {
  public PipelineConfig {
    block = List.copyOf(block);
    allow = List.copyOf(allow);
    rewrites = List.copyOf(rewrites);
    aggregates = List.copyOf(aggregates);
    post = List.copyOf(post);
    routes = List.copyOf(routes);
  }

  /** The name of its accumulator in metrics and logs. */
  public String accumulator() {
    return name;
  }

  /** The name of what computes its aggregation rules, in metrics and logs. */
  public String aggregator() {
    return name + ":aggregate";
  }

  /** The names of all that its lines, and those made of them, may go to. */
  public List<String> targets() {
    List<String> all = new ArrayList<>();
    routes.forEach(route -> all.addAll(route.to()));
    aggregates.forEach(rule -> all.addAll(rule.into()));
    if (accumulate != null) {
      all.addAll(accumulate.into());
      all.addAll(accumulate.rollupsInto());
      all.addAll(accumulate.events());
    }
    return all;
  }

  PipelineConfig withRoutes(List<RouteConfig> others) {
    return new PipelineConfig(
        name,
        validate,
        extraCharacters,
        block,
        allow,
        rewrites,
        aggregates,
        List.of(),
        rewritePost,
        accumulate,
        others);
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
    return new PipelineConfig(
        name,
        s.choice("validate", Validation.class),
        s.text("extra-characters"),
        matchers(s.list("block"), defaults),
        matchers(s.list("allow"), defaults),
        s.list("rewrite").stream()
            .map(rewrite -> RewriteConfig.read(rewrite.withDefaults(defaults.block("rewrite"))))
            .toList(),
        List.of(),
        List.of(),
        false,
        s.has("accumulate")
            ? AccumulateConfig.read(
                s.block("accumulate").withDefaults(defaults.block("accumulate")), known, all)
            : null,
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
