package io.cadenza.render.function;

import io.cadenza.render.Series;
import io.cadenza.render.target.TargetParser;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is read from names of series, and how those of new ones are made. */
final class Names {
  private Names() {}

  /** Tags of a name as carbon writes it, {@code a.b;dc=x}; of a call only the name. */
  static Map<String, String> tags(String name) {
    Map<String, String> tags = new LinkedHashMap<>();
    String[] parts = looksLikeCall(name) ? new String[] {name} : name.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        return new LinkedHashMap<>(Map.of("name", name));
      }
      tags.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    tags.put("name", parts[0]);
    return tags;
  }

  private static boolean looksLikeCall(String name) {
    int open = name.indexOf('(');
    return open > 0
        && name.endsWith(")")
        && name.length() > open + 2
        && name.chars().limit(open).allMatch(c -> (c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }

  /** The path expressions of these, each once, in the order in which they come. */
  static String expressions(List<Series> series) {
    Set<String> each = new LinkedHashSet<>();
    series.forEach(one -> each.add(one.pathExpression()));
    return String.join(",", each);
  }

  /**
   * Nodes of a name, or of the path within it when it is that of a call; where there is no such
   * node its tag, where there is no such tag nothing.
   *
   * @param nodes whole numbers, from the end when negative, or names of tags
   */
  static String nodes(Series series, List<Value> nodes) {
    String name = series.name();
    String path = name.endsWith(")") ? TargetParser.firstPath(name) : null;
    String[] parts = (path == null ? name : path).split(";", 2)[0].split("\\.", -1);
    return nodes.stream()
        .map(node -> nodeOrTag(series, parts, node))
        .collect(Collectors.joining("."));
  }

  private static String nodeOrTag(Series series, String[] parts, Value node) {
    if (node instanceof Value.Whole whole) {
      long index = whole.value() < 0 ? parts.length + whole.value() : whole.value();
      if (index >= 0 && index < parts.length) {
        return parts[(int) index];
      }
    }
    return series.tags().getOrDefault(node.text(), "");
  }

  /** Names it anew, also for functions that combine it with others. */
  static Series renamed(Series series, String name) {
    return series.name(name).pathExpression(name);
  }

  /** Renames it {@code function(name)} and adds a tag. */
  static Series wrapped(Series series, String function, String tag) {
    series.tags().put(function, tag);
    return renamed(series, function + "(" + series.name() + ")");
  }
}
