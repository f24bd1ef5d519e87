/**
 * The statsd accumulator: counters, gauges, timers and sets by key, flushed as node statsd or
 * Cadent flush them, as graphite's lines or as statsd's.
 *
 * <p>{@link io.cadenza.accumulate.statsd.StatsdAccumulator} is one shard; {@link
 * io.cadenza.accumulate.statsd.StatsdShared} is what the shards of one accumulator share. Plain
 * Java; taking a line allocates nothing.
 */
package io.cadenza.accumulate.statsd;
