package io.cadenza.index;

import java.util.Comparator;

/**
 * A place in the tree of names that a query matched.
 *
 * <p>Graphite's {@code treejson} puts the query's own prefix in front of {@link #name}, wildcards
 * and all, where other formats have {@link #path}.
 *
 * @param path the real path from the root, without wildcards
 * @param name its last component; of a series with tags all of it
 * @param leaf whether a metric has this name
 * @param branch whether there are names below; one and the same path may be leaf and branch
 */
public record Node(String path, String name, boolean leaf, boolean branch) {
  /** By name and, where that is the same, by path; as code points are ordered. */
  static final Comparator<Node> BY_NAME =
      Comparator.comparing(Node::name, TextOrder.CODE_POINTS)
          .thenComparing(Node::path, TextOrder.CODE_POINTS);
}
