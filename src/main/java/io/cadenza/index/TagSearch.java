package io.cadenza.index;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds the series that match some expressions: looks at those that the most selective one may
 * match, and asks each of them for the others. Belongs to one thread; takes no lock.
 */
final class TagSearch {
  private final NavigableMap<String, TagValues> tags;
  private final List<TagExpression> expressions;

  TagSearch(NavigableMap<String, TagValues> tags, List<TagExpression> expressions) {
    this.tags = tags;
    this.expressions = expressions;
  }

  /** The tags that are asked for. */
  Set<String> asked() {
    return expressions.stream().map(TagExpression::tag).collect(Collectors.toSet());
  }

  /** Hands over each series that matches, in no order. */
  void forEach(Consumer<TagSeries> action) {
    TagExpression first =
        expressions.stream()
            .filter(expression -> !expression.matches(""))
            .min(Comparator.comparingInt(this::candidates))
            .orElseThrow();
    TagValues values = tags.get(first.tag());
    if (values == null) {
      return;
    }
    if (first.onlyValue() == null) {
      values
          .startingWith(first.prefix())
          .filter(postings -> first.matches(postings.value))
          .forEach(postings -> postings.forEach(series -> check(series, action)));
    } else {
      Postings postings = values.values.get(first.onlyValue());
      if (postings != null) {
        postings.forEach(series -> check(series, action));
      }
    }
  }

  private void check(TagSeries series, Consumer<TagSeries> action) {
    for (TagExpression expression : expressions) {
      if (!expression.matches(series)) {
        return;
      }
    }
    action.accept(series);
  }

  /** How many series an expression leaves to be looked at, at most. */
  private int candidates(TagExpression expression) {
    TagValues values = tags.get(expression.tag());
    if (values == null) {
      return 0;
    }
    if (expression.onlyValue() == null) {
      return values.count();
    }
    Postings postings = values.values.get(expression.onlyValue());
    return postings == null ? 0 : postings.count();
  }
}
