package io.cadenza.format;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * One time being read by the parts of a {@link GoLayout}: the place in its text, and the fields.
 */
final class GoTime {
  /** The zones of RFC 822, and others whose short names mean one thing. */
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("UTC", 0),
          Map.entry("GMT", 0),
          Map.entry("UT", 0),
          Map.entry("Z", 0),
          Map.entry("EST", -5),
          Map.entry("EDT", -4),
          Map.entry("CST", -6),
          Map.entry("CDT", -5),
          Map.entry("MST", -7),
          Map.entry("MDT", -6),
          Map.entry("PST", -8),
          Map.entry("PDT", -7),
          Map.entry("WET", 0),
          Map.entry("WEST", 1),
          Map.entry("CET", 1),
          Map.entry("CEST", 2),
          Map.entry("EET", 2),
          Map.entry("EEST", 3),
          Map.entry("MSK", 3),
          Map.entry("JST", 9));

  private final CharSequence text;
  private int at;
  int year = -1;
  int month = -1;
  int day = -1;
  int dayOfYear = -1;
  int hour;
  int minute;
  int second;
  private int half = -1;
  private int offset;

  GoTime(CharSequence text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean digitAt(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  /** A number of so many digits, or -1. */
  int number(int least, int most) {
    int number = 0;
    int end = at;
    while (end < at + most && digitAt(end)) {
      number = number * 10 + (text.charAt(end++) - '0');
    }
    if (end - at < least) {
      return -1;
    }
    at = end;
    return number;
  }

  /** A number with blanks in place of leading zeros, or -1. */
  int padded(int digits) {
    int blanks = 0;
    while (blanks < digits - 1 && peek() == ' ') {
      at++;
      blanks++;
    }
    // Go takes two digits for a day even behind a blank.
    return digits == 2 ? number(1, 2) : number(digits - blanks, digits - blanks);
  }

  boolean shortYear() {
    int two = number(2, 2);
    year = two < 0 ? -1 : two >= 69 ? 1900 + two : 2000 + two;
    return two >= 0;
  }

  /** Which of the names stands here in any case, from 1; or 0. */
  int name(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (take(names.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  private boolean take(String word) {
    int end = at + word.length();
    if (end > text.length() || !word.equalsIgnoreCase(text.subSequence(at, end).toString())) {
      return false;
    }
    at = end;
    return true;
  }

  boolean halfOfDay(String morning, String afternoon) {
    half = take(morning) ? 0 : take(afternoon) ? 1 : -1;
    return half >= 0;
  }

  /** The text itself; a run of blanks stands for any other. */
  boolean literal(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      char c = expected.charAt(i);
      if (c == ' ') {
        if (at < text.length() && peek() != ' ') {
          return false;
        }
        while (peek() == ' ') {
          at++;
        }
        while (i + 1 < expected.length() && expected.charAt(i + 1) == ' ') {
          i++;
        }
      } else if (peek() != c || at == text.length()) {
        return false;
      } else {
        at++;
      }
    }
    return true;
  }

  boolean fraction(int digits) {
    if (peek() != '.' && peek() != ',') {
      return false;
    }
    at++;
    return number(digits, digits) >= 0;
  }

  /** Digits behind a dot or comma, as many as there are; or nothing. */
  boolean optionalFraction() {
    if ((peek() == '.' || peek() == ',') && digitAt(at + 1)) {
      at++;
      while (digitAt(at)) {
        at++;
      }
    }
    return true;
  }

  /** An offset written as in the layout: hours, then minutes and seconds with or without colons. */
  boolean offset(String layout) {
    if (layout.charAt(0) == 'Z' && peek() == 'Z') {
      at++;
      return true;
    }
    int sign = peek() == '-' ? -1 : peek() == '+' ? 1 : 0;
    at++;
    int seconds = 0;
    for (int i = 1, unit = 3600; i < layout.length(); unit /= 60) {
      if (layout.charAt(i) == ':') {
        i++;
        if (peek() != ':') {
          return false;
        }
        at++;
      }
      int number = number(2, 2);
      if (number < 0 || number > (unit == 3600 ? 24 : 59)) {
        return false;
      }
      seconds += number * unit;
      i += 2;
    }
    offset = sign * seconds;
    return sign != 0;
  }

  /** A known name, an offset in its place, or a name with one ({@code GMT+2}). */
  boolean zoneName() {
    int start = at;
    while (peek() >= 'A' && peek() <= 'Z') {
      at++;
    }
    Integer hours = ZONES.get(text.subSequence(start, at).toString());
    if (hours == null && at > start) {
      return false;
    }
    offset = hours == null ? 0 : hours * 3600;
    boolean greenwich = at > start && offset == 0;
    if (hours != null && !greenwich || peek() != '+' && peek() != '-') {
      return hours != null;
    }
    int sign = peek() == '-' ? -1 : 1;
    at++;
    int number = number(1, 2);
    offset = sign * number * 3600;
    return number >= 0 && number <= 24;
  }

  /** Seconds since 1970, or {@link TimeLayout#UNREADABLE} when a field is out of its range. */
  long seconds(InstantSource clock) {
    if (hour > 23 || minute > 59 || second > 59) {
      return TimeLayout.UNREADABLE;
    }
    LocalDate date = date(clock);
    if (date == null) {
      return TimeLayout.UNREADABLE;
    }
    int hours =
        half < 0 ? hour : half == 1 && hour < 12 ? hour + 12 : half == 0 && hour == 12 ? 0 : hour;
    long seconds = date.toEpochDay() * 86400 + hours * 3600L + minute * 60L + second - offset;
    return Math.max(TimeLayout.UNREADABLE, seconds);
  }

  private LocalDate date(InstantSource clock) {
    if (year < 0 && month < 0 && day < 0 && dayOfYear < 0) {
      return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
    int y = year >= 0 ? year : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).getYear();
    if (dayOfYear >= 0) {
      return dayOfYear > Year.of(y).length() ? null : fits(LocalDate.ofYearDay(y, dayOfYear));
    }
    int m = month < 0 ? 1 : month;
    int d = day < 0 ? 1 : day;
    return m > 12 || d > YearMonth.of(y, m).lengthOfMonth() ? null : LocalDate.of(y, m, d);
  }

  /** Only if month and day, where they were given too, say the same day. */
  private LocalDate fits(LocalDate date) {
    boolean same =
        (month < 0 || month == date.getMonthValue()) && (day < 0 || day == date.getDayOfMonth());
    return same ? date : null;
  }
}
