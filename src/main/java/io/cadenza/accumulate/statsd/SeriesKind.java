package io.cadenza.accumulate.statsd;

/** What is made of the samples of a series. */
public enum SeriesKind {
  /** They are added up. */
  COUNTER,
  /** The last one counts, and stays. */
  GAUGE,
  /** They are kept, and described by statistics. */
  TIMER,
  /** Different texts are counted. */
  SET;

  private static final SeriesKind[] ALL = values();

  byte code() {
    return (byte) ordinal();
  }

  /** The kind of a code, or null. */
  static SeriesKind of(int code) {
    return code >= 0 && code < ALL.length ? ALL[code] : null;
  }
}
