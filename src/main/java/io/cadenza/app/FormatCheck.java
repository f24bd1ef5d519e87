package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.config.Settings;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.route.AccumulateConfig;
import io.cadenza.route.PipelineConfig;
import io.cadenza.route.RoutingTable;
import java.util.List;
import java.util.Map;

/**
 * Tells where accumulators and aggregation rules would get lines that they can't read: from a
 * listener, or from another accumulator, maybe by other pipelines.
 */
final class FormatCheck {
  private static final String STATSD = "statsd";
  private static final String GRAPHITE = "graphite";

  private final RoutingTable table;
  private final Settings root;

  FormatCheck(RoutingTable table, Settings root) {
    this.table = table;
    this.root = root;
  }

  void check(List<ListenerConfig> listeners, Map<String, AccumulatorSpec> accumulators) {
    for (ListenerConfig listener : listeners) {
      Settings s = root.blocks("listeners").get(listener.name());
      if (!listener.format().equals("auto")) {
        check(listener.into(), listener.format(), s, "format");
      }
    }
    root.blocks("pipelines").forEach((name, s) -> check(name, s, accumulators));
  }

  private void check(String name, Settings s, Map<String, AccumulatorSpec> accumulators) {
    PipelineConfig pipeline = table.pipelines().get(name);
    pipeline.aggregates().forEach(rule -> check(rule.into(), GRAPHITE, s, "aggregate"));
    if (pipeline.accumulate() != null) {
      Settings own = s.block("accumulate");
      AccumulatorSpec spec = accumulators.get(pipeline.accumulator());
      check(pipeline.accumulate().into(), output(spec), own, "output");
      check(pipeline.accumulate().rollupsInto(), GRAPHITE, own, "rollups-into");
    }
  }

  private static String output(AccumulatorSpec spec) {
    return spec.kind().output() == Output.STATSD ? STATSD : GRAPHITE;
  }

  private void check(List<String> into, String format, Settings s, String key) {
    into.forEach(target -> check(target, format, s, key));
  }

  private void check(String target, String format, Settings s, String key) {
    boolean statsd = format.equals(STATSD);
    boolean regex = format.equals("regex");
    for (PipelineConfig pipeline : table.reached(target)) {
      AccumulateConfig accumulate = pipeline.accumulate();
      if (accumulate != null && (regex || accumulate.statsd() != statsd)) {
        String whose = "the accumulator of the pipeline " + pipeline.name() + " reads";
        tell(format, whose, accumulate.format(), s, key);
      }
      if (!pipeline.aggregates().isEmpty() && (regex || statsd)) {
        String whose = "the aggregation rules of the pipeline " + pipeline.name() + " read";
        tell(format, whose, GRAPHITE, s, key);
      }
    }
  }

  private static void tell(String format, String whose, String wanted, Settings s, String key) {
    s.problem(key, "\"%s\" is not what %s, which is %s".formatted(format, whose, wanted));
  }
}
