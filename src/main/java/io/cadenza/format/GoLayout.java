package io.cadenza.format;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link TimeLayout} written as Go's reference time. Reads what Go's time.Parse reads: months and
 * weekdays in any case, runs of blanks as one, one digit where the layout has no leading zero, and
 * fractions of a second behind seconds even where the layout has none.
 */
final class GoLayout implements TimeLayout {
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
