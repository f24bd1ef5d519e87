package io.cadenza.writer;

import io.cadenza.store.MetricWriter.Verdicts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a writer refuses of a batch, kept until the batch is written: of one that fails nothing is
 * told, since all of it is tried again. One thread.
 */
public final class Refusals {
  /** A key that is no text, or none that the store can have. */
  public static final String BAD_NAME = "bad-name";

  /** A key that is longer than the store takes. */
  public static final String TOO_LONG = "too-long-name";

  /** A value that is infinite or no number. */
  public static final String NOT_FINITE = "not-finite";

  /** A value or time that is beyond what the store can have. */
  public static final String OUT_OF_RANGE = "out-of-range";

  private record Points(int series, String reason) {}

  private final Map<Integer, String> series = new LinkedHashMap<>();
  private final Map<Points, Integer> points = new LinkedHashMap<>();

  /** Nothing of the series is written. */
  public void series(int s, String reason) {
    series.put(s, reason);
  }

  /** One more point of the series is not written. */
  public void point(int s, String reason) {
    points.merge(new Points(s, reason), 1, Integer::sum);
  }

  /** Takes over what others were refused. */
  public void add(Refusals others) {
    series.putAll(others.series);
    others.points.forEach((of, count) -> points.merge(of, count, Integer::sum));
  }

  /** Tells all of it, as the batch is written. */
  public void tell(Verdicts verdicts) {
    series.forEach(verdicts::refused);
    points.forEach((of, count) -> verdicts.refused(of.series(), count, of.reason()));
  }
}
