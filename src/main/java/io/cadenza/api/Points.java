package io.cadenza.api;

import io.cadenza.meter.Pace;
import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricReader.Query;
import io.cadenza.store.Retention;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads points from stores, some series at a time, so that a request that wants too much, or takes
 * too long, is cut on the way. Any thread.
 */
final class Points {
  private static final Logger LOG = LoggerFactory.getLogger(Points.class);

  /** Series that are read at once, at most. */
  private static final int MOST_SERIES = 256;

  /** Points that are read at once, about. */
  private static final long MANY = 1_000_000;

  private final Pace failures;

  /**
   * @param clock a steady one, for the log
   */
  Points(InstantSource clock) {
    failures = new Pace(clock);
  }

  /**
   * The points of series.
   *
   * @param wanted names, each with the stores that have it
   * @return by name; those are left out of which no store has anything so far back
   * @throws RenderException when they are too many, time is over, or a store can't be asked
   */
  Map<String, Fetched> read(Map<String, List<Holding>> wanted, Span span, Allowance allowance) {
    return read(wanted, span, false, allowance);
  }

  /** The same, with all figures of each interval where a store has them. */
  Map<String, Fetched> read(
      Map<String, List<Holding>> wanted, Span span, boolean columns, Allowance allowance) {
    Map<Holding, List<String>> byHolding = new LinkedHashMap<>();
    wanted.forEach(
        (name, holdings) ->
            holdings.forEach(
                holding -> byHolding.computeIfAbsent(holding, h -> new ArrayList<>()).add(name)));
    Map<String, Fetched> all = new HashMap<>();
    byHolding.forEach(
        (holding, names) -> new Reading(holding, span, columns, allowance, all).read(names));
    return all;
  }

  private Map<String, Fetched> ask(Holding holding, Query query) {
    try {
      return holding.reader().read(query);
    } catch (RenderException known) {
      throw known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RenderException(Kind.TIME, "The request was interrupted", e);
    } catch (Exception e) {
      tell(holding, e);
      String text = "The store " + holding.name() + " can't be read now; try again";
      throw new RenderException(Kind.STORE, text, e);
    }
  }

  private synchronized void tell(Holding holding, Exception why) {
    long times = failures.happened();
    if (times > 0) {
      LOG.warn(
          "{} read(s) failed, the last of the store {}", times, holding.name(), why.toString());
    }
  }

  /** The reading of one store for one request. */
  private final class Reading {
    private final Holding holding;
    private final MetricReader reader;
    private final Span span;
    private final boolean columns;
    private final Allowance allowance;
    private final Map<String, Fetched> all;

    private Reading(
        Holding holding,
        Span span,
        boolean columns,
        Allowance allowance,
        Map<String, Fetched> all) {
      this.holding = holding;
      this.reader = holding.reader();
      this.span = span;
      this.columns = columns;
      this.allowance = allowance;
      this.all = all;
    }

    /** Begins with few, as the size of the others is guessed by what was seen. */
    private void read(List<String> names) {
      int size = 1;
      for (int at = 0; at < names.size(); ) {
        long expected = expected(names.get(at));
        int room = (int) Math.max(1, Math.min(MOST_SERIES, MANY / Math.max(1, expected)));
        List<String> some = names.subList(at, Math.min(names.size(), at + Math.min(size, room)));
        allowance.expect(expected * some.size());
        Map<String, Fetched> found =
            ask(holding, new Query(some, span.from(), span.until(), span.now(), columns));
        long points = found.values().stream().mapToLong(one -> one.values().length).sum();
        allowance.take(columns ? points * COLUMNS : points);
        found.forEach((name, one) -> all.merge(name, one, Completion::of));
        at += some.size();
        size = Math.min(2 * size, MOST_SERIES);
      }
    }

    /** How many points a series will have, by the first of its retentions that reaches so far. */
    private long expected(String name) {
      List<Retention> retentions = reader.retentions(name);
      int step = 1;
      for (Retention retention : retentions) {
        step = retention.step();
        if (retention.seconds() >= span.now() - span.from()) {
          break;
        }
      }
      long reach = retentions.isEmpty() ? 0 : retentions.get(retentions.size() - 1).seconds();
      long from = Math.max(span.from(), span.now() - reach);
      return Math.max(0, span.until() - from) / step;
    }
  }

  /** How many times as much all figures of an interval take. */
  private static final int COLUMNS = 7;
}
