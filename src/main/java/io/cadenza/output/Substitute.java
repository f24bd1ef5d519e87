package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.meter.DestinationMeters;

/**
 * A destination that may take what waits for another one of its cluster, which is down.
 *
 * @param state its queue, and whether it is up
 * @param meters where it counts what comes
 */
public record Substitute(DestinationState state, DestinationMeters meters) {
  /** Whether lines are better off there. */
  boolean takes() {
    return state.up() && !state.leaves() && state.queue().taken() < state.queue().limit() / 2;
  }
}
