package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.bins.Function;
import io.cadenza.accumulate.bins.GraphiteConfig;
import io.cadenza.accumulate.bins.Guess;
import io.cadenza.accumulate.bins.Resolution;
import io.cadenza.accumulate.bins.RuleConfig;
import io.cadenza.accumulate.statsd.StatsdConfig;
import io.cadenza.config.Settings;
import io.cadenza.route.Behind;
import io.cadenza.route.CarbonRule;
import io.cadenza.route.MatcherConfig;
import io.cadenza.route.PipelineConfig;
import io.cadenza.route.RoutingTable;
import io.cadenza.store.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the accumulators of all pipelines, and what computes their aggregation rules. */
final class AccumulatorReading {
  /** How often it is looked whether an interval of a rule is due; more often for shorter ones. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration USUAL_FLUSH = Duration.ofSeconds(10);

  /** Milliseconds of an interval that a store can keep. */
  private static final long SHORTEST_STORED = 1000;

  private final RoutingTable table;
  private final Map<String, StoreConfig> stores;
  private final Settings root;
  private final Settings defaults;
  private final Map<String, AccumulatorSpec> all = new LinkedHashMap<>();

  private AccumulatorReading(Settings root, RoutingTable table, Map<String, StoreConfig> stores) {
    this.table = table;
    this.stores = stores;
    this.root = root;
    this.defaults = root.block("defaults");
  }

  /** All of them by name; those whose lines may come to others first. */
  static Map<String, AccumulatorSpec> read(
      Settings root, RoutingTable table, Map<String, StoreConfig> stores) {
    AccumulatorReading reading = new AccumulatorReading(root, table, stores);
    Map<String, Settings> blocks = root.blocks("pipelines");
    for (PipelineConfig pipeline : table.inOrder()) {
      Settings whole = blocks.get(pipeline.name()).withDefaults(reading.defaults.block("pipeline"));
      reading.pipeline(pipeline, whole);
    }
    return reading.all;
  }

  private void pipeline(PipelineConfig pipeline, Settings s) {
    Settings shared = s.block("aggregation").withDefaults(defaults.block("aggregation"));
    AccumulatorSpec rules = rules(pipeline, s, shared); // What is wrong is told without rules too.
    if (!pipeline.aggregates().isEmpty()) {
      add(rules);
    }
    if (pipeline.accumulate() != null) {
      add(accumulator(pipeline, s.block("accumulate").withDefaults(defaults.block("accumulate"))));
    }
  }

  private void add(AccumulatorSpec spec) {
    all.put(spec.name(), spec);
  }

  private AccumulatorSpec rules(PipelineConfig pipeline, Settings s, Settings shared) {
    List<RuleConfig> rules = new ArrayList<>();
    for (Settings rule : s.list("aggregate")) {
      rules.add(RuleConfig.read(rule.withDefaults(defaults.block("aggregate"))));
    }
    for (CarbonRule rule : pipeline.carbonRules()) {
      rules.add(RuleConfig.read(rule.settings(defaults.block("aggregate"))));
    }
    List<String> into = new ArrayList<>();
    for (int i = 0; i < pipeline.aggregates().size(); i++) {
      into.add(Behind.aggregated(pipeline, i, table.pipelines()));
    }
    Duration look =
        rules.stream()
            .map(RuleConfig::every)
            .filter(e -> e.compareTo(LOOK) < 0)
            .min(Duration::compareTo)
            .orElse(LOOK);
    return new AccumulatorSpec(
        AccumulatorConfig.rules(pipeline.aggregator(), shared, look),
        new AccumulatorSpec.Rules(List.copyOf(rules), List.copyOf(into)));
  }

  private AccumulatorSpec accumulator(PipelineConfig pipeline, Settings s) {
    List<Resolution> times = Resolution.read(s);
    Duration first = times.isEmpty() ? USUAL_FLUSH : Duration.ofMillis(times.get(0).millis());
    AccumulatorConfig common = AccumulatorConfig.read(pipeline.accumulator(), s, first);
    if (!times.isEmpty() && common.flush().toMillis() != times.get(0).millis()) {
      s.problem("flush", "is not the first of times; leave it out, or make the two the same");
    }
    List<String> names = s.texts("stores");
    List<Resolution> bins = times.isEmpty() ? List.of(Resolution.of(common.flush())) : times;
    checkStores(s, names, bins);
    if (times.size() < 2 && !pipeline.accumulate().rollupsInto().isEmpty()) {
      s.problem(
          "rollups-into", "gets nothing: times has no bins coarser than the first; give some");
    }
    String rollups = Behind.rollups(pipeline, table.pipelines());
    AccumulatorSpec.Coarser coarser =
        new AccumulatorSpec.Coarser(bins, rollups == null ? "" : rollups, names);
    String flushed = Behind.flushed(pipeline, table.pipelines());
    List<AccumulatorSpec.Guessing> guesses = guesses(s);
    AccumulatorSpec.Kind kind =
        pipeline.accumulate().statsd()
            ? new AccumulatorSpec.Statsd(StatsdConfig.read(s, defaults), flushed, coarser)
            : new AccumulatorSpec.Graphite(
                GraphiteConfig.read(common, s), guesses, flushed, coarser);
    return new AccumulatorSpec(common, kind);
  }

  private void checkStores(Settings s, List<String> names, List<Resolution> bins) {
    for (int i = 0; i < names.size(); i++) {
      String path = "stores[" + i + "]";
      StoreConfig store = stores.get(names.get(i));
      if (store == null) {
        String known = stores.isEmpty() ? "there are none" : String.join(", ", stores.keySet());
        s.problem(path, "\"" + names.get(i) + "\" is no store; known: " + known);
      } else {
        checkSteps(s, path, store, bins);
      }
    }
    if (!names.isEmpty() && bins.get(0).millis() < SHORTEST_STORED) {
      s.problem("stores", "keep points of whole seconds: let flush be 1s or more");
    }
    if (!names.isEmpty() && s.text("output").equals("statsd")) {
      s.problem("stores", "get nothing with output = statsd; leave one of the two out");
    }
  }

  private static void checkSteps(
      Settings s, String path, StoreConfig store, List<Resolution> bins) {
    List<Retention> steps = store.steps();
    for (Resolution bin : bins) {
      boolean kept = steps.stream().anyMatch(step -> step.step() == bin.seconds());
      if (!steps.isEmpty() && !kept) {
        s.problem(
            path,
            "the store %s keeps no intervals of %ds: add them to its retentions (%s)"
                .formatted(store.name(), bin.seconds(), steps));
      }
    }
  }

  private List<AccumulatorSpec.Guessing> guesses(Settings s) {
    List<AccumulatorSpec.Guessing> read = new ArrayList<>();
    for (Settings rule : s.list("rules")) {
      Settings whole = rule.withDefaults(defaults.block("aggregation-rule"));
      MatcherConfig match = MatcherConfig.read(whole.block("match"), defaults);
      Function function = Guess.Rule.function(whole);
      read.add(new AccumulatorSpec.Guessing(match, function));
    }
    return List.copyOf(read);
  }
}
