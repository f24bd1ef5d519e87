/**
 * Which names there are, in memory: what every store answers {@code find}, {@code expand} and the
 * tags API from.
 *
 * <p>Layer 2; uses {@code line} and RE2/J. Plain dotted names are a tree ({@link
 * io.cadenza.index.NameIndex}), series with tags an inverted index ({@link
 * io.cadenza.index.TagIndex}). Both are written from event loops while API workers read: writers
 * take a lock for about a microsecond, readers none at all, for what a reader sees is never changed
 * but replaced. Globs run without backtracking beyond the last star, regexes in linear time, and
 * every search has a bound on what it may find and look at.
 */
package io.cadenza.index;
