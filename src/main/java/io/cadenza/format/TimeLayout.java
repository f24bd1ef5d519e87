package io.cadenza.format;

import java.time.InstantSource;
import java.util.Map;

/**
 * Reads times written in one layout. For lines whose time a regex finds; any thread may use it.
 *
 * <p>A layout is the reference time of Go, {@code Mon Jan 2 15:04:05 MST 2006}, written as the times
 * are; or the name of one of Go's layouts ({@code RFC3339}); or a pattern of {@link
 * java.time.format.DateTimeFormatter}. What it lacks is taken from the clock (year, or the whole
 * date where it has times of day only) or is the first of its kind; a time without zone is UTC.
 */
public sealed interface TimeLayout permits GoLayout, PatternLayout {
  /** What {@link #seconds} answers for text that is no time since 1970. */
  long UNREADABLE = -1;

  /** Go's named layouts, from the documentation of its package time. */
  Map<String, String> NAMED =
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

  /**
   * The layout that the text describes.
   *
   * @throws IllegalArgumentException when it describes none
   */
  static TimeLayout of(String layout, InstantSource clock) {
    String text = NAMED.getOrDefault(layout.startsWith("time.") ? layout.substring(5) : layout, layout);
    if (text.isBlank()) {
      throw new IllegalArgumentException("a time layout can't be empty");
    }
    return looksLikeGo(text) ? new GoLayout(text, clock) : new PatternLayout(text, clock);
  }

  /** Go's layouts have digits; patterns of java.time have them in quotes at most. */
  private static boolean looksLikeGo(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '\'';
      if (!quoted && c >= '0' && c <= '9' || text.equals(NAMED.get("Layout"))) {
        return true;
      }
    }
    return false;
  }

  /** Seconds since 1970, or {@link #UNREADABLE}. Never throws. */
  long seconds(CharSequence text);
}
