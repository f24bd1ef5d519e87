package io.cadenza.index;

import java.util.ArrayList;
import java.util.List;

/**
 * What names are asked for: components with patterns ({@link Glob}) and alternatives ({@link
 * Braces}), of which {@code **} stands for any number. Immutable.
 *
 * <p>Where a search stands in a query is a set of places, one bit each: place {@code i} says that
 * component {@code i} comes next, the last place that all are matched. So a name is looked at once,
 * however many ways lead to it.
 */
final class Query {
  /** In characters: room for all hosts in braces. */
  private static final int LONGEST = 65_536;

  private static final String ANY_DEPTH = "**";

  private final Component[] components;
  private final long[] reached; // by place: that, and those behind it that need no component more

  private Query(List<Component> components) {
    this.components = components.toArray(Component[]::new);
    reached = new long[this.components.length + 1];
    for (int place = 0; place <= this.components.length; place++) {
      reached[place] = 1L << place | (isAnyDepth(place) ? 1L << place + 1 : 0);
    }
  }

  /**
   * Reads a query. There are several where braces hold dots: each is a path of its own then.
   *
   * @throws IllegalArgumentException if it is too long or too deep
   * @throws TooManyException if its braces stand for too much
   */
  static List<Query> of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "longer than %d characters: %s".formatted(LONGEST, TooManyException.shown(text)));
    }
    Braces braces = new Braces(text);
    List<Query> queries = new ArrayList<>();
    int patterns = 0;
    for (String path : braces.holdDots() ? braces.variants() : List.of(text)) {
      List<String> components = new Braces(path).components();
      List<Component> read = new ArrayList<>();
      for (String component : components) {
        List<String> variants = new Braces(component).variants();
        patterns += variants.size();
        if (patterns > Braces.MOST_VARIANTS) {
          throw Braces.tooMany(text);
        }
        add(read, component.equals(ANY_DEPTH) ? Component.ANY_DEPTH : Component.of(variants));
      }
      queries.add(finished(read, text));
    }
    return queries;
  }

  /** One {@code **} behind another adds nothing. */
  private static void add(List<Component> read, Component next) {
    boolean again = !read.isEmpty() && read.get(read.size() - 1) == Component.ANY_DEPTH;
    if (!again || next != Component.ANY_DEPTH) {
      read.add(next);
    }
  }

  private static Query finished(List<Component> read, String text) {
    // At the end it stands for all that is below, but not for what is above it.
    if (!read.isEmpty() && read.get(read.size() - 1) == Component.ANY_DEPTH) {
      read.add(Component.ANY);
    }
    if (read.size() > NameText.MOST_COMPONENTS) {
      throw new IllegalArgumentException(
          "more than %d components: %s"
              .formatted(NameText.MOST_COMPONENTS, TooManyException.shown(text)));
    }
    return new Query(read);
  }

  boolean isEmpty() {
    return components.length == 0;
  }

  /** Where a search begins. */
  long first() {
    return reached[0];
  }

  /** Set where all components are matched. */
  long end() {
    return 1L << components.length;
  }

  Component component(int place) {
    return components[place];
  }

  boolean isAnyDepth(int place) {
    return place < components.length && components[place] == Component.ANY_DEPTH;
  }

  /** Where a search stands behind a name that matches the component at {@code place}. */
  long behind(int place) {
    return isAnyDepth(place) ? reached[place] : reached[place + 1];
  }
}
