/**
 * How answers of the read API become bytes: JSON, Python's pickle, msgpack, CSV and graphite's raw
 * text, in pieces of some 100 KiB, so that no answer is in memory as a whole. Plain Java; knows
 * nothing of HTTP.
 */
package io.cadenza.api.encode;
