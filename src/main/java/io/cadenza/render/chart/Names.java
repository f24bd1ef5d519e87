package io.cadenza.render.chart;

/** Names and titles as they can be shown: those of metrics may be any bytes. */
final class Names {
  /** Of what is shown, in characters. */
  static final int LONGEST = 300;

  private static final char UNKNOWN = '\uFFFD';

  private Names() {}

  /**
   * Without what neither XML nor a font has; a long one loses its middle, as its ends tell most.
   */
  static String shown(String name, int longest) {
    String whole =
        name.codePointCount(0, name.length()) > longest ? shortened(name, longest) : name;
    StringBuilder shown = new StringBuilder(whole.length());
    whole.codePoints().forEach(point -> shown.appendCodePoint(isShown(point) ? point : UNKNOWN));
    return shown.toString();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * @param length in characters, at least 1, of which one stands for what is left out
   */
  static String shortened(String name, int length) {
    int points = name.codePointCount(0, name.length());
    if (points <= length) {
      return name;
    }
    int head = (length - 1) / 2;
    int tail = length - 1 - head;
    return name.substring(0, name.offsetByCodePoints(0, head))
        + "…"
        + name.substring(name.offsetByCodePoints(name.length(), -tail));
  }
}
