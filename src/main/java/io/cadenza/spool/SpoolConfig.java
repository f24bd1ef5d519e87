package io.cadenza.spool;

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
    AtBound atBound) {}
