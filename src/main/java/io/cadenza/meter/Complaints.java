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
  private static final int SHOWN = 120;

  private final String where;
  private final InstantSource clock;
  private final Map<Invalid, Pace> told = new EnumMap<>(Invalid.class);

  /**
   * @param where what refuses, as in {@code listener graphite}
   * @param clock a steady one
   */
  public Complaints(String where, InstantSource clock) {
    this.where = where;
    this.clock = clock;
  }

  /** Tells that bytes were refused. */
  public void refused(Invalid why, byte[] bytes, int from, int to, Object sender) {
    long times = told.computeIfAbsent(why, w -> new Pace(clock)).happened();
    if (times == 0) {
      return;
    }
    LOG.warn(
        "{} refused {} line(s) as {}; the last from {}: {}",
        where,
        times,
        why.label(),
        sender,
        shown(bytes, from, to));
  }

  /** The start of a line, printable: other characters are told as dots. */
  public static String shown(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + SHOWN);
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    String clean = text.replaceAll("\\p{Cntrl}|\\uFFFD", ".");
    return end < to ? clean + "… (" + (to - from) + " bytes)" : clean;
  }
}
