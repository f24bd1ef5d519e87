package io.cadenza.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * How evenly a ring spreads keys, tried with made-up ones. For the {@code ring} command and for the
 * warning at start; takes some 10 ms.
 *
 * @param keys how many were tried
 * @param shares by node, as a multiple of the mean: 1 is even
 */
public record Balance(int keys, List<Double> shares) {
  /** Enough to see a few percent with a hundred nodes. */
  public static final int DEFAULT_KEYS = 100_000;

  private static final String[] LEAVES = {
    "cpu.user", "cpu.system", "memory.free", "disk.sda1.iops", "load.shortterm", "requests.p99"
  };

  /** Counts which node is first for each key. Nodes that were taken out get 0. */
  public static Balance of(HashRing ring, int keys) {
    long[] counts = new long[ring.nodes().size()];
    for (int i = 0; i < keys; i++) {
      byte[] key = key(i);
      int node = ring.first(key, 0, key.length);
      if (node >= 0) {
        counts[node]++;
      }
    }
    double mean = (double) keys / counts.length;
    return new Balance(keys, Arrays.stream(counts).mapToObj(count -> count / mean).toList());
  }

  public static Balance of(HashRing ring) {
    return of(ring, DEFAULT_KEYS);
  }

  /** A key as senders have them, another for every number. */
  static byte[] key(int i) {
    int host = i / LEAVES.length;
    String key = "dc" + host % 3 + ".servers.web" + host + "." + LEAVES[i % LEAVES.length];
    return key.getBytes(StandardCharsets.UTF_8);
  }

  /** The smallest share. */
  public double min() {
    return shares.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }

  /** The largest share. */
  public double max() {
    return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** A node's part of all keys, in percent. */
  public double percent(int node) {
    return 100 * shares.get(node) / shares.size();
  }
}
