package io.cadenza.api;

import io.cadenza.index.TagIndex;
import io.cadenza.index.TagValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the tags of all stores together: what several have is there once. Any thread. */
final class TagFinder {
  private final Library library;

  TagFinder(Library library) {
    this.library = library;
  }

  /** The series that match all expressions, sorted. */
  List<String> findSeries(List<String> expressions, int limit) {
    return union(tags -> tags.findSeries(expressions, limit), limit);
  }

  /** The same, each with the stores that have it. */
  Map<String, List<Holding>> series(List<String> expressions, int limit) {
    Map<String, List<Holding>> series = new TreeMap<>(Finder.ORDER);
    for (Holding holding : library.holdings()) {
      for (String name : asked(() -> tags(holding).findSeries(expressions, limit))) {
        series.computeIfAbsent(name, n -> new ArrayList<>(1)).add(holding);
      }
    }
    return series;
  }

  boolean hasTag(String tag) {
    return library.holdings().stream().anyMatch(holding -> tags(holding).hasTag(tag));
  }

  List<String> tags(String filter, int limit) {
    return union(tags -> tags.tags(filter, limit), limit);
  }

  /** The values of a tag; where several stores have one, the higher count of series counts. */
  List<TagValue> values(String tag, String filter, int limit) {
    Map<String, Long> counts = new TreeMap<>(Finder.ORDER);
    for (Holding holding : library.holdings()) {
      asked(() -> tags(holding).values(tag, filter, limit))
          .forEach(value -> counts.merge(value.value(), value.count(), Math::max));
    }
    return counts.entrySet().stream()
        .limit(limit)
        .map(entry -> new TagValue(entry.getKey(), entry.getValue()))
        .toList();
  }

  List<String> autoCompleteTags(List<String> expressions, String prefix, int limit) {
    return union(tags -> tags.autoCompleteTags(expressions, prefix, limit), limit);
  }

  List<String> autoCompleteValues(List<String> expressions, String tag, String prefix, int limit) {
    return union(tags -> tags.autoCompleteValues(expressions, tag, prefix, limit), limit);
  }

  /** Adds a series to the first store; answers its name in normal form. */
  String tagSeries(String path) {
    List<Holding> holdings = library.holdings();
    if (holdings.isEmpty()) {
      throw new Refusal(503, "There is no store that is read");
    }
    return asked(() -> tags(holdings.get(0)).tagSeries(path));
  }

  /** Removes a series from the tags of all stores; its points stay. */
  void delSeries(String path) {
    for (Holding holding : library.holdings()) {
      asked(() -> tags(holding).delSeries(path));
    }
  }

  private List<String> union(Function<TagIndex, List<String>> question, int limit) {
    List<List<String>> all = new ArrayList<>();
    for (Holding holding : library.holdings()) {
      all.add(asked(() -> question.apply(tags(holding))));
    }
    if (all.size() == 1) {
      return all.get(0);
    }
    TreeSet<String> union = new TreeSet<>(Finder.ORDER);
    all.forEach(union::addAll);
    return union.stream().limit(limit).toList();
  }

  private static TagIndex tags(Holding holding) {
    return holding.index().tags();
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(400, wrong.getMessage());
    }
  }
}
