package io.cadenza.render;

import java.util.Arrays;
import java.util.List;

/**
 * Computes what targets say. Holds nothing: any thread, each request on one; it blocks where the
 * source does.
 */
public final class Renderer {
  private static final int TARGETS_SHOWN = 1000;

  /**
   * The series of all targets, in the order of the targets, those of one in the order in which its
   * functions give them: by name where nothing else is said.
   *
   * @throws RenderException when a target is wrong, a limit is passed, or the source can't be asked
   */
  public List<Series> render(RenderRequest request, SeriesSource source) {
    try {
      return new Evaluation(request, source).all();
    } catch (RenderException e) {
      if (e.kind() != RenderException.Kind.REQUEST) {
        throw e;
      }
      String text = e.getMessage() + "; targets: \"" + targets(request) + '"';
      throw new RenderException(e.kind(), text, e);
    }
  }

  private static String targets(RenderRequest request) {
    String all = String.join(", ", request.targets());
    return all.length() > TARGETS_SHOWN ? all.substring(0, TARGETS_SHOWN) + "..." : all;
  }

  /** How many seconds lie between the first begin of any of these series and the last end. */
  public static long span(List<Series> all) {
    long start = all.stream().mapToLong(Series::start).min().orElse(0);
    return all.stream().mapToLong(Series::end).max().orElse(0) - start;
  }

  /**
   * As few points as were asked for, as graphite's JSON has them. Buckets lie on multiples of their
   * length, so that they don't change with each second that passes: the first one may lose values.
   *
   * @param spanSeconds that of all series of the answer: {@link #span}
   * @param maxDataPoints 0 for any number
   * @return the series itself when it has no more
   */
  public static Series consolidate(Series series, long spanSeconds, int maxDataPoints) {
    if (maxDataPoints <= 0 || series.values().length == 0) {
      return series;
    }
    int step = series.step();
    if (maxDataPoints == 1) {
      int all = series.values().length;
      return fewer(series, series.start(), all);
    }
    double points = (double) spanSeconds / step;
    if (maxDataPoints >= points) {
      return series;
    }
    int each = (int) Math.ceil(points / maxDataPoints);
    long seconds = (long) each * step;
    long start = series.start();
    long nudge = seconds + Math.floorMod(start, (long) step) - Math.floorMod(start, seconds);
    int lost = (int) Math.min(Math.max(nudge / step - 1, 0), series.values().length);
    double[] rest = Arrays.copyOfRange(series.values(), lost, series.values().length);
    Series nudged = series.with(start + nudge, step, rest).end(series.end());
    return fewer(nudged, start + nudge, each);
  }

  private static Series fewer(Series series, long start, int each) {
    long step = Math.min((long) series.step() * each, Integer.MAX_VALUE);
    double[] values = Consolidation.values(series, each);
    return series.with(start, (int) step, values).end(series.end());
  }
}
