package io.cadenza.meter;

import java.util.function.LongSupplier;

/**
 * What is counted at a store: {@code points-in = points-written + points-replaced + points-left +
 * dropped + cache-points}, where a point that came again, or was merged with another before it was
 * written, is replaced.
 */
public final class StoreMeters {
  public final Tally pointsIn;
  public final Tally pointsWritten;
  public final Tally pointsReplaced;
  public final Tally pointsLeft;
  public final Tally pointsFound;
  public final Tally writes;
  public final Tally seriesWritten;
  public final Tally failures;
  public final Tally namesIn;
  public final Tally nameFailures;
  private final Meters.Scope scope;

  public StoreMeters(Meters meters, String name) {
    scope = meters.scope("store", name);
    pointsIn = scope.counter("points-in", "Points that came, or were found at the start");
    pointsWritten = scope.counter("points-written", "Points that the store has taken");
    pointsReplaced =
        scope.counter(
            "points-replaced",
            "Points that became one with another of the same time before they were written");
    pointsLeft = scope.counter("points-left", "Points that were left on disk for the next process");
    pointsFound =
        scope.counter("points-found", "Points that a process before has left, of points-in");
    writes = scope.counter("writes", "Batches written");
    seriesWritten = scope.counter("series-written", "Series of which points were written");
    failures = scope.counter("failures", "Batches that could not be written, and are tried again");
    namesIn = scope.counter("names-in", "Names that were new to this process");
    nameFailures = scope.counter("name-failures", "Times that names could not be kept or loaded");
  }

  /** Points dropped for a reason: {@code cache-full}, {@code too-old}, {@code bad-name}, .... */
  public Tally dropped(String reason) {
    return scope.counter("dropped", "reason", reason, "Points dropped, by reason");
  }

  /** Names the figures that rise and fall. */
  public void cache(
      LongSupplier points, LongSupplier most, LongSupplier series, LongSupplier mostSeries) {
    scope.gauge("cache-points", points, "Points that wait or are being written");
    scope.gauge("cache-limit-points", most, "The bound of cache-points");
    scope.gauge("cache-series", series, "Series that the cache remembers");
    scope.gauge("cache-limit-series", mostSeries, "Beyond it, idle ones are forgotten");
  }

  /** Names those of the names that can be found. */
  public void names(LongSupplier names, LongSupplier most, LongSupplier refused) {
    scope.gauge("names", names, "Names that are known, tagged ones too");
    scope.gauge("names-limit", most, "The bound of names; of those with tags a quarter of it");
    scope.gauge(
        "names-refused",
        refused,
        "Times that a name was not taken, as there were too many or it is none");
  }

  /** Names whether writes get through. */
  public void up(LongSupplier up) {
    scope.gauge("up", up, "1 while what is written gets through");
  }

  /** It is no more: what rises and falls is forgotten. */
  public void gone() {
    scope.forgetGauges();
  }
}
