package io.cadenza.format;

import java.util.List;
import java.util.function.Predicate;

/**
 * One part of a Go layout: how it is written there, and how to read what stands for it in a time.
 * The table follows the documentation of Go's package time, longest parts first.
 */
final class GoElement {
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  private static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
  private static final List<String> SHORT_MONTHS = shortened(MONTHS);
  private static final List<String> SHORT_DAYS = shortened(DAYS);

  private static final List<GoElement> ALL =
      List.of(
          new GoElement("January", t -> (t.month = t.name(MONTHS)) > 0),
          new GoElement("Jan", t -> (t.month = t.name(SHORT_MONTHS)) > 0),
          new GoElement("Monday", t -> t.name(DAYS) > 0),
          new GoElement("Mon", t -> t.name(SHORT_DAYS) > 0),
          new GoElement("MST", GoTime::zoneName),
          new GoElement("002", t -> (t.dayOfYear = t.number(3, 3)) > 0),
          new GoElement("01", t -> (t.month = t.number(2, 2)) > 0),
          new GoElement("02", t -> (t.day = t.number(2, 2)) > 0),
          new GoElement("03", t -> (t.hour = t.number(2, 2)) >= 0 && t.hour <= 12),
          new GoElement("04", t -> (t.minute = t.number(2, 2)) >= 0),
          new GoElement("05", t -> (t.second = t.number(2, 2)) >= 0),
          new GoElement("06", GoTime::shortYear),
          new GoElement("2006", t -> (t.year = t.number(4, 4)) >= 0),
          new GoElement("15", t -> (t.hour = t.number(1, 2)) >= 0),
          new GoElement("1", t -> (t.month = t.number(1, 2)) > 0),
          new GoElement("__2", t -> (t.dayOfYear = t.padded(3)) > 0),
          new GoElement("_2", t -> (t.day = t.padded(2)) > 0),
          new GoElement("2", t -> (t.day = t.number(1, 2)) > 0),
          new GoElement("3", t -> (t.hour = t.number(1, 2)) >= 0 && t.hour <= 12),
          new GoElement("4", t -> (t.minute = t.number(1, 2)) >= 0),
          new GoElement("5", t -> (t.second = t.number(1, 2)) >= 0),
          new GoElement("PM", t -> t.halfOfDay("AM", "PM")),
          new GoElement("pm", t -> t.halfOfDay("am", "pm")),
          offset("Z07:00:00"),
          offset("Z070000"),
          offset("Z07:00"),
          offset("Z0700"),
          offset("Z07"),
          offset("-07:00:00"),
          offset("-070000"),
          offset("-07:00"),
          offset("-0700"),
          offset("-07"));

  private final String text;
  private final Predicate<GoTime> reader;

  private GoElement(String text, Predicate<GoTime> reader) {
    this.text = text;
    this.reader = reader;
  }

  private static GoElement offset(String text) {
    return new GoElement(text, t -> t.offset(text));
  }

  /** Text that stands for itself. */
  static GoElement literal(String text) {
    return new GoElement(text, t -> t.literal(text));
  }

  private static List<String> shortened(List<String> names) {
    return names.stream().map(name -> name.substring(0, 3)).toList();
  }

  /** The part that begins at {@code at} of the layout, or null. */
  static GoElement at(String layout, int at) {
    char first = layout.charAt(at);
    if (first == '.' || first == ',') {
      return fraction(layout, at);
    }
    if (layout.startsWith("_2006", at)) {
      return null;
    }
    for (GoElement element : ALL) {
      if (layout.startsWith(element.text, at) && !isPartOfAWord(element.text, layout, at)) {
        return element;
      }
    }
    return null;
  }

  /** {@code Jan} and {@code Mon} are none of their kind in {@code Janet} or {@code Month}. */
  private static boolean isPartOfAWord(String text, String layout, int at) {
    int next = at + text.length();
    return (text.equals("Jan") || text.equals("Mon"))
        && next < layout.length()
        && Character.isLowerCase(layout.charAt(next));
  }

  /**
   * A dot or comma with only zeros behind (so many digits), or only nines (as many as there are).
   */
  private static GoElement fraction(String layout, int at) {
    int end = at + 1;
    char digit = end < layout.length() ? layout.charAt(end) : ' ';
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean more = end < layout.length() && Character.isDigit(layout.charAt(end));
    if (more || digit != '0' && digit != '9') {
      return null;
    }
    int digits = end - at - 1;
    return new GoElement(
        layout.substring(at, end),
        digit == '0' ? t -> t.fraction(digits) : GoTime::optionalFraction);
  }

  int length() {
    return text.length();
  }

  boolean isSecond() {
    return text.equals("05") || text.equals("5");
  }

  boolean isFraction() {
    return text.length() > 1
        && (text.startsWith(".0")
            || text.startsWith(",0")
            || text.startsWith(".9")
            || text.startsWith(",9"));
  }

  /** Reads on in the time; false when it can't be read so. */
  boolean read(GoTime time) {
    return reader.test(time);
  }
}
