package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.line.Shards;
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
 * @param block a line that one of these matches is kept out
 * @param allow where there are any, a line that none of these matches is kept out
 * @param rewrites those of carbon's {@code [pre]}, then its own
 * @param aggregates its own rules, then those of carbon's file
 * @param carbonRules those of carbon's file: the last of {@code aggregates}, with the rest of them
 * @param postRewrites those of carbon's {@code [post]}, behind the aggregation
 * @param rewritePost whether what rules give goes through {@code postRewrites} too
 * @param accumulate what accumulates its lines, or null
 */
public record PipelineConfig(
    String name,
    Validation validate,
    String extraCharacters,
    List<MatcherConfig> block,
    List<MatcherConfig> allow,
    List<RewriteConfig> rewrites,
    List<AggregateConfig> aggregates,
    List<CarbonRule> carbonRules,
    List<RewriteConfig> postRewrites,
    boolean rewritePost,
    AccumulateConfig accumulate,
    List<RouteConfig> routes) {
  public PipelineConfig {
    block = List.copyOf(block);
    allow = List.copyOf(allow);
    rewrites = List.copyOf(rewrites);
    aggregates = List.copyOf(aggregates);
    carbonRules = List.copyOf(carbonRules);
    postRewrites = List.copyOf(postRewrites);
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
        carbonRules,
        postRewrites,
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
    List<AggregateConfig> aggregates = new ArrayList<>();
    for (Settings rule : s.list("aggregate")) {
      Settings whole = rule.withDefaults(defaults.block("aggregate"));
      aggregates.add(AggregateConfig.read(whole, defaults, known, all));
    }
    Settings aggregation = s.block("aggregation").withDefaults(defaults.block("aggregation"));
    List<CarbonRule> carbonRules = carbonRules(aggregation, defaults, known, all);
    carbonRules.forEach(rule -> aggregates.add(rule.aggregate()));
    if (aggregates.size() > Shards.MOST_RULES) {
      s.problem("aggregate", "has " + aggregates.size() + " rules; at most " + Shards.MOST_RULES);
    }
    CarbonRewriteRules carbon = CarbonRewriteRules.read(s, "rewrite-rules");
    return new PipelineConfig(
        name,
        s.choice("validate", Validation.class),
        s.text("extra-characters"),
        matchers(s.list("block"), defaults),
        matchers(s.list("allow"), defaults),
        rewrites(carbon.pre(), s, defaults),
        aggregates,
        carbonRules,
        carbon.post(),
        aggregation.flag("rewrite-post"),
        s.has("accumulate")
            ? AccumulateConfig.read(
                s.block("accumulate").withDefaults(defaults.block("accumulate")), known, all)
            : null,
        routes);
  }

  private static List<RewriteConfig> rewrites(
      List<RewriteConfig> pre, Settings s, Settings defaults) {
    List<RewriteConfig> all = new ArrayList<>(pre);
    for (Settings rewrite : s.list("rewrite")) {
      all.add(RewriteConfig.read(rewrite.withDefaults(defaults.block("rewrite"))));
    }
    return all;
  }

  private static List<CarbonRule> carbonRules(
      Settings aggregation, Settings defaults, Predicate<String> known, String all) {
    if (!aggregation.has("rules")) {
      return List.of();
    }
    Settings base = defaults.block("aggregate");
    List<String> into = AggregateConfig.into(base, known, all);
    return CarbonAggregationRules.read(aggregation, "rules", base.flag("drop-raw"), into);
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
