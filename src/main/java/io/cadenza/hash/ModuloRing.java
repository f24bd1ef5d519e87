package io.cadenza.hash;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * carbon's fast-hashing: the nodes sorted by the hash of their text; a key's hash modulo their
 * number says where to begin.
 */
final class ModuloRing extends PointRing {
  ModuloRing(RingSpec spec, List<Node> nodes, BitSet down, Circle circle, HashSource source) {
    super(spec, nodes, down, circle, source);
  }

  private ModuloRing(ModuloRing other) {
    super(other);
  }

  /**
   * Each node once. Of two with one hash, carbon's order is by chance; here the configured first.
   */
  static List<Point> points(HashKind kind, List<Node> nodes, BitSet down) {
    KeyHash hash = kind.plain();
    return IntStream.range(0, nodes.size())
        .filter(node -> !down.get(node))
        .mapToObj(node -> new Point(hash.position(Labels.fast(nodes.get(node))), node))
        .sorted(Comparator.comparingLong(Point::position))
        .toList();
  }

  /** As Python's modulo: never negative. */
  @Override
  int start(byte[] bytes, int keyStart, int keyEnd) {
    return Math.floorMod(hash.position(bytes, keyStart, keyEnd), circle.owners.length);
  }

  @Override
  public HashRing copy() {
    return new ModuloRing(this);
  }
}
