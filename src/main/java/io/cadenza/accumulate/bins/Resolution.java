package io.cadenza.accumulate.bins;

import io.cadenza.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the bins of {@code times}: {@code 10s:168h}.
 *
 * @param millis how long an interval is
 * @param ttlSeconds how long a store keeps its points
 */
public record Resolution(long millis, long ttlSeconds) {
  private static final long SECOND = 1000;
  private static final long DAY = 86_400 * SECOND;
  private static final long YEAR = 365 * DAY;
  private static final long LONGEST_TTL = 1000 * YEAR;

  /** Without a TTL, as Cadent. */
  private static final long DEFAULT_TTL = 10 * YEAR;

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Map<String, Long> UNITS =
      Map.of(
          "ms",
          1L,
          "s",
          SECOND,
          "m",
          60 * SECOND,
          "h",
          3600 * SECOND,
          "d",
          DAY,
          "w",
          7 * DAY,
          "mon",
          30 * DAY,
          "y",
          YEAR);

  private static final String WANTED =
      "is not an interval with or without the longer time it is kept, such as 10s:168h or 1m:30d;"
          + " units are ms s m h d w mon y";

  /** The flush interval where there are no others, kept as long as without a TTL. */
  public static Resolution of(Duration flush) {
    return new Resolution(flush.toMillis(), DEFAULT_TTL / SECOND);
  }

  /** Where the interval of a time begins. */
  long startOf(long time) {
    return time - Math.floorMod(time, millis);
  }

  /** The interval as a store has it. */
  public long seconds() {
    return Math.max(1, millis / SECOND);
  }

  /**
   * Reads {@code times} of a block of {@code accumulate}; empty when there are none. Those that are
   * wrong are told and left out.
   */
  public static List<Resolution> read(Settings s) {
    List<Resolution> read = new ArrayList<>();
    List<String> texts = s.texts("times");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      String path = "times[" + i + "]";
      Optional<Resolution> one = parse(text);
      if (one.isEmpty()) {
        s.problem(path, "\"" + text + "\" " + WANTED);
      } else if (fits(s, path, text, read, one.get())) {
        read.add(one.get());
      }
    }
    return List.copyOf(read);
  }

  private static boolean fits(
      Settings s, String path, String text, List<Resolution> before, Resolution next) {
    if (before.isEmpty()) {
      return isFlush(s, path, text, next);
    }
    long finer = before.get(before.size() - 1).millis;
    boolean multiple = next.millis > finer && next.millis % finer == 0;
    if (!multiple) {
      s.problem(path, "\"" + text + "\" is not a multiple of the one before, of " + finer + " ms");
    }
    return multiple;
  }

  private static boolean isFlush(Settings s, String path, String text, Resolution first) {
    Duration interval = Duration.ofMillis(first.millis);
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      s.problem(path, "\"" + text + "\" is the flush interval: give one from 100ms to 24h");
      return false;
    }
    if (s.has("flush") && !s.duration("flush", SHORTEST, LONGEST).equals(interval)) {
      s.problem(path, "\"" + text + "\" is not the flush interval; begin with that");
    }
    return true;
  }

  /** The resolution that a text says; nothing when it says none. */
  static Optional<Resolution> parse(String text) {
    int colon = text.indexOf(':');
    long millis = time(colon < 0 ? text : text.substring(0, colon));
    long ttl = colon < 0 ? DEFAULT_TTL : time(text.substring(colon + 1));
    boolean right = millis > 0 && ttl >= Math.max(SECOND, millis);
    return right ? Optional.of(new Resolution(millis, ttl / SECOND)) : Optional.empty();
  }

  /** The milliseconds of {@code 10s} or {@code 1h30m}; -1 when it is none, or too long. */
  private static long time(String text) {
    long sum = 0;
    int at = 0;
    while (at < text.length() && sum >= 0) {
      int unit = behind(text, at, true);
      int end = behind(text, unit, false);
      Long millis = UNITS.get(text.substring(unit, end));
      if (unit == at || unit - at > 15 || millis == null) {
        return -1;
      }
      long number = Long.parseLong(text.substring(at, unit));
      sum = number > (LONGEST_TTL - sum) / millis ? -1 : sum + number * millis;
      at = end;
    }
    return text.isEmpty() ? -1 : sum;
  }

  private static int behind(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && (text.charAt(at) >= '0' && text.charAt(at) <= '9') == digits) {
      at++;
    }
    return at;
  }
}
