package io.cadenza.render.chart;

import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads what a request says of a picture; what can't be read is told with what would be right. */
final class Parameters {
  private static final int MOST_COLOURS = 1000;
  private static final List<String> YES = List.of("true", "1", "yes", "on");
  private static final List<String> NO = List.of("false", "0", "no", "off");

  private final UnaryOperator<String> request;

  /**
   * @param request from the name of a parameter to its text, null when it is not given
   */
  Parameters(UnaryOperator<String> request) {
    this.request = request;
  }

  String text(String name, String otherwise) {
    String text = request.apply(name);
    return text == null || text.isBlank() ? otherwise : Names.shown(text.strip(), Names.LONGEST);
  }

  int whole(String name, int otherwise, int least, int most) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    }
    String right = "a whole number from " + least + " to " + most;
    double value = parsed(name, text, right);
    if (value != Math.rint(value)) {
      throw wrong(Kind.REQUEST, name, text, right);
    }
    return (int) within(name, text, value, least, most);
  }

  double number(String name, double otherwise, double least, double most) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    }
    return within(name, text, parsed(name, text, "a number"), least, most);
  }

  private static double parsed(String name, String text, String right) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as numbers that are none are.
    }
    throw wrong(Kind.REQUEST, name, text, right);
  }

  private static double within(String name, String text, double value, double least, double most) {
    if (value < least || value > most) {
      throw wrong(Kind.LIMIT, name, text, "from " + plain(least) + " to " + plain(most));
    }
    return value;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  boolean flag(String name, boolean otherwise) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!YES.contains(lower) && !NO.contains(lower)) {
      throw wrong(Kind.REQUEST, name, text, "true or false");
    }
    return YES.contains(lower);
  }

  boolean isGiven(String name) {
    return text(name, null) != null;
  }

  <E extends Enum<E>> E choice(String name, E otherwise) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    }
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    for (E one : all) {
      if (one.name().equalsIgnoreCase(text)) {
        return one;
      }
    }
    throw wrong(
        Kind.REQUEST,
        name,
        text,
        Arrays.stream(all)
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", "")));
  }

  int colour(String name, int otherwise) {
    String text = text(name, null);
    return text == null ? otherwise : colourOf(name, text);
  }

  List<Integer> colours(String name, List<Integer> otherwise) {
    String text = request.apply(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    return Arrays.stream(text.split(","))
        .limit(MOST_COLOURS)
        .map(one -> colourOf(name, Names.shown(one.strip(), Names.LONGEST)))
        .toList();
  }

  /** Of what a parameter, or an argument of a function, says. */
  static int colourOf(String name, String text) {
    return Colours.of(text)
        .orElseThrow(
            () ->
                wrong(Kind.REQUEST, name, text, "a name such as red, or red green blue as 00c832"));
  }

  ZoneId zone(String name, ZoneId otherwise) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    }
    try {
      return ZoneId.of(text, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw wrong(Kind.REQUEST, name, text, "a time zone such as Europe/Berlin");
    }
  }

  private static RenderException wrong(Kind kind, String name, String text, String right) {
    return new RenderException(kind, name + "=" + text + ": " + right);
  }
}
