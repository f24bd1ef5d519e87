package io.cadenza.hash;

import java.util.BitSet;
import java.util.List;

/**
 * A ring whose keys have positions of 32 bits: the upper 12 choose a stretch of the points, the
 * rest is a binary search in it.
 */
final class SearchRing extends PointRing {
  private static final int SHIFT = 20;
  private static final int STRETCHES = 1 << 12;

  private final long lowest;
  private final long above;

  /** By stretch: its first point, or the number of points. One more entry than asked for. */
  private final int[] stretches;

  /**
   * @param lowest the lowest position a key can have
   * @param above a key on a point's position belongs to the point behind it
   */
  SearchRing(
      RingSpec spec,
      List<Node> nodes,
      BitSet down,
      Circle circle,
      HashSource source,
      long lowest,
      boolean above) {
    super(spec, nodes, down, circle, source);
    this.lowest = lowest;
    this.above = above ? 1 : 0;
    // The highest position, made one higher by `above`, begins a stretch past the last.
    stretches = new int[STRETCHES + 2];
    for (int i = 0; i <= STRETCHES; i++) {
      stretches[i] = circle.ceiling(lowest + ((long) i << SHIFT));
    }
    stretches[STRETCHES + 1] = circle.positions.length;
  }

  private SearchRing(SearchRing other) {
    super(other);
    lowest = other.lowest;
    above = other.above;
    stretches = other.stretches;
  }

  @Override
  int start(byte[] bytes, int keyStart, int keyEnd) {
    long position = hash.position(bytes, keyStart, keyEnd) + above;
    int stretch = (int) ((position - lowest) >>> SHIFT);
    int start = circle.ceiling(position, stretches[stretch], stretches[stretch + 1]);
    return start == circle.positions.length ? 0 : start;
  }

  @Override
  public HashRing copy() {
    return new SearchRing(this);
  }
}
