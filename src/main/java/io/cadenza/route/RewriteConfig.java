package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.match.PatternException;
import io.cadenza.match.Rewrite;

/**
 * A change to keys, as configured.
 *
 * @param regex null where {@code old} is given
 * @param old plain text, null where {@code regex} is given
 * @param to what stands there instead; a template where a regex is given
 * @param max how many occurrences, -1 for all
 * @param not keys that have this text, or match this {@code /regex/}, are left alone; null for none
 */
public record RewriteConfig(String regex, String old, String to, int max, String not) {
  /** Reads a rewrite from its block. */
  public static RewriteConfig read(Settings s) {
    RewriteConfig config =
        new RewriteConfig(
            s.textOr("regex", null),
            s.textOr("old", null),
            s.text("to"),
            s.count("max", -1, Integer.MAX_VALUE),
            s.textOr("not", null));
    String blank = blankIn(config.to);
    if (blank != null) {
      s.problem("to", blank);
    }
    if ((config.regex == null) == (config.old == null)) {
      s.problem("", "give either regex or old, the text to be replaced");
    } else {
      try {
        config.make();
      } catch (PatternException wrong) {
        s.problem(config.keyOf(wrong.pattern()), wrong.getMessage());
      }
    }
    return config;
  }

  /** What is wrong with a template of keys that has a blank; null when it has none. */
  static String blankIn(String to) {
    return to.chars().anyMatch(c -> c <= ' ' || c == 0x7f)
        ? "has a blank or a control character, where a key would end; leave it out"
        : null;
  }

  private String keyOf(String pattern) {
    if (pattern.equals(regex)) {
      return "regex";
    }
    if (pattern.equals(old)) {
      return "old";
    }
    return pattern.equals(to) ? "to" : "not";
  }

  /**
   * @throws PatternException when the regex or the template is malformed
   */
  Rewrite make() {
    return regex != null ? Rewrite.regex(regex, to, max, not) : Rewrite.text(old, to, max, not);
  }

  @Override
  public String toString() {
    String from = regex != null ? "regex \"" + regex + '"' : "text \"" + old + '"';
    return from + " to \"" + to + '"' + (not == null ? "" : " unless \"" + not + '"');
  }
}
