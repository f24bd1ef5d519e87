package io.cadenza.accumulate.statsd;

import io.cadenza.config.Settings;
import io.cadenza.line.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * How flushed lines are named.
 *
 * @param layout whose names
 * @param legacy node statsd's names from before 0.6, or Cadent's that are like them
 * @param stats under which it tells about itself
 * @param global in front of all, where it is used
 * @param suffix behind each name; with Cadent's layout before the key
 */
record NameConfig(
    Layout layout,
    boolean legacy,
    String stats,
    String global,
    String suffix,
    String counter,
    String timer,
    String gauge,
    String set) {

  /** Whose names. */
  enum Layout {
    /** Node statsd's. */
    STATSD,
    /** Cadent's: the word of a counter and the suffix stand before the key. */
    CADENT
  }

  static NameConfig read(Settings s) {
    return new NameConfig(
        s.choice("layout", Layout.class),
        s.flag("legacy-namespace"),
        part(s, "prefix-stats"),
        part(s, "global-prefix"),
        part(s, "global-suffix"),
        part(s, "prefix-counter"),
        part(s, "prefix-timer"),
        part(s, "prefix-gauge"),
        part(s, "prefix-set"));
  }

  private static String part(Settings s, String key) {
    String text = s.text(key);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean plain = Bytes.plainAscii(bytes, 0, bytes.length);
    if (!plain || text.chars().anyMatch(c -> c <= ' ' || ";:|=".indexOf(c) >= 0 || c == 0x7f)) {
      s.problem(key, "has a character that would break names; give letters, digits, _ - and dots");
      return "";
    }
    return text;
  }
}
