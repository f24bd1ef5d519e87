/**
 * Values gathered in bins of time: the graphite accumulator, its rollups, and aggregation rules.
 *
 * <p>{@link io.cadenza.accumulate.bins.GraphiteAccumulator} and {@link
 * io.cadenza.accumulate.bins.RulesAccumulator} are shards, {@link
 * io.cadenza.accumulate.bins.Rollup} stands behind a shard and makes coarser bins of its flushed
 * ones. What is computed of a bin says {@link io.cadenza.accumulate.bins.Function}; for a key
 * without a rule {@link io.cadenza.store.GuessTable} knows which. Plain Java, one thread.
 */
package io.cadenza.accumulate.bins;
