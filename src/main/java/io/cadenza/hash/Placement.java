package io.cadenza.hash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the points of nodes lie, for each system in its own way: how many, what happens where two
 * meet, how they are sorted. Used once, while a ring is built.
 */
final class Placement {
  /** carbon's number of points of a node, which the relays took over. */
  private static final int REPLICAS = 100;

  private static final int STATSD_VNODES = 40;

  private final RingKind kind;
  private final RingSpec spec;
  private final List<Node> nodes;
  private final BitSet down;
  private final KeyHash hash;

  Placement(RingKind kind, RingSpec spec, List<Node> nodes, BitSet down) {
    this.kind = kind;
    this.spec = spec;
    this.nodes = nodes;
    this.down = down;
    this.hash = kind.hash(spec).plain();
  }

  /** The points of the nodes that are up, in the order of the ring. */
  List<Point> points() {
    return switch (kind) {
      case CARBON, FNV1A, MMH3 -> carbon();
      case C_RELAY_CARBON -> carbonCRelay(byAddress().thenComparing(this::byInstance));
      case C_RELAY_FNV1A -> carbonCRelay(byAddress().thenComparing(p -> node(p).port()));
      case CRNG_V1 -> sorted(plain(REPLICAS), byCrngNode());
      case CRNG_V2 -> carbonRelayNg();
      case STATSD_PROXY -> sorted(plain(statsdPoints()), asConfigured());
      case CADENT -> cadent();
      case JUMP -> List.of();
    };
  }

  /**
   * A point on a taken position moves on to the next free one, past 65535 if need be. Points stay
   * when another node goes, as carbon's own ring has it.
   */
  private List<Point> carbon() {
    List<Point> points = new ArrayList<>();
    Set<Long> taken = new HashSet<>();
    for (int node = 0; node < nodes.size(); node++) {
      for (int i = 0; i < REPLICAS; i++) {
        long position = position(node, i);
        while (!taken.add(position)) {
          position++;
        }
        points.add(new Point(position, node));
      }
    }
    return sorted(up(points), asConfigured());
  }

  /** Points that meet stay, and all belong to the first of them. */
  private List<Point> carbonCRelay(Comparator<Point> ties) {
    List<Point> points = sorted(plain(REPLICAS), ties);
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      if (points.get(i).position() == before.position()) {
        points.set(i, before);
      }
    }
    return points;
  }

  /** As carbon's, but only points of earlier nodes are looked at, and 65535 is followed by 0. */
  private List<Point> carbonRelayNg() {
    List<Point> points = new ArrayList<>();
    BitSet taken = new BitSet(1 << 16);
    for (int node = 0; node < nodes.size(); node++) {
      BitSet own = new BitSet(1 << 16);
      for (int i = 0; i < REPLICAS; i++) {
        int position = nextFree(taken, (int) position(node, i));
        own.set(position);
        points.add(new Point(position, node));
      }
      taken.or(own);
    }
    return sorted(up(points), byCrngNode());
  }

  private static int nextFree(BitSet taken, int position) {
    int free = taken.nextClearBit(position);
    if (free > 0xffff) {
      free = taken.nextClearBit(0);
    }
    return free > 0xffff ? position : free;
  }

  /** Of points that meet, the one of the node added last remains. */
  private List<Point> cadent() {
    Map<Long, Point> points = new HashMap<>();
    for (Point point : plain(Math.max(1, spec.vnodes()))) {
      points.put(point.position(), point);
    }
    return sorted(new ArrayList<>(points.values()), asConfigured());
  }

  /** The proxy's library computes it so; for 7 and 14 nodes rounding makes it 39. */
  private int statsdPoints() {
    int up = nodes.size() - down.cardinality();
    double total = up * 100.0;
    return (int) Math.floor((100.0 / total) * STATSD_VNODES * up);
  }

  private List<Point> plain(int each) {
    List<Point> points = new ArrayList<>();
    for (int node = down.nextClearBit(0); node < nodes.size(); node = down.nextClearBit(node + 1)) {
      for (int i = 0; i < each; i++) {
        points.add(new Point(position(node, i), node));
      }
    }
    return points;
  }

  private long position(int node, int i) {
    return hash.position(Labels.point(kind, spec, nodes.get(node), i));
  }

  private List<Point> up(List<Point> points) {
    points.removeIf(point -> down.get(point.node()));
    return points;
  }

  private static List<Point> sorted(List<Point> points, Comparator<Point> ties) {
    points.sort(Comparator.comparingLong(Point::position).thenComparing(ties));
    return points;
  }

  private Node node(Point point) {
    return nodes.get(point.node());
  }

  private static Comparator<Point> asConfigured() {
    return Comparator.comparingInt(Point::node);
  }

  private Comparator<Point> byAddress() {
    return (a, b) -> compareBytes(node(a).plainHost(), node(b).plainHost());
  }

  /** One without an instance comes last. */
  private int byInstance(Point a, Point b) {
    String left = node(a).instance();
    String right = node(b).instance();
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return compareBytes(left, right);
  }

  /** One without an instance comes first. */
  private Comparator<Point> byCrngNode() {
    Comparator<Point> byHost =
        (a, b) -> compareBytes(Labels.crngHost(node(a)), Labels.crngHost(node(b)));
    return byHost.thenComparing((a, b) -> compareBytes(orEmpty(node(a)), orEmpty(node(b))));
  }

  private static String orEmpty(Node node) {
    return node.instance() == null ? "" : node.instance();
  }

  /** As C and Go compare strings. */
  static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
