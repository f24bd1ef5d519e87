package io.cadenza.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A source of series that a test makes; remembers what was asked. */
final class GivenSeries implements SeriesSource {
  private final List<Series> all = new ArrayList<>();
  private final List<Long> events = new ArrayList<>();
  final List<String> asked = new ArrayList<>();

  GivenSeries add(String name, int step, double... values) {
    all.add(new Series(name, name, Map.of("name", name), 0, step, values));
    return this;
  }

  GivenSeries tagged(String name, Map<String, String> tags, double... values) {
    all.add(new Series(name, name, tags, 0, 60, values));
    return this;
  }

  GivenSeries event(long time) {
    events.add(time);
    return this;
  }

  @Override
  public List<List<Series>> fetch(List<String> patterns, Span span) {
    asked.add(span.from() + "-" + span.until() + " " + patterns);
    return patterns.stream().map(this::matching).toList();
  }

  private List<Series> matching(String pattern) {
    String beginning = pattern.replace("*", "");
    boolean glob = pattern.endsWith("*");
    return all.stream()
        .filter(one -> glob ? one.name().startsWith(beginning) : one.name().equals(pattern))
        .toList();
  }

  @Override
  public List<Series> fetchByTag(List<String> expressions, Span span) {
    asked.add(span.from() + "-" + span.until() + " by tag " + expressions);
    return all.stream()
        .filter(one -> expressions.stream().allMatch(expression -> fits(one, expression)))
        .toList();
  }

  private static boolean fits(Series one, String expression) {
    String[] parts = expression.split("=", 2);
    return parts[1].equals(one.tags().get(parts[0]));
  }

  @Override
  public long[] events(List<String> tags, Span span) {
    return events.stream().mapToLong(Long::longValue).toArray();
  }
}
