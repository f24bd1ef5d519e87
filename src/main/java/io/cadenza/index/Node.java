package io.cadenza.index;

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
public record Node(String path, String name, boolean leaf, boolean branch) {}
