package io.cadenza.hash;

import io.cadenza.line.LineBatch;
import java.util.BitSet;
import java.util.List;

/** A ring whose keys have positions of 16 bits: the answer for each is in a table. */
final class TableRing extends PointRing {
  private static final int POSITIONS = 1 << 16;

  /** By position: whose it is. */
  private final long[] positions = new long[GROUP];

  private final short[] owners;

  /** By position: the index of the point. */
  private final char[] starts;

  /**
   * @param above a key on a point's position belongs to the point behind it
   */
  TableRing(
      RingSpec spec,
      List<Node> nodes,
      BitSet down,
      Circle circle,
      HashSource source,
      boolean above) {
    super(spec, nodes, down, circle, source);
    owners = new short[POSITIONS];
    starts = new char[POSITIONS];
    int at = 0;
    for (int position = 0; position < POSITIONS; position++) {
      long least = above ? position + 1 : position;
      while (at < circle.positions.length && circle.positions[at] < least) {
        at++;
      }
      int start = at == circle.positions.length ? 0 : at;
      starts[position] = (char) start;
      owners[position] = (short) circle.owners[start];
    }
  }

  private TableRing(TableRing other) {
    super(other);
    owners = other.owners;
    starts = other.starts;
  }

  /** Whether point indices fit the table. */
  static boolean fits(Circle circle) {
    return circle.positions.length <= POSITIONS;
  }

  @Override
  public int first(byte[] bytes, int keyStart, int keyEnd) {
    return owners[(int) hash.position(bytes, keyStart, keyEnd)];
  }

  @Override
  public void firsts(LineBatch batch, int first, int count, int[] into) {
    hash.positions(batch, first, count, positions);
    for (int i = 0; i < count; i++) {
      into[i] = owners[(int) positions[i]];
    }
  }

  @Override
  int start(byte[] bytes, int keyStart, int keyEnd) {
    return starts[(int) hash.position(bytes, keyStart, keyEnd)];
  }

  @Override
  public HashRing copy() {
    return new TableRing(this);
  }
}
