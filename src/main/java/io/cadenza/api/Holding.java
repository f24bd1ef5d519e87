package io.cadenza.api;

import io.cadenza.index.NameIndex;
import io.cadenza.store.MetricReader;
import java.time.Duration;

/**
 * One store, as it is read. Any thread.
 *
 * @param name as configured
 * @param index the names that it has
 * @param reader gives what is written and, merged into it, what is not written yet
 * @param metadata what may be asked and changed of its series
 * @param reach how far back it keeps points, at most
 */
public record Holding(
    String name, NameIndex index, MetricReader reader, Metadata metadata, Duration reach) {}
