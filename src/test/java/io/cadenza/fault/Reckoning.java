package io.cadenza.fault;

import java.util.BitSet;

/**
 * What came, compared with what was sent: what is missing, came twice, or came after a later line
 * of the same connection and key. Keeps a number a key, and of the missing lines a bit each. Locked
 * by itself.
 */
final class Reckoning {
  /**
   * The answer.
   *
   * @param arrived lines that came, each counted once
   * @param lost lines that were sent and did not come
   * @param duplicated lines that had come before
   * @param reordered lines that came for the first time, and after a later one
   * @param damaged what is no line that was sent
   */
  record Result(long sent, long arrived, long lost, long duplicated, long reordered, long damaged) {
    @Override
    public String toString() {
      return "sent %d, arrived %d, lost %d, duplicated %d, reordered %d, damaged %d"
          .formatted(sent, arrived, lost, duplicated, reordered, damaged);
    }
  }

  private final int connections;
  private final int keys;
  private final long[] next;
  private final BitSet[] missing;
  private long arrived;
  private long duplicated;
  private long reordered;
  private long damaged;

  Reckoning(int connections, int keys) {
    this.connections = connections;
    this.keys = keys;
    next = new long[connections * keys];
    missing = new BitSet[connections * keys];
  }

  synchronized void arrived(long connection, long key, long number) {
    if (connection >= connections || key >= keys || number > Integer.MAX_VALUE - 1) {
      damaged();
      return;
    }
    int place = (int) (connection * keys + key);
    if (number >= next[place]) {
      skip(place, number);
      arrived++;
    } else if (missing[place] != null && missing[place].get((int) number)) {
      missing[place].clear((int) number);
      reordered++;
      arrived++;
    } else {
      duplicated++;
    }
  }

  private void skip(int place, long number) {
    if (number > next[place]) {
      if (missing[place] == null) {
        missing[place] = new BitSet();
      }
      missing[place].set((int) next[place], (int) number);
    }
    next[place] = number + 1;
  }

  synchronized void damaged() {
    damaged++;
  }

  /** Lines that came so far, each counted once. */
  synchronized long arrived() {
    return arrived;
  }

  /**
   * What lies between the lines of a key that came: lost or not here yet, but certainly sent before
   * others that did come.
   */
  synchronized long gaps() {
    long all = 0;
    for (BitSet lines : missing) {
      all += lines == null ? 0 : lines.cardinality();
    }
    return all;
  }

  /**
   * @param sent lines by connection; of what came beyond, nothing was sent
   */
  synchronized Result against(long[] sent) {
    long all = 0;
    long beyond = 0;
    long lost = gaps();
    for (int connection = 0; connection < connections; connection++) {
      all += sent[connection];
      for (int key = 0; key < keys; key++) {
        long of = (sent[connection] - key + keys - 1) / keys;
        long rest = of - next[connection * keys + key];
        lost += Math.max(0, rest);
        beyond += Math.max(0, -rest);
      }
    }
    return new Result(all, arrived, lost, duplicated, reordered, damaged + beyond);
  }
}
