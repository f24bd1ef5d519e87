package io.cadenza.route;

import io.cadenza.config.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All pipelines and clusters, as configured: immutable, shared by all routers.
 *
 * @param pipelines by name, as the configuration has them
 * @param all by name: what routers work with, pipelines that stand behind those too
 * @param clusters by name
 * @param limits of what each router remembers
 */
public record RoutingTable(
    Map<String, PipelineConfig> pipelines,
    Map<String, PipelineConfig> all,
    Map<String, ClusterConfig> clusters,
    CacheLimits limits) {
  public RoutingTable {
    pipelines = Map.copyOf(pipelines);
    all = Map.copyOf(all);
    clusters = Map.copyOf(clusters);
  }

  /** Reads {@code pipelines} and {@code clusters}, and finds pipelines that form a loop. */
  public static RoutingTable read(Settings root) {
    Settings defaults = root.block("defaults");
    CacheLimits limits = CacheLimits.read(root.block("limits"));
    Map<String, Settings> blocks = root.blocks("pipelines");
    Map<String, ClusterConfig> clusters = new LinkedHashMap<>();
    root.blocks("clusters")
        .forEach(
            (name, s) -> {
              Settings whole = s.withDefaults(defaults.block("cluster"));
              clusters.put(name, ClusterConfig.read(name, whole, defaults, limits));
              checkName(name, s);
              if (name.equals(RouteConfig.BLACKHOLE) || blocks.containsKey(name)) {
                s.problem("", "the name " + name + " has another meaning already; choose another");
              }
            });
    root.blocks("stores")
        .forEach(
            (name, s) -> {
              checkName(name, s);
              boolean taken = clusters.containsKey(name) || blocks.containsKey(name);
              if (taken || name.equals(RouteConfig.BLACKHOLE)) {
                s.problem("", "the name " + name + " has another meaning already; choose another");
              }
              clusters.putIfAbsent(name, ClusterConfig.store(name));
            });
    TreeSet<String> known = new TreeSet<>(clusters.keySet());
    known.addAll(blocks.keySet());
    known.add(RouteConfig.BLACKHOLE);
    String all = "cluster, pipeline or store; known: " + String.join(", ", known);
    Map<String, PipelineConfig> pipelines = new LinkedHashMap<>();
    blocks.forEach(
        (name, s) ->
            pipelines.put(
                name,
                PipelineConfig.read(
                    name,
                    s.withDefaults(defaults.block("pipeline")),
                    defaults,
                    known::contains,
                    all)));
    blocks.forEach(RoutingTable::checkName);
    pipelines.keySet().forEach(name -> checkLoop(name, pipelines, blocks));
    clusters.replaceAll((name, cluster) -> withRules(cluster, pipelines, root));
    return new RoutingTable(pipelines, Behind.all(pipelines), clusters, limits);
  }

  /**
   * The pipelines in the order of their lines: one whose lines may come to another, also by way of
   * an accumulator, stands before that.
   */
  public List<PipelineConfig> inOrder() {
    Set<String> begun = new HashSet<>();
    List<PipelineConfig> order = new ArrayList<>();
    pipelines.keySet().stream().sorted().forEach(name -> finish(name, begun, order));
    Collections.reverse(order);
    return order;
  }

  /** The pipelines to which lines may come from one by routes, itself too: not what they become. */
  public List<PipelineConfig> reached(String from) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> left = new ArrayDeque<>(List.of(from));
    while (!left.isEmpty()) {
      PipelineConfig next = pipelines.get(left.poll());
      if (next != null && seen.add(next.name())) {
        next.routes().forEach(route -> left.addAll(route.to()));
      }
    }
    return seen.stream().map(pipelines::get).toList();
  }

  private static void checkName(String name, Settings s) {
    if (name.indexOf(Behind.SEPARATOR) >= 0) {
      String text = "the name %s has a %c, as those have that the program gives; choose another";
      s.problem("", text.formatted(name, Behind.SEPARATOR));
    }
  }

  private void finish(String name, Set<String> begun, List<PipelineConfig> order) {
    PipelineConfig pipeline = pipelines.get(name);
    if (pipeline != null && begun.add(name)) {
      pipeline.targets().forEach(target -> finish(target, begun, order));
      order.add(pipeline);
    }
  }

  /** A cluster with the rules of the pipeline that it goes by, if it goes by one. */
  private static ClusterConfig withRules(
      ClusterConfig cluster, Map<String, PipelineConfig> pipelines, Settings root) {
    String by = cluster.aggregatedBy();
    if (by.isEmpty() || cluster.policy() != Policy.HASH) {
      return cluster;
    }
    Settings s = root.blocks("clusters").get(cluster.name());
    if (!pipelines.containsKey(by)) {
      String known = String.join(", ", new TreeSet<>(pipelines.keySet()));
      s.problem("aggregated-by", "\"" + by + "\" is no pipeline; known: " + known);
      return cluster;
    }
    List<AggregateConfig> rules = pipelines.get(by).aggregates();
    if (rules.isEmpty()) {
      s.problem("aggregated-by", "the pipeline " + by + " has no aggregation rules to go by");
    }
    return cluster.withRules(rules);
  }

  private static void checkLoop(
      String name, Map<String, PipelineConfig> pipelines, Map<String, Settings> blocks) {
    Deque<String> path = new ArrayDeque<>();
    if (leadsTo(name, name, pipelines, path, new HashSet<>())) {
      String next = path.peekFirst();
      String key = leading(pipelines.get(name), next);
      path.addFirst(name);
      blocks.get(name).problem(key, "lead back to itself: " + String.join(" -> ", path));
    }
  }

  /** The key of a pipeline that names a target. */
  private static String leading(PipelineConfig pipeline, String target) {
    if (pipeline.routes().stream().anyMatch(route -> route.to().contains(target))) {
      return "routes";
    }
    boolean rules = pipeline.aggregates().stream().anyMatch(rule -> rule.into().contains(target));
    return rules ? "aggregate" : "accumulate";
  }

  private static boolean leadsTo(
      String from,
      String to,
      Map<String, PipelineConfig> pipelines,
      Deque<String> path,
      Set<String> seen) {
    for (String target : pipelines.get(from).targets()) {
      if (!pipelines.containsKey(target) || !seen.add(target)) {
        continue;
      }
      path.addLast(target);
      if (target.equals(to) || leadsTo(target, to, pipelines, path, seen)) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }
}
