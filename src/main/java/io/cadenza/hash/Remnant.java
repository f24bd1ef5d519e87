package io.cadenza.hash;

import io.cadenza.line.LineBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A ring of some of the nodes of another, in the other's indices. */
final class Remnant extends HashRing {
  private final HashRing full;
  private final BitSet gone;
  private final HashRing ring;

  /** By index in the ring of those that are left: the index in the full one. */
  private final int[] nodes;

  Remnant(HashRing full, BitSet gone) {
    super(full.spec(), full.nodes(), gone);
    this.full = full;
    this.gone = (BitSet) gone.clone();
    nodes = IntStream.range(0, full.nodes().size()).filter(node -> !gone.get(node)).toArray();
    List<Node> left = new ArrayList<>();
    for (int node : nodes) {
      left.add(full.nodes().get(node));
    }
    ring = Rings.of(full.spec(), left, new BitSet(), full.keys());
  }

  @Override
  public int first(byte[] bytes, int keyStart, int keyEnd) {
    return nodes[ring.first(bytes, keyStart, keyEnd)];
  }

  @Override
  public void firsts(LineBatch batch, int first, int count, int[] into) {
    ring.firsts(batch, first, count, into);
    for (int i = 0; i < count; i++) {
      into[i] = nodes[into[i]];
    }
  }

  @Override
  public int replicas(byte[] bytes, int keyStart, int keyEnd, int[] into) {
    int count = ring.replicas(bytes, keyStart, keyEnd, into);
    for (int i = 0; i < count; i++) {
      into[i] = nodes[into[i]];
    }
    return count;
  }

  @Override
  public long position(byte[] bytes, int keyStart, int keyEnd) {
    return ring.position(bytes, keyStart, keyEnd);
  }

  @Override
  public List<Point> points() {
    return ring.points().stream().map(p -> new Point(p.position(), nodes[p.node()])).toList();
  }

  @Override
  public int width() {
    return ring.width();
  }

  @Override
  public HashRing copy() {
    return new Remnant(full.copy(), gone);
  }
}
