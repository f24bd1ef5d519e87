/**
 * Which destinations a key belongs to: the rings of carbon, carbon-c-relay, carbon-relay-ng,
 * statsd's proxy and Cadent, each placing every key as the system it is named after.
 *
 * <p>Layer 0, plain Java. {@link io.cadenza.hash.Rings} makes a ring; its tables are immutable, its
 * scratch state belongs to one thread. Hot path: bytes and offsets in, an index out, no allocation.
 */
package io.cadenza.hash;
