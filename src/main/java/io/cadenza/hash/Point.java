package io.cadenza.hash;

/**
 * One point of a ring, for display.
 *
 * @param position where it lies; for a jump hash the number of the bucket
 * @param node whose it is: an index into the nodes of the ring
 */
public record Point(long position, int node) {}
