package io.cadenza.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes rings, and says what is wrong or unwise about one. The only place that knows all kinds. */
public final class Rings {
  /** What {@code hash} may be. */
  public static final List<String> NAMES =
      Arrays.stream(RingKind.values()).map(kind -> kind.word).toList();

  /** What {@code algo} may be for a {@code cadent} ring. */
  public static final List<String> ALGOS = List.copyOf(CadentNames.ALGOS.keySet());

  /** What {@code elter} may be for a {@code cadent} ring. */
  public static final List<String> ELTERS = List.copyOf(CadentNames.ELTERS.keySet());

  /** Indices of nodes are kept in 16 bits. */
  private static final int MOST_NODES = Short.MAX_VALUE;

  private Rings() {}

  /**
   * Makes a ring. Without nodes it is empty, see {@link HashRing#without}.
   *
   * @throws IllegalArgumentException if {@link #problems} has something to say
   */
  public static HashRing of(RingSpec spec, List<Node> nodes) {
    return of(spec, nodes, new BitSet());
  }

  static HashRing of(RingSpec spec, List<Node> nodes, BitSet down) {
    return of(spec, nodes, down, null);
  }

  /**
   * @param keys the hash of a ring of the same kind that the same thread has, or null for one of
   *     its own
   */
  static HashRing of(RingSpec spec, List<Node> nodes, BitSet down, KeyHash keys) {
    List<String> problems = problems(spec, nodes);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    List<Node> members = List.copyOf(nodes);
    BitSet gone = down.get(0, members.size());
    if (gone.cardinality() == members.size()) {
      return new HashRing.Empty(spec, members, gone);
    }
    RingKind kind = RingKind.named(spec.hash());
    if (kind == RingKind.JUMP) {
      return new JumpRing(spec, members, gone);
    }
    return pointRing(kind, spec, members, gone, keys);
  }

  private static HashRing pointRing(
      RingKind kind, RingSpec spec, List<Node> nodes, BitSet down, KeyHash known) {
    HashKind hash = kind.hash(spec);
    PointRing.HashSource keys = known == null ? keys(kind, hash, spec.cacheKeys()) : () -> known;
    int[] groups = groups(kind, spec, nodes);
    if (kind.ofCarbon() && spec.fast()) {
      List<Point> points = ModuloRing.points(hash, nodes, down);
      Circle circle = new Circle(points, groups, spec.replicas());
      return new ModuloRing(spec, nodes, down, circle, keys);
    }
    List<Point> points = new Placement(kind, spec, nodes, down).points();
    Circle circle = new Circle(points, groups, spec.replicas());
    boolean above = kind == RingKind.CADENT;
    if (hash.bits == 16 && TableRing.fits(circle)) {
      return new TableRing(spec, nodes, down, circle, keys, above);
    }
    return new SearchRing(spec, nodes, down, circle, keys, hash.lowest, above);
  }

  private static PointRing.HashSource keys(RingKind kind, HashKind hash, int most) {
    return switch (kind) {
      case C_RELAY_CARBON, C_RELAY_FNV1A -> () -> new NameHash(hash.forKeys(most));
      case CARBON, FNV1A, MMH3, JUMP, CRNG_V1, CRNG_V2, STATSD_PROXY, CADENT ->
          () -> hash.forKeys(most);
    };
  }

  /** By node: the first node that has its host, if replicas are to be diverse; else itself. */
  private static int[] groups(RingKind kind, RingSpec spec, List<Node> nodes) {
    int[] groups = new int[nodes.size()];
    Map<String, Integer> hosts = new HashMap<>();
    for (int node = 0; node < groups.length; node++) {
      String host = nodes.get(node).plainHost();
      boolean diverse = kind.ofCarbon() && spec.diverseReplicas();
      groups[node] = diverse ? hosts.computeIfAbsent(host, h -> hosts.size()) : node;
    }
    return groups;
  }

  /** What keeps a ring from being made, in words for the author of the configuration. */
  public static List<String> problems(RingSpec spec, List<Node> nodes) {
    List<String> problems = new ArrayList<>();
    RingKind kind = RingKind.named(spec.hash());
    unknown("hash", spec.hash(), NAMES, problems);
    if (kind == RingKind.CADENT) {
      unknown("algo", spec.algo(), ALGOS, problems);
      unknown("elter", spec.elter(), ELTERS, problems);
    }
    if (spec.replicas() < 1) {
      problems.add("replicas is " + spec.replicas() + ", at least 1 is needed");
    }
    if (nodes.size() > MOST_NODES) {
      problems.add(nodes.size() + " destinations, at most " + MOST_NODES + " can be had");
    }
    return problems;
  }

  private static void unknown(String what, String word, List<String> known, List<String> problems) {
    if (!known.contains(word)) {
      problems.add(what + " \"" + word + "\" is none of " + String.join(", ", known));
    }
  }

  /** What works but is hardly meant, in words for the author of the configuration. */
  public static List<String> warnings(RingSpec spec, List<Node> nodes) {
    return new Warnings(spec, nodes).all();
  }

  /** What the ring's system hashes for a node, without the number of the point. For display. */
  public static String label(RingSpec spec, Node node) {
    RingKind kind = RingKind.named(spec.hash());
    return kind.ofCarbon() && spec.fast() ? Labels.fast(node) : Labels.node(kind, node);
  }

  /** FNV-1a of 32 bits: what carbon-c-relay's {@code any_of} takes modulo its members. */
  public static int fnv1a(byte[] bytes, int start, int end) {
    return HashKind.fnv1a(bytes, start, end);
  }
}
