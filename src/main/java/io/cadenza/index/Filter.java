package io.cadenza.index;

/** What lets those of many texts pass that match a regex, or all. Belongs to one request. */
final class Filter {
  private final TagRegex regex; // null lets all pass

  /**
   * @param regex that texts match from their start; null or empty for all
   * @throws IllegalArgumentException if it is none
   */
  Filter(String regex) {
    boolean all = regex == null || regex.isEmpty();
    this.regex = all ? null : new TagRegex(regex, new Budget(Budget.USUAL, regex));
  }

  boolean matches(String text) {
    return regex == null || regex.matches(text);
  }
}
