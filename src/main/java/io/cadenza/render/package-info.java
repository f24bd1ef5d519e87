/**
 * Computes what a target says: {@code scale(sumSeries(a.*.b), 2)}. Parsing of targets and times,
 * the functions of graphite, consolidation. Plain Java, asks a {@link
 * io.cadenza.render.SeriesSource} for points; knows nothing of HTTP or stores.
 */
package io.cadenza.render;
