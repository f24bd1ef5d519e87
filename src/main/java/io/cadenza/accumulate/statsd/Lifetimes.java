package io.cadenza.accumulate.statsd;

import io.cadenza.config.Settings;
import java.time.Duration;
import java.util.Arrays;

/**
 * What becomes of series that get nothing, by kind.
 *
 * @param delete by {@link SeriesKind#code}: whether they are forgotten after a flush
 * @param expireMillis by the same: after how long they are forgotten; 0 for never
 * @param gaugeFlushes how many flushes a gauge lives that is to be deleted
 */
record Lifetimes(boolean[] delete, long[] expireMillis, int gaugeFlushes) {
  private static final String[] NAMES = {"counters", "gauges", "timers", "sets"};
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(3650);

  static Lifetimes read(Settings s, NameConfig.Layout layout) {
    boolean idle = s.flag("delete-idle-stats");
    boolean keep = layout == NameConfig.Layout.STATSD && !idle;
    if (s.has("keep-keys")) {
      keep = s.flag("keep-keys");
      if (keep && idle) {
        s.problem("keep-keys", "contradicts delete-idle-stats = true; give one of the two");
      }
    }
    boolean[] delete = new boolean[NAMES.length];
    long[] expire = new long[NAMES.length];
    for (int kind = 0; kind < NAMES.length; kind++) {
      String key = "delete-" + NAMES[kind];
      delete[kind] = s.has(key) ? s.flag(key) : !keep;
      String time = "expire-" + NAMES[kind];
      expire[kind] = s.has(time) ? s.duration(time, SHORTEST, LONGEST).toMillis() : 0;
    }
    return new Lifetimes(delete, expire, s.count("gauges-max-ttl", 1, Integer.MAX_VALUE));
  }

  boolean deletes(SeriesKind kind) {
    return delete[kind.ordinal()];
  }

  /** Whether what got nothing since then is too old. */
  boolean expired(SeriesKind kind, long lastMillis, long nowMillis) {
    long most = expireMillis[kind.ordinal()];
    return most > 0 && nowMillis - lastMillis >= most;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lifetimes o
        && Arrays.equals(delete, o.delete)
        && Arrays.equals(expireMillis, o.expireMillis)
        && gaugeFlushes == o.gaugeFlushes;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(delete) * 31 + Arrays.hashCode(expireMillis) + gaugeFlushes;
  }

  @Override
  public String toString() {
    return "delete " + Arrays.toString(delete) + " expire " + Arrays.toString(expireMillis);
  }
}
