package io.cadenza.index;

import io.cadenza.line.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The names that a store has: a tree of those with dots, and an index of those with tags ({@link
 * #tags}). A name that has a semicolon is a series with tags and not in the tree.
 *
 * <p>Any thread may call any method at any time. {@link #contains} and all that searches take no
 * lock and are never waited for: they read arrays that are replaced and not changed. {@link #add}
 * looks first without a lock, and for a new name takes one for about a microsecond, whatever is
 * searched meanwhile. A name that is there before a search begins, and stays, is found by it; of
 * one that comes or goes meanwhile it may see either state.
 *
 * <p>Everything has a bound: a name 4096 bytes and 63 components, the index a number of names, and
 * each search what it may find and look at.
 */
public final class NameIndex {
  /** As many names as an index takes unless told otherwise. A million took 7 to 84 MB. */
  public static final long USUAL_MOST = 10_000_000;

  /** And as many series with tags. A million, each with an id of its own, took 430 MB. */
  public static final long USUAL_MOST_TAGGED = 1_000_000;

  private final NameTree tree;
  private final TagIndex tags;
  private final LongAdder refused = new LongAdder();

  /** An index with the usual bounds. */
  public NameIndex() {
    this(USUAL_MOST, USUAL_MOST_TAGGED);
  }

  /**
   * An index with other bounds.
   *
   * @param most how many names without tags it takes
   * @param mostTagged how many series its {@link #tags} take
   */
  public NameIndex(long most, long mostTagged) {
    tree = new NameTree(most);
    tags = new TagIndex(mostTagged);
  }

  /** The series with tags. */
  public TagIndex tags() {
    return tags;
  }

  /**
   * Adds the name {@code key[from, to)}. Never throws.
   *
   * @return whether it is new. False too, and counted as {@link #refused}, if it is none or the
   *     index is full: names are UTF-8 without control characters, without a slash unless they have
   *     tags, and these have to be right ({@link TaggedName})
   */
  public boolean add(byte[] key, int from, int to) {
    if (contains(key, from, to)) {
      return false;
    }
    boolean tagged = isTagged(key, from, to);
    boolean added = tagged ? addTagged(key, from, to) : addPlain(key, from, to);
    if (!added && !contains(key, from, to)) {
      refused.increment();
    }
    return added;
  }

  private boolean addPlain(byte[] key, int from, int to) {
    return NameText.treeName(key, from, to) && tree.add(key, from, to);
  }

  private boolean addTagged(byte[] key, int from, int to) {
    TaggedName name = taggedName(key, from, to);
    return name != null && tags.add(name);
  }

  /** The name with tags that these bytes are, or null. */
  private static TaggedName taggedName(byte[] key, int from, int to) {
    return NameText.printable(key, from, to) ? new TagReader(text(key, from, to)).read() : null;
  }

  private static boolean isTagged(byte[] key, int from, int to) {
    return Bytes.indexOf(key, from, to, (byte) ';') >= 0;
  }

  private static String text(byte[] key, int from, int to) {
    return new String(key, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether a name is here, in normal form or not. For a plain name allocates nothing. */
  public boolean contains(byte[] key, int from, int to) {
    return isTagged(key, from, to)
        ? tags.contains(text(key, from, to))
        : tree.contains(key, from, to);
  }

  /** Removes a name; false when it was not here. */
  public boolean remove(byte[] key, int from, int to) {
    if (isTagged(key, from, to)) {
      TaggedName name = taggedName(key, from, to);
      return name != null && tags.remove(name);
    }
    return tree.contains(key, from, to) && tree.remove(key, from, to);
  }

  /** How many names are here, with and without tags. */
  public long count() {
    return tree.count() + tags.tagged();
  }

  /** How often a name was not added since it was none, or there was no room. */
  public long refused() {
    return refused.sum();
  }

  /**
   * What matches a query, leaves and branches, by name and then as the tree has it. Components are
   * matched one by one, with {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, {@code {a,b}},
   * also nested and around dots, a backslash before what stands for itself, and {@code **} for any
   * number of components. A query with a semicolon is the name of one series with tags.
   *
   * @throws IllegalArgumentException if the query is too long or too deep
   * @throws TooManyException if more than {@code limit} match, or the search looks at too much
   */
  public List<Node> find(String query, int limit) {
    return search(query, false, limit).byName();
  }

  /**
   * The real paths that match a query ({@link #find}), in order.
   *
   * @param leavesOnly whether those are left out that are branches only
   * @throws IllegalArgumentException if the query is too long or too deep
   * @throws TooManyException if more than {@code limit} match, or the search looks at too much
   */
  public List<String> expand(String query, boolean leavesOnly, int limit) {
    return search(query, leavesOnly, limit).paths();
  }

  private Hits search(String query, boolean leavesOnly, int limit) {
    if (query.indexOf(';') >= 0) {
      return taggedSeries(query, limit);
    }
    List<Query> queries = Query.of(query);
    Hits hits = new Hits(query, leavesOnly, limit, queries.size() > 1);
    Budget budget = new Budget(Budget.USUAL, query);
    queries.forEach(each -> new Search(each, budget, hits).run(tree.root()));
    return hits;
  }

  private Hits taggedSeries(String query, int limit) {
    Hits hits = new Hits(query, true, limit, false);
    TaggedName name = new TagReader(query).read();
    if (name != null && tags.contains(name.text())) {
      hits.add(new Node(name.text(), name.text(), true, false));
    }
    return hits;
  }

  /**
   * All names of the tree in order, read as the stream goes on; to be used by one thread. Series
   * with tags are not among them.
   */
  public Stream<String> names() {
    int what = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
    SortedNames names = new SortedNames(tree.root());
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(names, what), false);
  }
}
