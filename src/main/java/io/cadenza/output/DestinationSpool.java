package io.cadenza.output;

import io.cadenza.config.Settings;
import io.cadenza.spool.AtBound;
import io.cadenza.spool.SpoolConfig;
import java.time.Duration;

/**
 * How a destination waits on disk; reference.conf describes every key under {@code
 * defaults.destination.spool}.
 *
 * @param files where, how much and how safely
 * @param freshFirst whether lines that come now go before those on disk
 * @param replayRate lines a second that are read back at most, 0 for as many as the destination
 *     takes
 */
public record DestinationSpool(SpoolConfig files, boolean freshFirst, int replayRate) {
  /** Files that a full spool consists of at least: the oldest goes as a whole. */
  private static final long LEAST_SEGMENTS = 8;

  private static final Duration LONGEST = Duration.ofDays(3650);

  /**
   * Reads the block of one destination.
   *
   * @param base what holds where it says nothing
   */
  static DestinationSpool read(Settings s, SpoolConfig base) {
    long maxBytes = s.has("max-bytes") ? s.bytes("max-bytes", 1 << 20, 1L << 50) : base.maxBytes();
    Duration maxAge =
        s.has("max-age") ? s.duration("max-age", Duration.ZERO, LONGEST) : base.maxAge();
    AtBound atBound = s.has("on-full") ? s.choice("on-full", AtBound.class) : base.atBound();
    return new DestinationSpool(
        new SpoolConfig(
            base.path(),
            maxBytes,
            maxAge,
            Math.min(base.segmentBytes(), maxBytes / LEAST_SEGMENTS),
            base.sync(),
            base.syncEvery(),
            atBound),
        s.text("order", "strict", "fresh-first").equals("fresh-first"),
        s.count("replay-rate", 0, Integer.MAX_VALUE));
  }
}
