package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/** A sum. */
final class CounterSeries extends Series {
  /** What node sets to 0 where it deletes other counters, whatever is before and behind. */
  private static final List<String> KEPT =
      List.of("packets_received", "metrics_received", "bad_lines_seen");

  /** Whether it is never deleted for being idle. */
  final boolean kept;

  double sum;

  CounterSeries(byte[] key, int nameLength, int tagsAt, int hash) {
    super(key, nameLength, tagsAt, SeriesKind.COUNTER, hash);
    String text = new String(key, ISO_8859_1);
    kept = KEPT.stream().anyMatch(text::contains);
  }

  /** Adds to it; false, and nothing added, when it would be infinite. */
  boolean add(double more) {
    double all = sum + more;
    if (Double.isInfinite(all) || Double.isNaN(all)) {
      return false;
    }
    sum = all;
    return true;
  }

  /** Reads a byte of what is read when a sample comes, so that it is at hand. */
  int lookAt() {
    return (int) sum;
  }

  @Override
  void reset() {
    sum = 0;
  }

  @Override
  void release() {
    // Nothing but itself.
  }
}
