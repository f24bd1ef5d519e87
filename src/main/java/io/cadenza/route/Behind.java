package io.cadenza.route;

import io.cadenza.line.Validation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pipelines that stand behind one that the configuration names, and which it need not name: for
 * lines that an accumulator or aggregation rules give, and for rewrites behind the aggregation.
 * They look at nothing again, and have figures of their own. Immutable.
 */
public final class Behind {
  /** In their names; no name that the configuration gives has it. */
  static final char SEPARATOR = ':';

  private Behind() {}

  /** Whether it is the name of a pipeline that stands behind another. */
  public static boolean isBehind(String name) {
    return name.indexOf(SEPARATOR) >= 0;
  }

  /** What the lines are for that the accumulator of a pipeline flushes. */
  public static String flushed(PipelineConfig pipeline, Map<String, PipelineConfig> pipelines) {
    return target(pipeline.name() + ":flushed", pipeline.accumulate().into(), pipelines);
  }

  /** What the lines of coarser bins are for; null where there are none. */
  public static String rollups(PipelineConfig pipeline, Map<String, PipelineConfig> pipelines) {
    List<String> into = pipeline.accumulate().rollupsInto();
    return into.isEmpty() ? null : target(pipeline.name() + ":rollups", into, pipelines);
  }

  /** What the lines are for that one of a pipeline's aggregation rules gives. */
  public static String aggregated(
      PipelineConfig pipeline, int rule, Map<String, PipelineConfig> pipelines) {
    List<String> into = pipeline.aggregates().get(rule).into();
    return into.isEmpty()
        ? aggregated(pipeline)
        : target(pipeline.name() + ":aggregated:" + rule, into, pipelines);
  }

  private static String aggregated(PipelineConfig pipeline) {
    return pipeline.name() + ":aggregated";
  }

  /** One pipeline gets the lines itself. */
  private static String target(
      String own, List<String> into, Map<String, PipelineConfig> pipelines) {
    return into.size() == 1 && pipelines.containsKey(into.get(0)) ? into.get(0) : own;
  }

  /** All pipelines there have to be: those given, changed where something stands behind them. */
  static Map<String, PipelineConfig> all(Map<String, PipelineConfig> given) {
    Map<String, PipelineConfig> all = new LinkedHashMap<>();
    given.values().forEach(pipeline -> add(pipeline, given, all));
    return all;
  }

  private static void add(
      PipelineConfig pipeline, Map<String, PipelineConfig> given, Map<String, PipelineConfig> all) {
    PipelineConfig itself = pipeline;
    if (!pipeline.postRewrites().isEmpty()) {
      String post = pipeline.name() + ":post";
      put(all, plain(post, pipeline.postRewrites(), pipeline.routes()));
      itself = pipeline.withRoutes(to(List.of(post)));
    }
    put(all, itself);
    if (pipeline.accumulate() != null) {
      put(all, flushed(pipeline, given), pipeline.accumulate().into(), given);
      if (!pipeline.accumulate().rollupsInto().isEmpty()) {
        put(all, rollups(pipeline, given), pipeline.accumulate().rollupsInto(), given);
      }
    }
    for (int i = 0; i < pipeline.aggregates().size(); i++) {
      List<String> into = pipeline.aggregates().get(i).into();
      if (into.isEmpty()) {
        List<RewriteConfig> post = pipeline.rewritePost() ? pipeline.postRewrites() : List.of();
        put(all, plain(aggregated(pipeline), post, pipeline.routes()));
      } else {
        put(all, aggregated(pipeline, i, given), into, given);
      }
    }
  }

  private static void put(
      Map<String, PipelineConfig> all,
      String name,
      List<String> into,
      Map<String, PipelineConfig> given) {
    if (!given.containsKey(name)) {
      put(all, plain(name, List.of(), to(into)));
    }
  }

  private static void put(Map<String, PipelineConfig> all, PipelineConfig pipeline) {
    all.put(pipeline.name(), pipeline);
  }

  private static List<RouteConfig> to(List<String> targets) {
    return List.of(new RouteConfig("all", MatcherConfig.ALL, targets, false));
  }

  private static PipelineConfig plain(
      String name, List<RewriteConfig> rewrites, List<RouteConfig> routes) {
    return new PipelineConfig(
        name,
        Validation.NONE,
        "",
        List.of(),
        List.of(),
        rewrites,
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        routes);
  }
}
