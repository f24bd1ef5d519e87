/**
 * How lines of each kind are read and checked, and how frames and documents become lines and back:
 * graphite, statsd, lines that a regex describes, JSON, pickle; and the cleansing of names.
 *
 * <p>Uses {@code line}, RE2/J and Jackson's streaming parser; knows no socket and no thread. The
 * formats are on the hot path: no object a line, bad input is an {@link io.cadenza.line.Invalid}.
 */
package io.cadenza.format;
