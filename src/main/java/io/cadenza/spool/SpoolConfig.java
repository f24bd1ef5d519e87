package io.cadenza.spool;

import io.cadenza.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where lines are kept on disk, how many and how safely.
 *
 * @param path the folder of all spools
 * @param maxBytes of one destination, all its lanes together
 * @param maxAge older lines are dropped; zero: however old
 * @param segmentBytes of one file; a longer run has a file of its own
 * @param syncEvery the interval of {@link Sync#INTERVAL}, else zero
 */
public record SpoolConfig(
    Path path,
    long maxBytes,
    Duration maxAge,
    long segmentBytes,
    Sync sync,
    Duration syncEvery,
    AtBound atBound) {
  private static final long LEAST_BYTES = 1 << 20;
  private static final long LEAST_SEGMENT = 64 << 10;
  private static final long MOST_SEGMENT = 1 << 30;
  private static final long DEFAULT_SEGMENT = 64 << 20;
  private static final int SEGMENTS = 4;
  private static final int DEFAULT_SEGMENTS = 16;
  private static final List<String> SYNC_WORDS = List.of("none", "always");

  /** Reads the block {@code spool}, or a destination's own over it. */
  public static SpoolConfig read(Settings s) {
    long maxBytes = s.bytes("max-bytes", LEAST_BYTES, Long.MAX_VALUE);
    Sync sync = sync(s);
    return new SpoolConfig(
        path(s),
        maxBytes,
        s.duration("max-age", Duration.ZERO, Duration.ofDays(3650)),
        segment(s, maxBytes),
        sync,
        sync == Sync.INTERVAL
            ? s.durationOr(SYNC_WORDS, "sync", Duration.ofMillis(10), Duration.ofHours(1))
            : Duration.ZERO,
        s.choice("on-full", AtBound.class));
  }

  /** The same in another folder. */
  public SpoolConfig in(Path folder) {
    return new SpoolConfig(folder, maxBytes, maxAge, segmentBytes, sync, syncEvery, atBound);
  }

  /** The same with another age. */
  public SpoolConfig withMaxAge(Duration age) {
    return new SpoolConfig(path, maxBytes, age, segmentBytes, sync, syncEvery, atBound);
  }

  /** The same with something else at the bound. */
  public SpoolConfig withAtBound(AtBound other) {
    return new SpoolConfig(path, maxBytes, maxAge, segmentBytes, sync, syncEvery, other);
  }

  private static Path path(Settings s) {
    String text = s.text("path");
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
      s.problem("path", "is empty; give a folder");
    } catch (InvalidPathException notAPath) {
      s.problem("path", "is not a path; give a folder");
    }
    return Path.of("spool");
  }

  /** Small enough that to drop the oldest is to drop little. */
  private static long segment(Settings s, long maxBytes) {
    if (!s.has("segment")) {
      long part = Math.max(LEAST_SEGMENT, maxBytes / DEFAULT_SEGMENTS);
      return Math.min(part, DEFAULT_SEGMENT);
    }
    long segment = s.bytes("segment", LEAST_SEGMENT, MOST_SEGMENT);
    if (segment > maxBytes / SEGMENTS) {
      s.problem("segment", "is more than a quarter of max-bytes; give less, or null");
    }
    return segment;
  }

  private static Sync sync(Settings s) {
    String word = s.isText("sync") ? s.text("sync") : "";
    return switch (word) {
      case "none" -> Sync.NONE;
      case "always" -> Sync.ALWAYS;
      default -> Sync.INTERVAL;
    };
  }
}
