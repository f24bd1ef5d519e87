package io.cadenza.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked of one tag: {@code tag=value}, {@code !=}, or with a regex {@code =~} and {@code
 * !=~}, which has to match from the start of the value but not to its end. A series without the tag
 * has the empty value. Belongs to one search: what a regex said of a value is remembered.
 */
final class TagExpression {
  private static final int MOST_EXPRESSIONS = 100;

  private final String tag;
  private final boolean negated;
  private final String value;
  private final TagRegex regex; // null where the value itself is compared
  private final Map<String, Boolean> remembered = new HashMap<>();
  private final Budget budget;

  private TagExpression(String tag, boolean negated, String value, TagRegex regex, Budget budget) {
    this.tag = tag;
    this.negated = negated;
    this.value = value;
    this.regex = regex;
    this.budget = budget;
  }

  /**
   * Reads what a series has to match all of.
   *
   * @throws IllegalArgumentException if one is none, or all of them match series without tags
   */
  static List<TagExpression> all(List<String> texts, Budget budget) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("no tag expressions specified");
    }
    if (texts.size() > MOST_EXPRESSIONS) {
      throw new IllegalArgumentException("more than " + MOST_EXPRESSIONS + " tag expressions");
    }
    List<TagExpression> all = new ArrayList<>();
    boolean selective = false;
    for (String text : texts) {
      TagExpression expression = of(text, budget);
      all.add(expression);
      selective |= !expression.matches("");
    }
    if (!selective) {
      throw new IllegalArgumentException(
          "at least one tag expression must not match the empty string: "
              + TooManyException.shown(String.join(", ", texts)));
    }
    return all;
  }

  /** Reads {@code tag}, an operator, and what is behind it, without a semicolon. */
  private static TagExpression of(String text, Budget budget) {
    int at = 0;
    while (at < text.length() && ";!=".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    boolean negated = text.startsWith("!=", at);
    int behind = at + (negated ? 2 : 1);
    if (at == 0 || !negated && !text.startsWith("=", at) || text.indexOf(';') >= 0) {
      throw new IllegalArgumentException(
          "no tag expression, such as tag=value: " + TooManyException.shown(text));
    }
    String tag = text.substring(0, at);
    boolean regex = text.startsWith("~", behind);
    String value = text.substring(behind + (regex ? 1 : 0));
    return new TagExpression(
        tag, negated, value, regex ? new TagRegex(value, budget) : null, budget);
  }

  String tag() {
    return tag;
  }

  /** What all values begin with that match. */
  String prefix() {
    return negated || regex == null ? "" : regex.prefix();
  }

  /** The only value that matches, or null when others may. */
  String onlyValue() {
    return negated || regex != null ? null : value;
  }

  boolean matches(TagSeries series) {
    return matches(series.value(tag));
  }

  /** Whether a series with this value matches. */
  boolean matches(String actual) {
    budget.spend(1);
    boolean same = regex == null ? value.equals(actual) : remembered(actual);
    return same != negated;
  }

  private boolean remembered(String actual) {
    Boolean known = remembered.get(actual);
    if (known == null) {
      known = regex.matches(actual);
      remembered.put(actual, known);
    }
    return known;
  }
}
