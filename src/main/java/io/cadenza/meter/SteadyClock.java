package io.cadenza.meter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time that only goes on, one second a second: the wall clock at the start plus what has elapsed
 * since. For all that measures how long something took or waits for something; what a line says of
 * its time needs the wall clock, which may jump. Any thread.
 */
public final class SteadyClock implements InstantSource {
  private final LongSupplier nanos;
  private final Instant start;
  private final long startNanos;

  /**
   * @param wall where to begin
   */
  public SteadyClock(InstantSource wall) {
    this(wall, System::nanoTime);
  }

  /** For tests: with elapsed time of their own. */
  SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.nanos = nanos;
    this.start = wall.instant();
    this.startNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }

  @Override
  public long millis() {
    return start.toEpochMilli() + Duration.ofNanos(nanos.getAsLong() - startNanos).toMillis();
  }
}
