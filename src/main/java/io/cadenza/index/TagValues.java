package io.cadenza.index;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The values of one tag, in order, with the series of each. One writer, any readers. */
final class TagValues {
  /** The tag, as all series share it. */
  final String tag;

  final ConcurrentNavigableMap<String, Postings> values =
      new ConcurrentSkipListMap<>(TextOrder.CODE_POINTS);

  private final AtomicInteger count = new AtomicInteger();

  TagValues(String tag) {
    this.tag = tag;
  }

  /** How many series have the tag. */
  int count() {
    return count.get();
  }

  /** The series by value, of the values that begin so. */
  Stream<Postings> startingWith(String prefix) {
    return values.tailMap(prefix, true).values().stream()
        .takeWhile(postings -> postings.value.startsWith(prefix));
  }

  /** The value as all series share it. One writer. */
  String shared(String value) {
    Postings postings = values.get(value);
    return postings == null ? value : postings.value;
  }

  /** Adds a series that has a value. One writer. */
  void add(TagSeries series, String value) {
    Postings postings = values.get(value);
    if (postings == null) {
      postings = new Postings(value);
      postings.add(series);
      values.put(value, postings);
    } else {
      postings.add(series);
    }
    count.incrementAndGet();
  }

  /** Removes a series, and its value when it was the last that had it. One writer. */
  void remove(TagSeries series, String value) {
    Postings postings = values.get(value);
    postings.remove(series);
    if (postings.isEmpty()) {
      values.remove(value);
    }
    count.decrementAndGet();
  }
}
