package io.cadenza.store;

import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.Sample;
import io.cadenza.line.Bytes;
import io.cadenza.line.LineRun;

/** Puts lines of graphite into a cache, until that is full. For one thread. */
public final class LineIntake {
  /** The longest key: longer ones are refused. */
  private static final int LONGEST_KEY = 4096;

  /** Lines between two looks whether there is room. */
  private static final int LOOK = 64;

  private final WriteCache cache;
  private final GraphiteFormat format = new GraphiteFormat();
  private final Sample sample = new Sample();
  private int refused;
  private int taken;

  public LineIntake(WriteCache cache) {
    this.cache = cache;
  }

  /** How many lines were refused by the last {@link #take}, as they are none of graphite. */
  public int refused() {
    return refused;
  }

  /** How many lines went into the cache by the last {@link #take}. */
  public int taken() {
    return taken;
  }

  /**
   * Takes lines, as many as there is room for.
   *
   * @param from where to begin, at the start of a line
   * @return where the first line begins that was not taken; the end of the run when all were
   */
  public int take(LineRun run, int from) {
    return take(run, from, false);
  }

  /** Takes lines whether there is room or not: a few, at the end. */
  public void takeAll(LineRun run, int from) {
    take(run, from, true);
  }

  private int take(LineRun run, int from, boolean all) {
    refused = 0;
    taken = 0;
    byte[] bytes = run.bytes();
    int at = from;
    while (at < run.to() && (all || !cache.room().full())) {
      int more = 0;
      for (int lines = 0; lines < LOOK && at < run.to(); lines++) {
        int end = Bytes.indexOf(bytes, at, run.to(), (byte) '\n');
        more += line(bytes, at, end);
        at = end + 1;
      }
      cache.took(more);
    }
    return at;
  }

  private int line(byte[] bytes, int start, int end) {
    long span = format.scan(bytes, start, end);
    int keyStart = (int) (span >>> 32);
    int keyEnd = (int) span & Integer.MAX_VALUE;
    boolean right = span >= 0 && keyEnd - keyStart <= LONGEST_KEY;
    if (!right || !GraphiteFormat.parse(bytes, keyEnd, end, sample)) {
      refused++;
      return 0;
    }
    taken++;
    return cache.addLine(bytes, keyStart, keyEnd, sample.time(), sample.value());
  }
}
