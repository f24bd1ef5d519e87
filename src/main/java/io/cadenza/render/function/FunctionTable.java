package io.cadenza.render.function;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All functions by the names that targets call them. Any thread. */
public final class FunctionTable {
  private static final Map<String, Definition> ALL = new LinkedHashMap<>();

  static {
    Stream.of(
            Aggregates.all(),
            AggregateLists.all(),
            Combinations.all(),
            Percents.all(),
            Divisions.all(),
            Groupings.all(),
            Maps.all(),
            Moving.all(),
            Forecasts.all(),
            Calculations.all(),
            Arithmetic.all(),
            Derivatives.all(),
            Gaps.all(),
            Summaries.all(),
            Hits.all(),
            Shifts.all(),
            Filters.all(),
            PercentileFilters.all(),
            Aliases.all(),
            Legends.all(),
            Looks.all(),
            Lines.all(),
            Settings.all())
        .flatMap(List::stream)
        .forEach(FunctionTable::add);
  }

  private FunctionTable() {}

  private static void add(Definition definition) {
    if (ALL.put(definition.name(), definition) != null) {
      throw new IllegalStateException("two functions are called " + definition.name());
    }
  }

  /** The one of this name; null when there is none. */
  public static Definition get(String name) {
    return ALL.get(name);
  }

  /** All of them. */
  public static Collection<Definition> all() {
    return ALL.values();
  }
}
