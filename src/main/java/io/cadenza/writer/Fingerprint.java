package io.cadenza.writer;

import io.cadenza.line.Bytes;
import io.cadenza.store.PointBatch;

/**
 * Tells whether a batch is the one that failed before: the same points of the same series in the
 * same order. Any thread.
 */
public final class Fingerprint {
  private static final long SEED = 0x2545F4914F6CDD1DL;

  private Fingerprint() {}

  /** The same for batches that are the same, and hardly ever for others. */
  public static long of(PointBatch batch) {
    long h = batch.series();
    for (int s = 0; s < batch.series(); s++) {
      byte[] key = batch.key(s);
      h = mix(h, Bytes.hash(key, 0, key.length, SEED));
      h = mix(h, batch.step(s));
      for (int p = batch.first(s); p < batch.end(s); p++) {
        h = mix(h, batch.time(p));
        h = mix(h, batch.count(p));
        h = mix(h, Double.doubleToRawLongBits(batch.sum(p)));
        h = mix(h, Double.doubleToRawLongBits(batch.lastValue(p)));
      }
    }
    return h;
  }

  private static long mix(long h, long value) {
    long product = (h ^ value) * SEED;
    return product ^ product >>> 29;
  }
}
