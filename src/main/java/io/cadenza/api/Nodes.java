package io.cadenza.api;

import io.cadenza.index.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What was found, in the shapes of graphite-web's {@code /metrics/find} and Cadent's. */
final class Nodes {
  private Nodes() {}

  /**
   * {@code treejson}: branches first, then leaves, each name once. A name that is both is told as
   * both, among the branches.
   *
   * @param prefix of the query, wildcards and all
   * @param wildcards whether there is to be one for all, where there are several
   */
  static List<Object> tree(List<Node> nodes, String prefix, boolean wildcards) {
    Map<String, Node> byName = new LinkedHashMap<>();
    for (Node node : nodes) {
      byName.merge(
          node.name(),
          node,
          (a, b) -> new Node(a.path(), a.name(), a.leaf() || b.leaf(), a.branch() || b.branch()));
    }
    List<Object> tree = new ArrayList<>();
    if (wildcards && nodes.size() > 1) {
      boolean branches = nodes.stream().anyMatch(Node::branch);
      tree.add(entry("*", prefix, !branches, branches));
    }
    byName.values().stream()
        .sorted(Comparator.comparing(node -> !node.branch()))
        .forEach(node -> tree.add(entry(node.name(), prefix, node.leaf(), node.branch())));
    return tree;
  }

  private static Map<String, Object> entry(
      String name, String prefix, boolean leaf, boolean branch) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("text", name);
    entry.put("id", prefix + name);
    entry.put("allowChildren", branch ? 1 : 0);
    entry.put("expandable", branch ? 1 : 0);
    entry.put("leaf", leaf ? 1 : 0);
    return entry;
  }

  /** {@code completer}: the paths of branches end with a dot. */
  static Map<String, Object> completer(List<Node> nodes, boolean wildcards) {
    List<Object> metrics = new ArrayList<>();
    for (Node node : nodes) {
      if (node.branch()) {
        metrics.add(completion(node.path() + ".", node.name(), "0"));
      }
      if (node.leaf()) {
        metrics.add(completion(node.path(), node.name(), "1"));
      }
    }
    if (wildcards && metrics.size() > 1) {
      metrics.add(Map.of("name", "*"));
    }
    return Map.of("metrics", metrics);
  }

  private static Map<String, Object> completion(String path, String name, String leaf) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", path);
    entry.put("name", name);
    entry.put("is_leaf", leaf);
    return entry;
  }

  /** {@code nodelist}: what stands in one place of the paths; negative ones count from the end. */
  static Map<String, Object> list(List<Node> nodes, int position) {
    TreeSet<String> found = new TreeSet<>(Finder.ORDER);
    for (Node node : nodes) {
      String[] parts = node.path().split("\\.", -1);
      int at = position < 0 ? parts.length + position : position;
      if (at >= 0 && at < parts.length) {
        found.add(parts[at]);
      }
    }
    return Map.of("nodes", List.copyOf(found));
  }

  /**
   * {@code json}, {@code pickle} and {@code msgpack}: leaves with the times of which there may be
   * points.
   *
   * @param interval from and until, in the shape of the format
   */
  static List<Object> plain(List<Node> nodes, Object interval) {
    List<Object> all = new ArrayList<>();
    nodes.stream()
        .sorted(Comparator.comparing(Node::path, Finder.ORDER))
        .forEach(
            node -> {
              if (node.branch()) {
                all.add(plain(node.path(), false));
              }
              if (node.leaf()) {
                Map<String, Object> leaf = plain(node.path(), true);
                leaf.put("intervals", List.of(interval));
                all.add(leaf);
              }
            });
    return all;
  }

  private static Map<String, Object> plain(String path, boolean leaf) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", path);
    entry.put("is_leaf", leaf);
    return entry;
  }

  /** Cadent's shape. */
  static List<Object> cadent(List<Node> nodes) {
    List<Object> all = new ArrayList<>();
    for (Node node : nodes) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("text", node.name());
      entry.put("expandable", node.branch() ? 1 : 0);
      entry.put("leaf", node.leaf() ? 1 : 0);
      entry.put("id", node.path());
      entry.put("path", node.path());
      entry.put("allowChildren", node.branch() ? 1 : 0);
      all.add(entry);
    }
    return all;
  }
}
