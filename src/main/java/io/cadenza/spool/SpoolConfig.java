package io.cadenza.spool;

import io.cadenza.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where lines are kept on disk, how many and how safely.
 *
 * @param path the folder of all spools
 * @param maxBytes of one destination, all its lanes together
 * @param maxAge older lines are dropped; zero: however old
 * @param segmentBytes of one file; a longer run has a file of its own
 * @param syncEvery the interval of {@link Sync#INTERVAL}
 */
public record SpoolConfig(
    Path path,
    long maxBytes,
    Duration maxAge,
    long segmentBytes,
    Sync sync,
    Duration syncEvery,
    AtBound atBound) {
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Reads the block {@code spool}. */
  public static SpoolConfig read(Settings s) {
    String text = s.text("sync");
    Sync sync =
        switch (text) {
          case "none" -> Sync.NONE;
          case "always" -> Sync.ALWAYS;
          default -> Sync.INTERVAL;
        };
    Duration every =
        sync == Sync.INTERVAL
            ? s.duration("sync", Duration.ofMillis(1), Duration.ofHours(1))
            : Duration.ZERO;
    return new SpoolConfig(
        Path.of(s.text("path")),
        s.bytes("max-bytes", 1 << 20, 1L << 50),
        s.duration("max-age", Duration.ZERO, LONGEST),
        s.has("segment") ? s.bytes("segment", 1 << 12, 1L << 40) : 64L << 20,
        sync,
        every,
        s.choice("on-full", AtBound.class));
  }
}
