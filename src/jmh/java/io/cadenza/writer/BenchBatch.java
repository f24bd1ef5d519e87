package io.cadenza.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.store.PointBatch;

/** Series with the same times and some points each, which move on in time with each batch. */
final class BenchBatch implements PointBatch {
  private static final int STEP = 10;

  private final byte[][] keys;
  private final int each;
  private final boolean merges;
  private long start;
  private int from;
  private int series;

  /**
   * @param keys all series there are
   * @param each points of a series in a batch
   */
  BenchBatch(int keys, int each, boolean merges) {
    this.keys = new byte[keys][];
    for (int i = 0; i < keys; i++) {
      String key = "servers.dc%d.web%04d.cpu-%d.user".formatted(i % 3, i * 7919 % keys / 8, i % 8);
      this.keys[i] = (key + "." + i).getBytes(UTF_8);
    }
    this.each = each;
    this.merges = merges;
  }

  /** Goes on to the next series, and from the last to the first with later points. */
  void next(int some, long first) {
    from += series;
    if (series == 0 || from + some > keys.length) {
      from = 0;
      start = start == 0 ? first : start + (long) STEP * each;
    }
    series = some;
  }

  @Override
  public int series() {
    return series;
  }

  @Override
  public byte[] key(int s) {
    return keys[from + s];
  }

  @Override
  public int step(int s) {
    return STEP;
  }

  @Override
  public long ttl(int s) {
    return 0;
  }

  @Override
  public int first(int s) {
    return s * each;
  }

  @Override
  public int end(int s) {
    return (s + 1) * each;
  }

  @Override
  public int points() {
    return series * each;
  }

  @Override
  public long time(int p) {
    return start + p % each * STEP;
  }

  @Override
  public double min(int p) {
    return 0.25 + p % 100;
  }

  @Override
  public double max(int p) {
    return 17.5 + p % 100;
  }

  @Override
  public double sum(int p) {
    return 81.125 + p;
  }

  @Override
  public double firstValue(int p) {
    return 1.5 + p % 100;
  }

  @Override
  public double lastValue(int p) {
    return 2.5 + p % 100;
  }

  @Override
  public long count(int p) {
    return 10;
  }

  @Override
  public boolean merges(int p) {
    return merges;
  }

  @Override
  public Object note(int s) {
    return null;
  }

  @Override
  public void note(int s, Object anything) {}
}
