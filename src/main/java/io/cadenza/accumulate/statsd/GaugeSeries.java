package io.cadenza.accumulate.statsd;

/** A last value. */
final class GaugeSeries extends Series {
  double value;

  /** Whether it has only been changed, never set: a predecessor may have what it was before. */
  boolean relative = true;

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
    relative = signed && relative;
    value = now;
    return true;
  }

  /** Where gauges are deleted, one flush less is left; answers whether that was the last. */
  boolean ages() {
    if (--flushesLeft > 0) {
      return false;
    }
    release();
    return true;
  }

  /** Takes what a predecessor had, to which the changes of here are made. */
  void follow(GaugeSeries before) {
    double all = before.value + value;
    value = Double.isInfinite(all) ? value : all;
    relative = before.relative;
  }

  /** Reads a byte of what is read when a sample comes, so that it is at hand. */
  int lookAt() {
    return (int) value;
  }

  @Override
  void reset() {
    // It stays.
  }

  @Override
  void release() {
    value = 0;
    relative = true;
  }
}
