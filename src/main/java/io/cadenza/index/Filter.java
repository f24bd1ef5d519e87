package io.cadenza.index;

import com.google.re2j.Pattern;

/** A regex that texts are tried on, up to a bound for all of them. Belongs to one request. */
final class Filter {
  private final Pattern regex; // null lets all pass
  private final Budget budget;

  /**
   * @param regex that texts match from their start; null or empty for all
   * @throws IllegalArgumentException if it is none
   */
  Filter(String regex) {
    this.regex = regex == null || regex.isEmpty() ? null : TagExpression.regex(regex);
    budget = new Budget(Budget.USUAL, regex);
  }

  boolean matches(String text) {
    if (regex == null) {
      return true;
    }
    budget.spend(TagExpression.cost(regex, text));
    return regex.matcher(text).lookingAt();
  }
}
