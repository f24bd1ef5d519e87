package io.cadenza.writer.whisper;

import io.cadenza.store.Aggregate;

/**
 * What is known of the newest points of a file, so that they need not be read again for each point
 * that follows: of each archive, in which interval of the next coarser one it was written to last,
 * what the slots of that come to up to the last that has a value, and that one. One thread at a
 * time; good for as long as nobody else writes to the file.
 */
final class Tails {
  private static final int EACH = 4;

  private final Aggregate method;
  private final int archives;

  /** For each archive: coarse interval and last slot, values before it, their rollup, its value. */
  private long[] known;

  Tails(Layout layout) {
    method = layout.method();
    archives = layout.archives().size();
  }

  /**
   * Adds the value of a slot that was written.
   *
   * @param coarse the interval of the next coarser archive that the slot lies in
   * @param rollup has all values of that interval afterwards
   * @return false, with nothing done, when the slot does not follow what is known
   */
  boolean extend(int archive, long coarse, long interval, double value, Rollup rollup) {
    if (known == null) {
      return false;
    }
    int at = archive * EACH;
    long slot = known[at] & 0xffff_ffffL;
    if (known[at] >>> 32 != coarse || interval < slot) {
      return false;
    }
    rollup.resume(method, (int) known[at + 1], Double.longBitsToDouble(known[at + 2]));
    if (interval > slot) {
      rollup.add(Double.longBitsToDouble(known[at + 3]));
      note(archive, coarse, interval, rollup);
    }
    known[at + 3] = Double.doubleToRawLongBits(value);
    rollup.add(value);
    return true;
  }

  private void note(int archive, long coarse, long interval, Rollup before) {
    int at = archive * EACH;
    known[at] = coarse << 32 | interval;
    known[at + 1] = before.known();
    known[at + 2] = Double.doubleToRawLongBits(before.state());
  }

  /**
   * Keeps what was read of an interval.
   *
   * @param interval of the last slot that has a value
   * @param before the values of the slots before it
   * @param value that of the slot
   */
  void keep(int archive, long coarse, long interval, Rollup before, double value) {
    if (known == null) {
      known = new long[archives * EACH];
    }
    note(archive, coarse, interval, before);
    known[archive * EACH + 3] = Double.doubleToRawLongBits(value);
  }

  /** Something was written of which it does not know. */
  void forget() {
    known = null;
  }
}
