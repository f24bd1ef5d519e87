package io.cadenza.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Series by their tags, and what graphite's tags API asks about them.
 *
 * <p>Any thread may call any method at any time. Writers take turns for some microseconds a series,
 * readers take no lock: series that are there before a search begins and stay are found, of others
 * it may see either state. A search is cut off with a {@link TooManyException} when it would look
 * at more than is sensible; regexes are RE2's, so linear in time.
 */
public final class TagIndex {
  private final ConcurrentHashMap<String, TagSeries> byText = new ConcurrentHashMap<>();
  private final NavigableMap<String, TagValues> tags =
      new ConcurrentSkipListMap<>(TextOrder.CODE_POINTS);
  private final AtomicLong tagged = new AtomicLong();
  private final Object writing = new Object();
  private final long most;
  private long nextId; // guarded by writing

  /**
   * @param most how many series it takes
   */
  TagIndex(long most) {
    this.most = most;
  }

  /** How many series there are, with tags or without. */
  public long count() {
    return byText.mappingCount();
  }

  /** How many of them have tags besides their name. */
  long tagged() {
    return tagged.get();
  }

  boolean isFull() {
    return byText.mappingCount() >= most;
  }

  /** Whether a series is here that has this name, in normal form or not. */
  boolean contains(String text) {
    if (byText.containsKey(text)) {
      return true;
    }
    TaggedName name = new TagReader(text).read();
    return name != null && byText.containsKey(name.text());
  }

  /** Adds a series; false when it is here already, or there is no room. */
  boolean add(TaggedName name) {
    synchronized (writing) {
      if (byText.containsKey(name.text()) || isFull()) {
        return false;
      }
      TagSeries series = new TagSeries(nextId++, name.text(), shared(name));
      for (int i = 0; i < series.tagCount(); i++) {
        String tag = series.tag(i);
        tags.computeIfAbsent(tag, TagValues::new).add(series, series.value(i));
      }
      byText.put(series.text, series);
      tagged.addAndGet(series.isTagged() ? 1 : 0);
      return true;
    }
  }

  /** Tags and values by turns, as the objects that other series have for them. */
  private String[] shared(TaggedName name) {
    String[] shared = new String[2 * name.tags().size()];
    int i = 0;
    for (Map.Entry<String, String> tag : name.tags().entrySet()) {
      TagValues values = tags.get(tag.getKey());
      shared[i++] = values == null ? tag.getKey() : values.tag;
      shared[i++] = values == null ? tag.getValue() : values.shared(tag.getValue());
    }
    return shared;
  }

  /** Removes a series; false when it was not here. */
  boolean remove(TaggedName name) {
    synchronized (writing) {
      TagSeries series = byText.remove(name.text());
      if (series == null) {
        return false;
      }
      for (int i = 0; i < series.tagCount(); i++) {
        TagValues values = tags.get(series.tag(i));
        values.remove(series, series.value(i));
        if (values.values.isEmpty()) {
          tags.remove(series.tag(i));
        }
      }
      tagged.addAndGet(series.isTagged() ? -1 : 0);
      return true;
    }
  }

  /**
   * Adds a series, also one without tags: only its name is searched for then.
   *
   * @return its name in normal form, whether it is new or not
   * @throws IllegalArgumentException if it is no name ({@link TaggedName#parse})
   * @throws TooManyException if there is no room for one more
   */
  public String tagSeries(String path) {
    TaggedName name = TaggedName.parse(path);
    if (!add(name) && !byText.containsKey(name.text())) {
      throw new TooManyException("there are " + most + " series with tags already");
    }
    return name.text();
  }

  /**
   * Removes a series.
   *
   * @return whether it was there
   * @throws IllegalArgumentException if it is no name ({@link TaggedName#parse})
   */
  public boolean delSeries(String path) {
    return remove(TaggedName.parse(path));
  }

  /**
   * The names in normal form, in order, of the series that match all expressions: {@code
   * tag=value}, {@code tag!=value}, {@code tag=~regex}, {@code tag!=~regex}. Regexes match from the
   * start of the value. What matches the empty string also matches series that do not have the tag.
   *
   * @throws IllegalArgumentException if an expression is none, or all match the empty string
   * @throws TooManyException if more than {@code limit} match, or the search looks at too much
   */
  public List<String> findSeries(List<String> expressions, int limit) {
    List<String> found = new ArrayList<>();
    search(expressions)
        .forEach(
            series -> {
              if (found.size() == limit) {
                throw TooManyException.found(limit, "series", String.join(", ", expressions));
              }
              found.add(series.text);
            });
    found.sort(TextOrder.CODE_POINTS);
    return found;
  }

  private TagSearch search(List<String> expressions) {
    Budget budget = new Budget(Budget.USUAL, String.join(", ", expressions));
    return new TagSearch(tags, TagExpression.all(expressions, budget));
  }

  /** Whether any series has this tag. */
  public boolean hasTag(String tag) {
    return tags.containsKey(tag);
  }

  /**
   * The first tags in order.
   *
   * @param filter a regex that they match from their start; null for all
   * @throws IllegalArgumentException if the filter is no regex
   */
  public List<String> tags(String filter, int limit) {
    Filter matching = new Filter(filter);
    return tags.keySet().stream().filter(matching::matches).limit(limit).toList();
  }

  /**
   * The first values of a tag in order, with how many series have each; none when there is no such
   * tag.
   *
   * @param filter a regex that they match from their start; null for all
   * @throws IllegalArgumentException if the filter is no regex
   */
  public List<TagValue> values(String tag, String filter, int limit) {
    Filter matching = new Filter(filter);
    TagValues values = tags.get(tag);
    if (values == null) {
      return List.of();
    }
    return values.values.values().stream()
        .filter(postings -> matching.matches(postings.value))
        .limit(limit)
        .map(postings -> new TagValue(postings.value, postings.count()))
        .toList();
  }

  /**
   * The first tags in order of the series that match all expressions, or of all series when there
   * is none; without those in the expressions.
   *
   * @param prefix what they begin with; may be empty
   * @throws IllegalArgumentException as {@link #findSeries}
   * @throws TooManyException if the search looks at too much
   */
  public List<String> autoCompleteTags(List<String> expressions, String prefix, int limit) {
    if (expressions.isEmpty()) {
      return tags.tailMap(prefix, true).keySet().stream()
          .takeWhile(tag -> tag.startsWith(prefix))
          .limit(limit)
          .toList();
    }
    TagSearch search = search(expressions);
    Set<String> asked = search.asked();
    First first = new First(limit);
    search.forEach(
        series -> {
          for (int i = 0; i < series.tagCount(); i++) {
            String tag = series.tag(i);
            if (tag.startsWith(prefix) && !asked.contains(tag)) {
              first.add(tag);
            }
          }
        });
    return first.inOrder();
  }

  /**
   * The first values in order that the series have for a tag which match all expressions, or all
   * series when there is none.
   *
   * @param prefix what they begin with; may be empty
   * @throws IllegalArgumentException as {@link #findSeries}
   * @throws TooManyException if the search looks at too much
   */
  public List<String> autoCompleteValues(
      List<String> expressions, String tag, String prefix, int limit) {
    if (expressions.isEmpty()) {
      TagValues values = tags.get(tag);
      return values == null
          ? List.of()
          : values.startingWith(prefix).limit(limit).map(postings -> postings.value).toList();
    }
    First first = new First(limit);
    search(expressions)
        .forEach(
            series -> {
              String value = series.value(tag);
              if (!value.isEmpty() && value.startsWith(prefix)) {
                first.add(value);
              }
            });
    return first.inOrder();
  }
}
