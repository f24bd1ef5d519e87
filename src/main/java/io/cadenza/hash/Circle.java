package io.cadenza.hash;

import java.util.Arrays;
import java.util.List;

/**
 * The points of a ring in order, and which nodes a walk from each of them meets. Immutable; shared
 * by the rings of all threads.
 */
final class Circle {
  /** Beyond this many entries walks are not prepared but done each time. */
  private static final int MOST_PREPARED = 1 << 20;

  final long[] positions;
  final int[] owners;

  /** By node: of nodes in one group, a key gets only one. */
  private final int[] groups;

  /** How many nodes each walk finds. */
  final int width;

  /** For each point, the nodes a walk from it meets, or null. */
  private final short[] prepared;

  /**
   * @param wanted nodes for a key
   */
  Circle(List<Point> points, int[] groups, int wanted) {
    positions = points.stream().mapToLong(Point::position).toArray();
    owners = points.stream().mapToInt(Point::node).toArray();
    this.groups = groups;
    long distinct = Arrays.stream(owners).map(node -> groups[node]).distinct().count();
    width = (int) Math.min(wanted, distinct);
    boolean prepare = width > 1 && (long) width * owners.length <= MOST_PREPARED;
    prepared = prepare ? prepare() : null;
  }

  private short[] prepare() {
    short[] all = new short[owners.length * width];
    int[] row = new int[width];
    Marks marks = new Marks(groups.length);
    for (int start = 0; start < owners.length; start++) {
      walk(start, row, width, marks);
      for (int i = 0; i < width; i++) {
        all[start * width + i] = (short) row[i];
      }
    }
    return all;
  }

  /** Fills in the nodes that a walk from this point meets. */
  int replicas(int start, int[] into, Marks marks) {
    int count = Math.min(width, into.length);
    if (prepared == null) {
      walk(start, into, count, marks);
      return count;
    }
    int from = start * width;
    for (int i = 0; i < count; i++) {
      into[i] = prepared[from + i];
    }
    return count;
  }

  private void walk(int start, int[] into, int count, Marks marks) {
    marks.clear();
    int found = 0;
    for (int at = start; found < count; at = at + 1 == owners.length ? 0 : at + 1) {
      if (marks.mark(groups[owners[at]])) {
        into[found++] = owners[at];
      }
    }
  }

  /** The first point at this position or above; the number of points when there is none. */
  int ceiling(long position) {
    return ceiling(position, 0, positions.length);
  }

  /** The same, known to lie in {@code [from, to]}. */
  int ceiling(long position, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (positions[middle] < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  List<Point> points() {
    Point[] points = new Point[owners.length];
    Arrays.setAll(points, i -> new Point(positions[i], owners[i]));
    return List.of(points);
  }

  /** A set of small numbers that is emptied at once. One thread's. */
  static final class Marks {
    private final int[] rounds;
    private int round;

    Marks(int size) {
      rounds = new int[size];
    }

    void clear() {
      if (++round == 0) {
        Arrays.fill(rounds, 0);
        round = 1;
      }
    }

    /** Adds a number; false when it was there already. */
    boolean mark(int number) {
      boolean fresh = rounds[number] != round;
      rounds[number] = round;
      return fresh;
    }
  }
}
