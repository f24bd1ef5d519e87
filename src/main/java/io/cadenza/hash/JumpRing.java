package io.cadenza.hash;

import io.cadenza.line.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * carbon-c-relay's jump_fnv1a_ch: a jump hash (Lamping and Veach, 2014) of the key's FNV-1a of 64
 * bits chooses a bucket; for each further replica the hash is stirred and a bucket chosen among the
 * rest.
 *
 * <p>Nodes that are down keep their bucket and are passed over, so that only their keys move.
 */
final class JumpRing extends HashRing {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final int[] order;
  private final boolean[] isDown;
  private final int width;

  /** The buckets still to be chosen from; as {@link #order} between two calls. */
  private final int[] rest;

  /** Which slots of {@link #rest} were overwritten, in turn, and what was there. */
  private final int[] slots;

  private final int[] before;
  private final int[] one = new int[1];

  JumpRing(RingSpec spec, List<Node> nodes, BitSet down) {
    super(spec, nodes, down);
    order = order(nodes);
    isDown = new boolean[nodes.size()];
    down.stream().forEach(node -> isDown[node] = true);
    width = Math.min(spec.replicas(), nodes.size() - down.cardinality());
    rest = order.clone();
    slots = new int[order.length];
    before = new int[order.length];
  }

  private JumpRing(JumpRing other) {
    super(other);
    order = other.order;
    isDown = other.isDown;
    width = other.width;
    rest = order.clone();
    slots = new int[order.length];
    before = new int[order.length];
  }

  /** Sorts by insertion: the order is not transitive where numbers and other words mix. */
  private static int[] order(List<Node> nodes) {
    List<Integer> order = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      int at = order.size();
      while (at > 0 && compare(nodes.get(order.get(at - 1)), nodes.get(node)) > 0) {
        at--;
      }
      order.add(at, node);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Numbers as numbers, other words by their bytes, nodes without any last. */
  private static int compare(Node a, Node b) {
    String left = a.hashKey() != null ? a.hashKey() : a.instance();
    String right = b.hashKey() != null ? b.hashKey() : b.instance();
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    if (isNumber(left) && isNumber(right)) {
      return Long.compare(Long.parseLong(left), Long.parseLong(right));
    }
    return Placement.compareBytes(left, right);
  }

  private static boolean isNumber(String text) {
    return text.matches("[+-]?[0-9]{1,18}");
  }

  @Override
  public int first(byte[] bytes, int keyStart, int keyEnd) {
    long hash = position(bytes, keyStart, keyEnd);
    int node = order[bucket(hash, order.length)];
    if (!isDown[node]) {
      return node;
    }
    choose(hash, one, 1);
    return one[0];
  }

  @Override
  public int replicas(byte[] bytes, int keyStart, int keyEnd, int[] into) {
    int count = Math.min(width, into.length);
    choose(position(bytes, keyStart, keyEnd), into, count);
    return count;
  }

  private void choose(long key, int[] into, int count) {
    long hash = key;
    int taken = 0;
    for (int found = 0; found < count; hash = stir(hash)) {
      int left = rest.length - taken;
      int slot = bucket(hash, left);
      int node = rest[slot];
      if (!isDown[node]) {
        into[found++] = node;
      }
      slots[taken] = slot;
      before[taken++] = node;
      rest[slot] = rest[left - 1];
    }
    while (taken > 0) {
      taken--;
      rest[slots[taken]] = before[taken];
    }
  }

  /** The step of xorshift64*. */
  private static long stir(long hash) {
    long h = hash ^ (hash >>> 12);
    h ^= h << 25;
    h ^= h >>> 27;
    return h * 2685821657736338717L;
  }

  private static int bucket(long hash, int buckets) {
    long key = hash;
    long bucket = -1;
    long next = 0;
    while (next < buckets) {
      bucket = next;
      key = key * 2862933555777941757L + 1;
      next = (long) ((bucket + 1) * (0x1.0p31 / ((key >>> 33) + 1)));
    }
    return (int) bucket;
  }

  /** FNV-1a of 64 bits over the name, bytes widened as signed ones. */
  @Override
  public long position(byte[] bytes, int keyStart, int keyEnd) {
    int end = Bytes.nameEnd(bytes, keyStart, keyEnd);
    long hash = FNV_OFFSET;
    for (int i = keyStart; i < end; i++) {
      hash = (hash ^ bytes[i]) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int bucket = 0; bucket < order.length; bucket++) {
      if (!isDown[order[bucket]]) {
        points.add(new Point(bucket, order[bucket]));
      }
    }
    return List.copyOf(points);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public HashRing copy() {
    return new JumpRing(this);
  }
}
