package io.cadenza.store;

import io.cadenza.config.Settings;
import java.util.List;

/**
 * A store in memory, as configured; reference.conf describes every key under {@code
 * defaults.memory}.
 *
 * @param retentions finest first
 * @param maxPoints of all series and retentions together
 * @param maxNames that the index keeps
 */
public record MemoryConfig(List<Retention> retentions, int maxPoints, int maxNames) {
  public MemoryConfig {
    retentions = List.copyOf(retentions);
  }

  /** Reads a store's block that says {@code driver = memory}. */
  public static MemoryConfig read(Settings s) {
    return new MemoryConfig(
        Retentions.read(s, "retentions"),
        s.count("max-points", 1, Integer.MAX_VALUE),
        s.count("max-names", 1, Integer.MAX_VALUE));
  }
}
