package io.cadenza.render.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Colours that go together: graphite's {@code template}.
 *
 * @param lines of the first series, the second ...; then the first again
 */
record Template(int background, int foreground, List<Integer> lines) {
  private static final List<Integer> GRAPHITE =
      colours(
          "blue", "green", "red", "purple", "brown", "yellow", "aqua", "grey", "magenta", "pink",
          "gold", "rose");

  /** Apart from each other for most eyes, on dark as on light ground. */
  private static final List<Integer> CLEAR =
      colours(
          "4e8ef7", "f28e2b", "2ca58d", "e15759", "b07aa1", "d4a72c", "59c1d6", "9c755f", "ff7fa8",
          "8cb369", "7a7fe0", "a0a7b0");

  private static final List<Integer> SOLARIZED =
      colours("268bd2", "859900", "dc322f", "d33682", "b58900", "2aa198", "cb4b16", "6c71c4");

  private static final Template DEFAULT = of("black", "white", GRAPHITE);

  private static final Map<String, Template> BY_NAME =
      Map.of(
          "default", DEFAULT,
          "noc", DEFAULT,
          "plain", of("white", "black", GRAPHITE),
          "dark", of("14171c", "d7dce2", CLEAR),
          "light", of("ffffff", "2b3036", CLEAR),
          "solarized-dark", of("002b36", "839496", SOLARIZED),
          "solarized-light", of("fdf6e3", "657b83", SOLARIZED));

  private static Template of(String background, String foreground, List<Integer> lines) {
    return new Template(colour(background), colour(foreground), lines);
  }

  private static List<Integer> colours(String... texts) {
    return List.of(texts).stream().map(Template::colour).toList();
  }

  private static int colour(String text) {
    return Colours.of(text).orElseThrow();
  }

  /** One that nobody knows is the default, as with graphite: its names are a server's own. */
  static Template named(String name) {
    return BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), DEFAULT);
  }
}
