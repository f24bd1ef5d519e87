package io.cadenza.format;

/** One reused holder of what {@link GraphiteFormat#parse} read: for one thread at a time. */
public final class Sample {
  double value;
  long time;

  /** The value of the line. */
  public double value() {
    return value;
  }

  /** The time of the line in whole seconds since 1970. */
  public long time() {
    return time;
  }
}
