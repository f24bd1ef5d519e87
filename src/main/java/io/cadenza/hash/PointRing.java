package io.cadenza.hash;

import java.util.BitSet;
import java.util.List;

/** A ring with points: a key belongs to the next one. How that is found is for the subclass. */
abstract class PointRing extends HashRing {
  final Circle circle;
  final KeyHash hash;
  private final HashSource source;
  private final Circle.Marks marks;

  /** Makes the hash of a thread. */
  interface HashSource {
    KeyHash forKeys();
  }

  PointRing(RingSpec spec, List<Node> nodes, BitSet down, Circle circle, HashSource source) {
    super(spec, nodes, down);
    this.circle = circle;
    this.source = source;
    hash = source.forKeys();
    marks = new Circle.Marks(nodes.size());
  }

  PointRing(PointRing other) {
    super(other);
    circle = other.circle;
    source = other.source;
    hash = source.forKeys();
    marks = new Circle.Marks(nodes().size());
  }

  /** The index of the point that a key belongs to. */
  abstract int start(byte[] bytes, int keyStart, int keyEnd);

  @Override
  public int first(byte[] bytes, int keyStart, int keyEnd) {
    return circle.owners[start(bytes, keyStart, keyEnd)];
  }

  @Override
  public final int replicas(byte[] bytes, int keyStart, int keyEnd, int[] into) {
    return circle.replicas(start(bytes, keyStart, keyEnd), into, marks);
  }

  @Override
  public final long position(byte[] bytes, int keyStart, int keyEnd) {
    return hash.position(bytes, keyStart, keyEnd);
  }

  @Override
  final KeyHash keys() {
    return hash;
  }

  @Override
  public final long rememberedKeys() {
    return hash.remembered();
  }

  @Override
  public final long mostKeys() {
    return hash.most();
  }

  @Override
  public final List<Point> points() {
    return circle.points();
  }

  @Override
  public final int width() {
    return circle.width;
  }
}
