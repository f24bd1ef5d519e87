package io.cadenza.render;

import java.time.Duration;

/** What a request has used of what it may, so that one that runs away is cut. One thread. */
final class Budget {
  private final RenderLimits limits;
  private final long begin;
  private long series;
  private long points;
  private long functions;

  Budget(RenderLimits limits) {
    this.limits = limits;
    this.begin = limits.nanos().getAsLong();
  }

  /** So many series came from the store. */
  void fetched(long count) {
    series += count;
    if (series > limits.maxSeries()) {
      throw limit("more than " + limits.maxSeries() + " series");
    }
  }

  /** So many values were fetched, or are about to be computed. */
  void points(long count) {
    points += count;
    if (points > limits.maxPoints() || count < 0) {
      throw limit("more than " + limits.maxPoints() + " points");
    }
    time();
  }

  /** One more function is called. */
  void function() {
    if (++functions > limits.maxFunctions()) {
      throw limit("more than " + limits.maxFunctions() + " calls of functions");
    }
    time();
  }

  void time() {
    Duration taken = Duration.ofNanos(limits.nanos().getAsLong() - begin);
    if (taken.compareTo(limits.maxTime()) > 0) {
      throw new RenderException(
          RenderException.Kind.TIME,
          "Cut after %d ms: it may take %d ms; ask for fewer series or less time"
              .formatted(taken.toMillis(), limits.maxTime().toMillis()));
    }
  }

  private static RenderException limit(String what) {
    return new RenderException(
        RenderException.Kind.LIMIT,
        "The request needs " + what + ", which is its limit; ask for fewer series or less time");
  }
}
