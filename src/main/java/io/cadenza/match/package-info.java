/**
 * What a key is like, and how it is changed: all conditions of a pipeline in one pass over the
 * key's bytes ({@link io.cadenza.match.PatternSet}), and rewrites with a cache by key ({@link
 * io.cadenza.match.Rewrite}).
 *
 * <p>Layer 0; uses {@code line} and RE2/J. Regexes have RE2's syntax and meaning and run in linear
 * time. Matching is on the hot path: bytes and offsets in, no object a key, no exception for bad
 * input. What is compiled is shared between threads, what is learnt while matching belongs to one.
 */
package io.cadenza.match;
