package io.cadenza.index;

/**
 * A value that some series have for a tag.
 *
 * @param count how many series have it
 */
public record TagValue(String value, long count) {}
