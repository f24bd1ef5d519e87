/**
 * carbon's cache query: graphite-web asks on a port of its own for points that are not in whisper
 * files yet, and for the metadata of those.
 */
package io.cadenza.api.cache;
