package io.cadenza.accumulate.statsd;

/** A last value. */
final class GaugeSeries extends Series {
  double value;

  /** How many more flushes it lives, where gauges are deleted. */
  int flushesLeft;

  GaugeSeries(byte[] key, int nameLength, int tagsAt, int hash) {
    super(key, nameLength, tagsAt, SeriesKind.GAUGE, hash);
  }

  /**
   * A value with a sign is added, as node does, unless there is none yet or it is 0: then it is
   * set.
   */
  boolean set(double to, boolean signed) {
    double now = signed && value != 0 ? value + to : to;
    if (Double.isInfinite(now)) {
      return false;
    }
    value = now;
    return true;
  }

  /** Where gauges are deleted, one flush less is left; answers whether that was the last. */
  boolean ages() {
    if (--flushesLeft > 0) {
      return false;
    }
    value = 0;
    return true;
  }

  @Override
  void reset() {
    // It stays.
  }

  @Override
  void release() {
    value = 0;
  }
}
