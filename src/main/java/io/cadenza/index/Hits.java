package io.cadenza.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a search found, up to a bound. Belongs to one search. */
final class Hits {
  private final List<Node> nodes = new ArrayList<>();
  private final String query;
  private final boolean leavesOnly;
  private final int limit;

  /** The paths so far, where one may be found again; else null. */
  private final Set<String> seen;

  Hits(String query, boolean leavesOnly, int limit, boolean again) {
    this.query = query;
    this.leavesOnly = leavesOnly;
    this.limit = limit;
    seen = again ? new HashSet<>() : null;
  }

  /**
   * Adds what is at a path, unless it is not asked for.
   *
   * @param nameStart where its last component begins
   * @throws TooManyException if the limit is reached already
   */
  void add(byte[] path, int nameStart, int end, boolean leaf, boolean branch) {
    if (leavesOnly && !leaf) {
      return;
    }
    String text = new String(path, 0, end, StandardCharsets.UTF_8);
    if (seen != null && !seen.add(text)) {
      return;
    }
    String name = nameStart == 0 ? text : text(path, nameStart, end);
    add(new Node(text, name, leaf, branch));
  }

  private static String text(byte[] path, int from, int to) {
    return new String(path, from, to - from, StandardCharsets.UTF_8);
  }

  /** Adds a node. */
  void add(Node node) {
    if (nodes.size() == limit) {
      throw TooManyException.found(limit, "names", query);
    }
    nodes.add(node);
  }

  /** All of them by name; those that share one as they were found, so in the order of the tree. */
  List<Node> byName() {
    if (areInOrder()) {
      return nodes; // as those below one branch are
    }
    // Names are few where nodes are many: sorting those takes a tenth of the time.
    Map<String, List<Node>> byName = new HashMap<>();
    for (Node node : nodes) {
      byName.computeIfAbsent(node.name(), name -> new ArrayList<>(1)).add(node);
    }
    List<String> names = new ArrayList<>(byName.keySet());
    names.sort(TextOrder.CODE_POINTS);
    List<Node> sorted = new ArrayList<>(nodes.size());
    names.forEach(name -> sorted.addAll(byName.get(name)));
    return sorted;
  }

  private boolean areInOrder() {
    for (int i = 1; i < nodes.size(); i++) {
      if (TextOrder.CODE_POINTS.compare(nodes.get(i - 1).name(), nodes.get(i).name()) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Their paths, in order. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(nodes.size());
    nodes.forEach(node -> paths.add(node.path()));
    paths.sort(TextOrder.CODE_POINTS);
    return paths;
  }
}
