package io.cadenza.render.chart;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Colours as requests write them, as alpha, red, green and blue in one number. Names mean what they
 * mean to graphite-web, whose blue is a light one.
 */
final class Colours {
  static final int OPAQUE = 0xff000000;

  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("black", rgb(0, 0, 0)),
          Map.entry("white", rgb(255, 255, 255)),
          Map.entry("blue", rgb(100, 100, 255)),
          Map.entry("green", rgb(0, 200, 0)),
          Map.entry("red", rgb(200, 0, 50)),
          Map.entry("yellow", rgb(255, 255, 0)),
          Map.entry("orange", rgb(255, 165, 0)),
          Map.entry("purple", rgb(200, 100, 255)),
          Map.entry("brown", rgb(150, 100, 50)),
          Map.entry("cyan", rgb(0, 255, 255)),
          Map.entry("aqua", rgb(0, 150, 150)),
          Map.entry("gray", rgb(175, 175, 175)),
          Map.entry("grey", rgb(175, 175, 175)),
          Map.entry("magenta", rgb(255, 0, 255)),
          Map.entry("pink", rgb(255, 100, 100)),
          Map.entry("gold", rgb(200, 200, 0)),
          Map.entry("rose", rgb(200, 150, 200)),
          Map.entry("darkblue", rgb(0, 0, 255)),
          Map.entry("darkgreen", rgb(0, 255, 0)),
          Map.entry("darkred", rgb(255, 0, 0)),
          Map.entry("darkgray", rgb(111, 111, 111)),
          Map.entry("darkgrey", rgb(111, 111, 111)),
          Map.entry("transparent", 0));

  private Colours() {}

  private static int rgb(int red, int green, int blue) {
    return OPAQUE | red << 16 | green << 8 | blue;
  }

  /** Of a name, or of three, six or, with how opaque it is, eight digits of hex. */
  static OptionalInt of(String text) {
    Integer named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return OptionalInt.of(named);
    }
    String digits = text.startsWith("#") ? text.substring(1) : text;
    if (!digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
      return OptionalInt.empty();
    }
    return switch (digits.length()) {
      case 3 -> OptionalInt.of(OPAQUE | doubled(Integer.parseInt(digits, 16)));
      case 6 -> OptionalInt.of(OPAQUE | Integer.parseInt(digits, 16));
      case 8 -> OptionalInt.of(Integer.rotateRight((int) Long.parseLong(digits, 16), 8));
      default -> OptionalInt.empty();
    };
  }

  /** Each digit of three twice: a0f as aa00ff. */
  private static int doubled(int three) {
    int spread = (three & 0xf00) << 8 | (three & 0xf0) << 4 | three & 0xf;
    return spread | spread << 4;
  }

  /**
   * @param part of how opaque it is, from 0 to 1
   */
  static int faded(int colour, double part) {
    int alpha = (int) Math.round((colour >>> 24) * part);
    return colour & 0xffffff | alpha << 24;
  }
}
