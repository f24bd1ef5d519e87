/**
 * Cadenza's own figures: what is counted where, under which name, once for Prometheus and once for
 * {@code /stats}.
 *
 * <p>A stage gets its meters in its constructor and adds to them once a batch, never once a line.
 */
package io.cadenza.meter;
