package io.cadenza.render;

/**
 * How a series is drawn, as functions of a target want it; the numbers themselves are not touched.
 *
 * @param color a name or {@code rrggbb} or {@code rrggbbaa}; null where the picture decides
 * @param alpha how opaque, from 0 to 1; NaN where the picture decides
 * @param lineWidth pixels; NaN where the picture decides
 * @param dash pixels of a dash; 0 for a whole line
 * @param stacked on top of those before it
 * @param secondYAxis by the scale on the right
 * @param drawAsInfinite a line from bottom to top wherever there is a value that isn't 0
 * @param invisible takes its place in a stack, but isn't drawn
 */
public record Look(
    String color,
    double alpha,
    double lineWidth,
    double dash,
    boolean stacked,
    boolean secondYAxis,
    boolean drawAsInfinite,
    boolean invisible) {
  /** As nobody said anything. */
  public static final Look PLAIN =
      new Look(null, Double.NaN, Double.NaN, 0, false, false, false, false);

  public Look withColor(String now) {
    return new Look(now, alpha, lineWidth, dash, stacked, secondYAxis, drawAsInfinite, invisible);
  }

  public Look withAlpha(double now) {
    return new Look(color, now, lineWidth, dash, stacked, secondYAxis, drawAsInfinite, invisible);
  }

  public Look withLineWidth(double now) {
    return new Look(color, alpha, now, dash, stacked, secondYAxis, drawAsInfinite, invisible);
  }

  public Look withDash(double now) {
    return new Look(color, alpha, lineWidth, now, stacked, secondYAxis, drawAsInfinite, invisible);
  }

  /**
   * @param hidden whether it is only the ground for the next one
   */
  public Look stackedUp(boolean hidden) {
    return new Look(color, alpha, lineWidth, dash, true, secondYAxis, drawAsInfinite, hidden);
  }

  public Look onSecondYAxis() {
    return new Look(color, alpha, lineWidth, dash, stacked, true, drawAsInfinite, invisible);
  }

  public Look asInfinite() {
    return new Look(color, alpha, lineWidth, dash, stacked, secondYAxis, true, invisible);
  }
}
