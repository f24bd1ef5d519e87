package io.cadenza.store;

import java.util.List;
import java.util.Optional;

/**
 * Where points are kept: a writer, an index and, where it can be read, a reader. Made from the
 * configuration without touching what it stands for; that may be down. Each part connects when it
 * is first used and is closed by its owner; parts may be used from different threads at once.
 */
public interface Store {
  /** What the cache in front of it has to keep of an interval. */
  enum Figures {
    /** One value, chosen by {@link #aggregate}: 12 bytes a point. */
    VALUE,
    /** Min, max, sum, first, last and count. */
    ALL
  }

  Figures figures();

  /**
   * The steps in which it keeps what lines have, finest first, and for how long; empty where it
   * rolls up by itself. Any thread.
   */
  default List<Retention> steps() {
    return List.of();
  }

  /** Which figure of an interval is the value of a key. Any thread. */
  Aggregate aggregate(byte[] key, int from, int to);

  MetricWriter writer();

  MetricIndex index();

  /** The methods of its series; nothing where it has none of their own. */
  default Optional<SeriesMethods> methods() {
    return Optional.empty();
  }

  /** Nothing where what is stored can't be read again. */
  Optional<MetricReader> reader();
}
