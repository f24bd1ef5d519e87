package io.cadenza.index;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name of a series with its tags, as carbon's {@code TaggedSeries} reads and writes it.
 *
 * <p>The normal form is the name and behind it each {@code ;tag=value}, sorted as whole strings: so
 * {@code a1=1} comes before {@code a=1}. The name, without tildes in front, is also the value of
 * tag {@code name}.
 *
 * @param text the normal form
 * @param tags all tags by name, {@code name} among them; not to be changed
 */
public record TaggedName(String text, SortedMap<String, String> tags) {
  /** The tag that holds the name of a series itself. */
  public static final String NAME = "name";

  /** Takes what was read; the map is wrapped, not copied. */
  public TaggedName {
    tags = Collections.unmodifiableSortedMap(tags);
  }

  /**
   * Reads {@code name;tag=value;...} or {@code name{tag="value",...}} (OpenMetrics), or a name
   * without tags. Of several values of one tag the last counts.
   *
   * @throws IllegalArgumentException with what is wrong, fit to be shown to who sent it
   */
  public static TaggedName parse(String path) {
    TagReader reader = new TagReader(path);
    TaggedName name = reader.read();
    if (name == null) {
      throw new IllegalArgumentException(
          "no name with tags: %s: %s".formatted(reader.problem(), TooManyException.shown(path)));
    }
    return name;
  }

  /** The name that has these tags. */
  static TaggedName of(SortedMap<String, String> tags) {
    StringBuilder text = new StringBuilder(tags.get(NAME));
    SortedMap<String, String> sorted = new TreeMap<>(TextOrder.CODE_POINTS);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (!tag.getKey().equals(NAME)) {
        sorted.put(";" + tag.getKey() + "=" + tag.getValue(), "");
      }
    }
    sorted.keySet().forEach(text::append);
    return new TaggedName(text.toString(), tags);
  }
}
