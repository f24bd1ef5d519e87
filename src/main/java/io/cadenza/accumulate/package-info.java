/**
 * Many lines of a key become few: statsd and graphite accumulators, aggregation rules, rollups.
 *
 * <p>An accumulator has shards, one a core, and a key belongs to one of them: {@link
 * io.cadenza.accumulate.Accumulator} is the state of one shard, plain Java of one thread. {@code
 * statsd} and {@code bins} have its kinds. {@code AccumulatorVerticle} moves lines to it and what
 * it emits back to the routers.
 */
package io.cadenza.accumulate;
