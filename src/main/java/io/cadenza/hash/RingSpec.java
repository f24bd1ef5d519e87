package io.cadenza.hash;

/**
 * Which ring, as configuration names it. Read by {@link Rings}, which also says what is wrong with
 * one.
 *
 * @param hash one of {@link Rings#NAMES}
 * @param replicas how many destinations a key is to get
 * @param diverseReplicas carbon's rings only: no two destinations of a key on one host
 * @param fast carbon's rings only: its fast-hashing
 * @param algo {@code cadent} only: one of {@link Rings#ALGOS}; null is {@code mmh3}
 * @param elter {@code cadent} only: one of {@link Rings#ELTERS}; null is {@code simple}
 * @param vnodes {@code cadent} only: points of a node; below 1 counts as 1, as Cadent has it
 * @param cacheKeys keys that each thread remembers at most, where hashing costs more than looking
 */
public record RingSpec(
    String hash,
    int replicas,
    boolean diverseReplicas,
    boolean fast,
    String algo,
    String elter,
    int vnodes,
    int cacheKeys) {

  /** Cadent's own number of points of a node. */
  public static final int DEFAULT_VNODES = 4;

  /** How many keys are remembered where nothing else is said. */
  public static final int DEFAULT_CACHE_KEYS = 1 << 20;

  public RingSpec {
    algo = algo == null ? "mmh3" : algo;
    elter = elter == null ? "simple" : elter;
  }

  /** One that remembers as many keys as by default. */
  public RingSpec(
      String hash,
      int replicas,
      boolean diverseReplicas,
      boolean fast,
      String algo,
      String elter,
      int vnodes) {
    this(hash, replicas, diverseReplicas, fast, algo, elter, vnodes, DEFAULT_CACHE_KEYS);
  }

  /** A ring with everything else at its default. */
  public static RingSpec of(String hash) {
    return new RingSpec(hash, 1, true, false, null, null, DEFAULT_VNODES);
  }

  /** The same ring with so many destinations for a key. */
  public RingSpec withReplicas(int replicas) {
    return new RingSpec(hash, replicas, diverseReplicas, fast, algo, elter, vnodes, cacheKeys);
  }
}
