package io.cadenza.index;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regex of RE2 that a text has to match from its start, but not to its end, as Python's {@code
 * re.match} has it. It belongs to one request, whose budget it is paid from.
 */
final class TagRegex {
  private static final int LONGEST = 4096;
  private static final int LARGEST_PROGRAM = 10_000;

  /** What ends a literal in a regex, or makes its last character optional. */
  private static final String SPECIAL = "\\^$.|?*+()[]{}";

  private final Pattern pattern;
  private final String prefix;
  private final Budget budget;

  /**
   * Compiles a regex.
   *
   * @throws IllegalArgumentException if it is none of RE2, or too large
   */
  TagRegex(String text, Budget budget) {
    this.budget = budget;
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "regex of more than %d characters: %s".formatted(LONGEST, TooManyException.shown(text)));
    }
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "no regex: %s: %s".formatted(e.getDescription(), TooManyException.shown(text)), e);
    }
    if (pattern.programSize() > LARGEST_PROGRAM) {
      throw new IllegalArgumentException("regex too large: " + TooManyException.shown(text));
    }
    prefix = prefix(text);
  }

  /** What all that it matches begins with: found in plain cases, else empty. */
  String prefix() {
    return prefix;
  }

  private static String prefix(String regex) {
    if (regex.indexOf('|') >= 0) {
      return "";
    }
    int from = regex.startsWith("^") ? 1 : 0;
    int to = from;
    while (to < regex.length() && isLiteral(regex.charAt(to))) {
      to++;
    }
    boolean optional = to < regex.length() && "?*{".indexOf(regex.charAt(to)) >= 0;
    return regex.substring(from, optional && to > from ? to - 1 : to);
  }

  private static boolean isLiteral(char c) {
    return c < 128 && SPECIAL.indexOf(c) < 0;
  }

  /**
   * Whether a text begins with what the regex stands for.
   *
   * @throws TooManyException if too much was looked at by now
   */
  boolean matches(String text) {
    budget.spend(1 + ((long) pattern.programSize() * (text.length() + 1) >>> 2));
    return pattern.matcher(text).lookingAt();
  }
}
