package io.cadenza.render;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * Times as people write them to graphite, after the {@code at} command: {@code 1700000000}, {@code
 * now}, {@code -6h}, {@code noon yesterday}, {@code 22:10_20231114}, {@code 12/31/23}, {@code
 * monday+8h}. Blanks, {@code _} and commas don't count, nor does the size of letters. Any thread.
 *
 * <p>Other than in graphite {@code 12pm} is noon and {@code 12am} midnight.
 */
public final class TimeText {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int LONGEST = 200;

  private final String all;
  private final long now;
  private final ZoneId zone;
  private String rest;
  private int hour;
  private int minute;

  private TimeText(String all, long now, ZoneId zone) {
    this.all = all;
    this.now = now;
    this.zone = zone;
  }

  /**
   * The time in seconds since 1970.
   *
   * @param now what {@code now} means, and today
   * @param zone in which days begin
   * @throws RenderException when it is none
   */
  public static long parse(String text, long now, ZoneId zone) {
    if (text.length() > LONGEST) {
      throw RenderException.invalid("Time of " + text.length() + " characters");
    }
    return new TimeText(text, now, zone).parse();
  }

  /**
   * How many seconds an interval has: {@code 1h}, {@code -30min}, {@code 1d12h}. Units are told by
   * their beginning: s, min, h, d, w, mon (30 days), y (365 days). 0 for an empty one.
   *
   * @throws RenderException when it is none
   */
  public static long offset(String text) {
    try {
      return TimeOffset.seconds(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw RenderException.invalid("Invalid interval value: '" + brief(text) + "': " + why(e));
    }
  }

  private long parse() {
    String text =
        all.strip().toLowerCase(Locale.ROOT).replace("_", "").replace(",", "").replace(" ", "");
    try {
      if (isDigits(text) && !isDate(text)) {
        return Long.parseLong(text);
      }
      int sign = text.indexOf('+');
      sign = sign < 0 ? text.indexOf('-') : sign;
      rest = sign < 0 ? text : text.substring(0, sign);
      long offset = sign < 0 ? 0 : TimeOffset.seconds(text.substring(sign));
      return Math.addExact(reference(), offset);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw RenderException.invalid("Invalid time '" + brief(all) + "': " + why(e));
    }
  }

  /** Eight digits may be a day. */
  private static boolean isDate(String digits) {
    return digits.length() == 8
        && Integer.parseInt(digits.substring(0, 4)) > 1900
        && Integer.parseInt(digits.substring(4, 6)) < 13
        && Integer.parseInt(digits.substring(6)) < 32;
  }

  private long reference() {
    if (rest.isEmpty() || rest.equals("now")) {
      return now;
    }
    clock();
    if (!hourWith("am") && !hourWith("pm")) {
      word();
    }
    return day().atTime(hour, minute).atZone(zone).toEpochSecond();
  }

  /** {@code 22:10}, {@code 10:10pm}. */
  private void clock() {
    int colon = rest.indexOf(':');
    if (colon < 1 || colon > 2) {
      return;
    }
    hour = number(rest.substring(0, colon));
    minute = number(rest.substring(colon + 1, Math.min(colon + 3, rest.length())));
    rest = rest.substring(Math.min(colon + 3, rest.length()));
    if (rest.startsWith("am") || rest.startsWith("pm")) {
      hour = halfDay(hour, rest.startsWith("pm"));
      rest = rest.substring(2);
    }
  }

  /** {@code 6pm}. */
  private boolean hourWith(String half) {
    int at = rest.indexOf(half);
    if (at < 1 || at > 2 || !isDigits(rest.substring(0, at))) {
      return false;
    }
    hour = halfDay(number(rest.substring(0, at)), half.equals("pm"));
    rest = rest.substring(at + 2);
    return true;
  }

  private static int halfDay(int hour, boolean afternoon) {
    if (hour < 0 || hour > 12) {
      throw new IllegalArgumentException("hour " + hour + " of a half day");
    }
    return hour % 12 + (afternoon ? 12 : 0);
  }

  private void word() {
    if (rest.startsWith("noon")) {
      take("noon", 12);
    } else if (rest.startsWith("midnight")) {
      take("midnight", 0);
    } else if (rest.startsWith("teatime")) {
      take("teatime", 16);
    }
  }

  private void take(String word, int time) {
    hour = time;
    minute = 0;
    rest = rest.substring(word.length());
  }

  private LocalDate day() {
    LocalDate today = Instant.ofEpochSecond(now).atZone(zone).toLocalDate();
    switch (rest) {
      case "", "today":
        return today;
      case "yesterday":
        return today.minusDays(1);
      case "tomorrow":
        return today.plusDays(1);
      default:
    }
    if (rest.length() == 8 && isDigits(rest)) {
      return LocalDate.of(
          number(rest.substring(0, 4)), number(rest.substring(4, 6)), number(rest.substring(6)));
    }
    String[] parts = rest.split("/", -1);
    return parts.length == 3 ? americanDate(parts) : named(today);
  }

  /** {@code MM/DD/YY}, up to 69 in this century, or with the whole year. */
  private static LocalDate americanDate(String[] parts) {
    int year = number(parts[2]);
    year += year < 1900 ? 1900 : 0;
    year += year < 1970 ? 100 : 0;
    return LocalDate.of(year, number(parts[0]), number(parts[1]));
  }

  /** {@code november14}, or {@code tuesday}: the last one, which may be today. */
  private LocalDate named(LocalDate today) {
    String word = rest.length() < 3 ? rest : rest.substring(0, 3);
    if (MONTHS.contains(word)) {
      int digits = rest.length();
      while (digits > 3 && digits > rest.length() - 2 && isDigits(rest.substring(digits - 1))) {
        digits--;
      }
      if (digits == rest.length()) {
        throw new IllegalArgumentException("day of month required after month name");
      }
      int month = MONTHS.indexOf(word) + 1;
      return LocalDate.of(today.getYear(), month, number(rest.substring(digits)));
    }
    if (DAYS.contains(word)) {
      int ago = today.getDayOfWeek().getValue() - 1 - DAYS.indexOf(word);
      return today.minusDays(Math.floorMod(ago, 7));
    }
    throw new IllegalArgumentException("unknown day '" + rest + "'");
  }

  private static int number(String digits) {
    if (!isDigits(digits)) {
      throw new IllegalArgumentException("'" + digits + "' where a number should be");
    }
    return Integer.parseInt(digits);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String why(RuntimeException e) {
    return e instanceof NumberFormatException || e instanceof ArithmeticException
        ? "too large"
        : e.getMessage();
  }

  private static String brief(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
