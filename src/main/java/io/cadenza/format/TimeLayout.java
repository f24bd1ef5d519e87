package io.cadenza.format;

import java.time.InstantSource;

/**
 * Reads times written in one layout. For lines whose time a regex finds; any thread may use it.
 *
 * <p>A layout is the reference time of Go, {@code Mon Jan 2 15:04:05 MST 2006}, written as the
 * times are; or the name of one of Go's layouts ({@code RFC3339}); or a pattern of {@link
 * java.time.format.DateTimeFormatter}. What it lacks is taken from the clock (year, or the whole
 * date where it has times of day only) or is the first of its kind; a time without zone is UTC.
 */
public sealed interface TimeLayout permits GoLayout, PatternLayout {
  /** What {@link #seconds} answers for text that is no time since 1970. */
  long UNREADABLE = -1;

  /**
   * The layout that the text describes.
   *
   * @throws IllegalArgumentException when it describes none
   */
  static TimeLayout of(String layout, InstantSource clock) {
    String text = GoLayout.named(layout);
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
      if (!quoted && c >= '0' && c <= '9') {
        return true;
      }
    }
    return false;
  }

  /** Seconds since 1970, or {@link #UNREADABLE}. Never throws. */
  long seconds(CharSequence text);
}
