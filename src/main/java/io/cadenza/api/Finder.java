package io.cadenza.api;

import io.cadenza.index.NameIndex;
import io.cadenza.index.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds names in all stores together: what several have is there once. Any thread. */
final class Finder {
  /** As Python and the stores have it: by code points, which is by the bytes of UTF-8. */
  static final Comparator<String> ORDER = Finder::compare;

  private final Library library;
  private final int most;

  /**
   * @param most how much one search may give
   */
  Finder(Library library, int most) {
    this.library = library;
    this.most = most;
  }

  /** Halves of pairs stand for characters beyond all that are one. */
  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
        return mixed ? (Character.isSurrogate(x) ? 1 : -1) : x - y;
      }
    }
    return a.length() - b.length();
  }

  /** What matches a query, sorted by name. */
  List<Node> find(String query) {
    List<List<Node>> all = each(query, (index, text) -> index.find(text, most));
    if (all.size() == 1) {
      return all.get(0);
    }
    Map<String, Node> byPath = new LinkedHashMap<>();
    all.forEach(some -> some.forEach(node -> byPath.merge(node.path(), node, Finder::both)));
    return bounded(
        byPath.values().stream()
            .sorted(Comparator.comparing(Node::name, ORDER).thenComparing(Node::path, ORDER))
            .toList(),
        query);
  }

  private static Node both(Node a, Node b) {
    return new Node(a.path(), a.name(), a.leaf() || b.leaf(), a.branch() || b.branch());
  }

  /** The paths that match a query, sorted. */
  List<String> expand(String query, boolean leavesOnly) {
    List<List<String>> all = each(query, (index, text) -> index.expand(text, leavesOnly, most));
    if (all.size() == 1) {
      return all.get(0);
    }
    TreeSet<String> union = new TreeSet<>(ORDER);
    all.forEach(union::addAll);
    return bounded(List.copyOf(union), query);
  }

  private <T> List<T> bounded(List<T> found, String query) {
    if (found.size() > most) {
      throw new Refusal(422, "More than " + most + " match " + Parameters.brief(query));
    }
    return found;
  }

  /** The series that match a query, sorted, each with the stores that have it. */
  Map<String, List<Holding>> series(String query) {
    Map<String, List<Holding>> series = new TreeMap<>(ORDER);
    for (Holding holding : library.holdings()) {
      for (String path : asked(query, () -> holding.index().expand(query, true, most))) {
        series.computeIfAbsent(path, p -> new ArrayList<>(1)).add(holding);
      }
    }
    return series;
  }

  private <T> List<List<T>> each(String query, BiFunction<NameIndex, String, List<T>> question) {
    return library.holdings().stream()
        .map(holding -> asked(query, () -> question.apply(holding.index(), query)))
        .toList();
  }

  private static <T> T asked(String query, Supplier<T> question) {
    try {
      return question.get();
    } catch (IllegalArgumentException wrong) {
      throw Refusal.invalid("Query " + Parameters.brief(query) + ": " + wrong.getMessage());
    }
  }

  /** All names without tags, sorted, read as the iterator goes on. */
  Iterator<String> names() {
    List<Iterator<String>> all =
        library.holdings().stream().map(h -> h.index().names()).map(Stream::iterator).toList();
    return all.size() == 1 ? all.get(0) : new Merged(all);
  }

  /** Names of several stores as one, each once. */
  private static final class Merged implements Iterator<String> {
    private final TreeMap<String, List<Iterator<String>>> next = new TreeMap<>(ORDER);

    private Merged(List<Iterator<String>> all) {
      all.forEach(this::advance);
    }

    private void advance(Iterator<String> names) {
      if (names.hasNext()) {
        next.computeIfAbsent(names.next(), name -> new ArrayList<>(1)).add(names);
      }
    }

    @Override
    public boolean hasNext() {
      return !next.isEmpty();
    }

    @Override
    public String next() {
      if (next.isEmpty()) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, List<Iterator<String>>> first = next.pollFirstEntry();
      first.getValue().forEach(this::advance);
      return first.getKey();
    }
  }
}
