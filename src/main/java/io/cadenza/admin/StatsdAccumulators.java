package io.cadenza.admin;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * What the shell asks of the statsd accumulators that run. The assembly implements it over their
 * shards, which are on other threads: the answers may come on any thread, and are the asker's own.
 *
 * <p>A name that is none (any more) has nothing: empty maps, nothing deleted.
 */
public interface StatsdAccumulators {
  /** What can be listed and deleted. */
  enum Kind {
    COUNTER,
    TIMER,
    GAUGE
  }

  /** The names of the accumulators, in the order of the configuration. Does not wait. */
  List<String> names();

  /** The sums of the open interval, its own three counters in front, in the order to be shown. */
  Future<Map<String, Double>> counters(String name);

  /** The values of the open interval, in the order to be shown. */
  Future<Map<String, TimerValues>> timers(String name);

  /** The values of all gauges, in the order to be shown. */
  Future<Map<String, Double>> gauges(String name);

  /**
   * Forgets keys, one after the other. What ends in {@code .*} is besides a key of that name all
   * keys that begin with what is before the star, unless nothing is before the dot.
   *
   * @return for each of them what was deleted, empty where there was none
   */
  Future<List<List<String>>> delete(String name, Kind kind, List<String> keys);

  /** What it tells about itself. */
  Future<StatsdFigures> figures(String name);

  /** What it was made by: the components of these records are the keys, in this order. */
  List<Record> config(String name);

  /** None at all. */
  static StatsdAccumulators none() {
    return new NoAccumulators();
  }
}
