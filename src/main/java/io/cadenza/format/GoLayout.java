package io.cadenza.format;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@link TimeLayout} written as Go's reference time. Reads what Go's time.Parse reads: months and
 * weekdays in any case, runs of blanks as one, one digit where the layout has no leading zero, and
 * fractions of a second behind seconds even where the layout has none.
 */
final class GoLayout implements TimeLayout {
  /** Go's named layouts, from the documentation of its package time. */
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("Layout", "01/02 03:04:05PM '06 -0700"),
          Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
          Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
          Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
          Map.entry("RFC822", "02 Jan 06 15:04 MST"),
          Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
          Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
          Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
          Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
          Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
          Map.entry("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"),
          Map.entry("Kitchen", "3:04PM"),
          Map.entry("Stamp", "Jan _2 15:04:05"),
          Map.entry("StampMilli", "Jan _2 15:04:05.000"),
          Map.entry("StampMicro", "Jan _2 15:04:05.000000"),
          Map.entry("StampNano", "Jan _2 15:04:05.000000000"),
          Map.entry("DateTime", "2006-01-02 15:04:05"),
          Map.entry("DateOnly", "2006-01-02"),
          Map.entry("TimeOnly", "15:04:05"));

  private final InstantSource clock;
  private final List<GoElement> elements = new ArrayList<>();

  GoLayout(String layout, InstantSource clock) {
    this.clock = clock;
    StringBuilder literal = new StringBuilder();
    boolean times = false;
    for (int at = 0; at < layout.length(); ) {
      GoElement element = GoElement.at(layout, at);
      if (element == null) {
        literal.append(layout.charAt(at++));
        continue;
      }
      flush(literal);
      elements.add(element);
      times = true;
      at += element.length();
    }
    flush(literal);
    if (!times) {
      throw new IllegalArgumentException(
          "a time layout without any part of Go's reference time 2006-01-02 15:04:05: \""
              + layout
              + '"');
    }
  }

  /** The layout of that name, with or without its package; or the text itself. */
  static String named(String layout) {
    String name = layout.startsWith("time.") ? layout.substring(5) : layout;
    return NAMED.getOrDefault(name, layout);
  }

  private void flush(StringBuilder literal) {
    if (literal.length() > 0) {
      elements.add(GoElement.literal(literal.toString()));
      literal.setLength(0);
    }
  }

  @Override
  public long seconds(CharSequence text) {
    GoTime time = new GoTime(text);
    for (int i = 0; i < elements.size(); i++) {
      GoElement element = elements.get(i);
      if (!element.read(time)) {
        return UNREADABLE;
      }
      boolean fractionFollows = i + 1 < elements.size() && elements.get(i + 1).isFraction();
      if (element.isSecond() && !fractionFollows) {
        time.optionalFraction();
      }
    }
    return time.atEnd() ? time.seconds(clock) : UNREADABLE;
  }
}
