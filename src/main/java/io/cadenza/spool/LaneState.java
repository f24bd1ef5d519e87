package io.cadenza.spool;

/**
 * What there is in a lane at a moment.
 *
 * @param destination its name
 * @param lane its number
 * @param inUse whether a process works on it
 * @param bytes of all segments
 * @param unread lines
 * @param oldest when the oldest of them was appended, ms since 1970, 0 when there is none
 * @param damaged places that could not be read and were kept aside
 * @param aside files that are no segments of this version
 */
public record LaneState(
    String destination,
    int lane,
    boolean inUse,
    int segments,
    long bytes,
    long unread,
    long oldest,
    int damaged,
    int aside) {}
