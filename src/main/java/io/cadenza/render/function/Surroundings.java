package io.cadenza.render.function;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.target.Node;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** What a function sees of the request that it is a part of. One thread. */
public interface Surroundings {
  /** That of which values are wanted. */
  Span span();

  ZoneId zone();

  /** Which part of values must be there where nothing else is said. */
  double xFilesFactor();

  /** Sets it for what is still to be done of this target. */
  void xFilesFactor(double now);

  /** What a part of the target is for another span: functions look back, or at another day. */
  List<Series> evaluate(Node part, Span span);

  /** What a target is that a function has made. */
  List<Series> evaluate(String target);

  /** How high each stack is by now, by its name: what {@code stacked} has put up. */
  Map<String, double[]> stacks();

  /** Times of events with these tags, in this span. */
  long[] events(List<String> tags);

  /**
   * Asked before so many values are computed or held.
   *
   * @throws io.cadenza.render.RenderException when that is too much, or the time is over
   */
  void points(long count);
}
