package io.cadenza.render;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far one request may go; then it is cut with a {@link RenderException}.
 *
 * @param maxSeries how many series all fetches of it may bring together
 * @param maxPoints how many values may be fetched and computed, those of all steps between too
 * @param maxFunctions how many calls of functions may be carried out, those that other functions
 *     make too
 * @param maxTime how long it may take
 * @param nanos the clock for that, as {@link System#nanoTime}
 */
public record RenderLimits(
    int maxSeries, long maxPoints, int maxFunctions, Duration maxTime, LongSupplier nanos) {}
