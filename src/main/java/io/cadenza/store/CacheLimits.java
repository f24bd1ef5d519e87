package io.cadenza.store;

/**
 * Bounds of a cache of points.
 *
 * @param points how many wait or are being written at most
 * @param series how many are remembered that have no points now; those with points have room anyway
 * @param lowFruit how often, from 0 to 1, series with few points are written before those with many
 */
public record CacheLimits(long points, int series, double lowFruit) {}
