package io.cadenza.hash;

import io.cadenza.line.LineBatch;
import java.util.BitSet;
import java.util.List;

/**
 * Which nodes a key belongs to. Asked by the router for every line of a hash cluster.
 *
 * <p>The tables are immutable, but an instance keeps scratch state (digest, cache, marks): one
 * thread an instance. {@link #copy()} gives another thread its own, with the same tables. Any bytes
 * are a key; nothing here throws for one.
 */
public abstract class HashRing {
  /** How many lines {@link #firsts} takes at once. */
  public static final int GROUP = 64;

  private final RingSpec spec;
  private final List<Node> nodes;
  private final BitSet down;

  HashRing(RingSpec spec, List<Node> nodes, BitSet down) {
    this.spec = spec;
    this.nodes = nodes;
    this.down = down;
  }

  HashRing(HashRing other) {
    this(other.spec, other.nodes, other.down);
  }

  /** The node of a key: an index into {@link #nodes()}, or -1 when the ring has no node left. */
  public abstract int first(byte[] bytes, int keyStart, int keyEnd);

  /**
   * The nodes of neighbouring lines, as {@link #first} answers them. Where keys are looked up in
   * memory, the looks of one group overlap instead of following one another.
   *
   * @param count at most {@link #GROUP}
   */
  public void firsts(LineBatch batch, int first, int count, int[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = first(batch.bytes(), batch.keyStart(first + i), batch.keyEnd(first + i));
    }
  }

  /**
   * The nodes of a key, without repeats, in the order chosen: the first is {@link #first}.
   *
   * @param into takes as many indices as were configured, or as it has room for
   * @return how many; fewer than configured when the ring has not got as many that may serve one
   *     key together
   */
  public abstract int replicas(byte[] bytes, int keyStart, int keyEnd, int[] into);

  /** What a key hashes to, in the terms of {@link Point#position()}. For display. */
  public abstract long position(byte[] bytes, int keyStart, int keyEnd);

  /** The points in the order of the ring, for display. */
  public abstract List<Point> points();

  /** How many indices {@link #replicas} fills at most. */
  public abstract int width();

  /** How many keys this instance remembers now, to look them up rather than hash them. */
  public long rememberedKeys() {
    return 0;
  }

  /** How many keys this instance remembers at most; 0 when it has no need to. */
  public long mostKeys() {
    return 0;
  }

  /** The same ring for another thread: shared tables, scratch state of its own. */
  public abstract HashRing copy();

  /**
   * The same ring with nodes taken out, for health checks that remove. Indices stay those of the
   * full list. With no node left the ring is empty: {@link #first} answers -1, {@link #replicas} 0.
   *
   * <p>Only keys of the nodes taken out move, save where the original moves more: the statsd
   * proxy's ring (its number of points a node depends on how many nodes there are) and carbon's
   * fast-hashing (a modulus). A jump hash passes over nodes that are down. Nodes come back by
   * asking the full ring again. The answer is independent of this instance; any thread may take it.
   */
  public final HashRing without(BitSet downNodes) {
    BitSet all = (BitSet) down.clone();
    all.or(downNodes);
    return Rings.of(spec, nodes, all);
  }

  /**
   * The ring as it is when these nodes are not configured, as systems have it that take a node out:
   * the same as {@link Rings#of} the others, save that indices stay those of the full list.
   *
   * <p>Any thread may make it, but it remembers keys together with this ring, so that only the
   * thread of this one may use it. Nodes come back by asking this ring again.
   *
   * @param gone some nodes, not all
   */
  public final HashRing rebuiltWithout(BitSet gone) {
    return new Remnant(this, gone);
  }

  /** What remembers keys, or null: {@link #rebuiltWithout} uses it too. */
  KeyHash keys() {
    return null;
  }

  public final RingSpec spec() {
    return spec;
  }

  /** All nodes in the order of the configuration, those taken out included. */
  public final List<Node> nodes() {
    return nodes;
  }

  /** The ring of nobody. */
  static final class Empty extends HashRing {
    Empty(RingSpec spec, List<Node> nodes, BitSet down) {
      super(spec, nodes, down);
    }

    @Override
    public int first(byte[] bytes, int keyStart, int keyEnd) {
      return -1;
    }

    @Override
    public int replicas(byte[] bytes, int keyStart, int keyEnd, int[] into) {
      return 0;
    }

    @Override
    public long position(byte[] bytes, int keyStart, int keyEnd) {
      return 0;
    }

    @Override
    public List<Point> points() {
      return List.of();
    }

    @Override
    public int width() {
      return 0;
    }

    @Override
    public HashRing copy() {
      return this;
    }
  }
}
