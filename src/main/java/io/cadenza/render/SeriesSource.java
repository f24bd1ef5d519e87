package io.cadenza.render;

import java.util.List;

/**
 * Where points come from. Asked by the thread that works on a request; may block. It bounds what it
 * gives: too many series or points are a {@link RenderException}.
 */
public interface SeriesSource {
  /**
   * The series that patterns with globs name, of a span of time: values after {@code from} up to
   * and with {@code until}.
   *
   * @param patterns with globs, each as the target has it
   * @return for each pattern its series, sorted by name, with the pattern as their path expression;
   *     one that matches nothing has an empty list
   * @throws RenderException when a bound is passed, or the store can't be asked
   */
  List<List<Series>> fetch(List<String> patterns, Span span);

  /**
   * The series that {@code seriesByTag} names.
   *
   * @param expressions as {@code a=b} or {@code c=~d}
   */
  List<Series> fetchByTag(List<String> expressions, Span span);

  /**
   * The times of events that have all of these tags, seconds since 1970; {@code *} alone is any
   * event. None where events aren't kept.
   */
  default long[] events(List<String> tags, Span span) {
    return new long[0];
  }

  /**
   * A span of time.
   *
   * @param from seconds since 1970, exclusive
   * @param until seconds since 1970, inclusive
   * @param now seconds since 1970
   */
  record Span(long from, long until, long now) {
    public Span moved(long seconds) {
      return new Span(from + seconds, until + seconds, now);
    }
  }
}
