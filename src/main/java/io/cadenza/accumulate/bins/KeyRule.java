package io.cadenza.accumulate.bins;

/** Which keys a rule is for. Asked once for each new key, by the threads of all shards. */
@FunctionalInterface
public interface KeyRule {
  /** Whether it is for the key in {@code key[from, to)}, tags included. */
  boolean matches(byte[] key, int from, int to);
}
