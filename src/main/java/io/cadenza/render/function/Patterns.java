package io.cadenza.render.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.cadenza.match.PatternException;
import io.cadenza.match.PatternSet;
import io.cadenza.render.RenderException;

/** Regexes that users write into targets: RE2's, which take no more than linear time. */
final class Patterns {
  /** Longer than people write; what a regex takes grows with it. */
  private static final int LONGEST = 2000;

  private Patterns() {}

  /**
   * Compiles a regex.
   *
   * @throws RenderException when it is none, or needs to go back and forth
   */
  static Pattern compile(String regex) {
    if (regex.length() > LONGEST) {
      throw RenderException.invalid("Regex of more than " + LONGEST + " characters");
    }
    try {
      new PatternSet.Builder().regex(regex); // refuses those that take much room too
      return Pattern.compile(regex);
    } catch (PatternException e) {
      throw RenderException.invalid("Invalid regex " + e.getMessage());
    }
  }

  /** Replaces all matches, as Python's {@code re.sub}. */
  static String replace(Pattern pattern, String name, Replacement replacement) {
    Matcher matcher = pattern.matcher(name);
    StringBuilder replaced = new StringBuilder();
    int copied = 0;
    while (matcher.find()) {
      replaced.append(name, copied, matcher.start());
      replacement.append(matcher, replaced);
      copied = matcher.end();
      if (replaced.length() > Replacement.LONGEST) {
        throw RenderException.invalid(
            "Replacing makes a name of more than " + Replacement.LONGEST + " characters");
      }
    }
    return replaced.append(name, copied, name.length()).toString();
  }
}
