package io.cadenza.meter;

import io.cadenza.line.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of refused lines in the log, with the sender and the start of the line: the first of each
 * reason, then at most one of each reason a period, with how many there were. Belongs to one
 * thread.
 */
public final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final long PERIOD_MILLIS = 10_000;
  private static final int SHOWN = 120;

  private final String where;
  private final InstantSource clock;
  private final Map<Invalid, Told> told = new EnumMap<>(Invalid.class);

  /**
   * @param where what refuses, as in {@code listener graphite}
   */
  public Complaints(String where, InstantSource clock) {
    this.where = where;
    this.clock = clock;
  }

  /** Tells that bytes were refused. */
  public void refused(Invalid why, byte[] bytes, int from, int to, Object sender) {
    Told last = told.computeIfAbsent(why, w -> new Told());
    last.since++;
    long now = clock.millis();
    if (last.at != 0 && now - last.at < PERIOD_MILLIS && now >= last.at) {
      return;
    }
    LOG.warn(
        "{} refused {} line(s) as {}; the last from {}: {}",
        where,
        last.since,
        why.label(),
        sender,
        shown(bytes, from, to));
    last.at = now;
    last.since = 0;
  }

  /** The start of a line, printable: other characters are told as dots. */
  public static String shown(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + SHOWN);
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    String clean = text.replaceAll("\\p{Cntrl}|\\uFFFD", ".");
    return end < to ? clean + "… (" + (to - from) + " bytes)" : clean;
  }

  private static final class Told {
    private long at;
    private long since;
  }
}
