package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.accumulate.statsd.NameConfig.Layout;
import java.util.ArrayList;
import java.util.List;

/** What stands before and behind keys in the names of graphite's lines. Made once; any thread. */
final class StatsdNames {
  /**
   * What stands around a key, with the dots that part them.
   *
   * @param group the same number, from 0, for all that have the same before
   */
  record Around(byte[] before, byte[] behind, int group) {}

  private static final String LEGACY = "stats";

  private final NameConfig config;
  private final List<String> groups = new ArrayList<>();

  StatsdNames(NameConfig config) {
    this.config = config;
  }

  Around counterRate() {
    if (cadent()) {
      String word = config.legacy() ? "" : "rate";
      return around(parts(config.global(), config.counter(), config.suffix(), word), "");
    }
    return config.legacy()
        ? around(parts(LEGACY), config.suffix())
        : around(parts(config.global(), config.counter()), "rate", config.suffix());
  }

  Around counterSum() {
    if (cadent()) {
      return config.legacy()
          ? around(parts("stats_counts", config.suffix()), "")
          : around(parts(config.global(), config.counter(), config.suffix(), "count"), "");
    }
    return config.legacy()
        ? around(parts("stats_counts"), config.suffix())
        : around(parts(config.global(), config.counter()), "count", config.suffix());
  }

  Around gauge() {
    return ofKind(config.gauge(), "gauges", "");
  }

  Around set() {
    return ofKind(config.set(), "sets", cadent() ? "" : "count");
  }

  Around timer(String statistic) {
    return ofKind(config.timer(), "timers", statistic);
  }

  /** The longest that stands before a key, of all that was asked for. */
  int longestBefore() {
    return groups.stream().mapToInt(String::length).max().orElse(0);
  }

  /** The name of a figure about itself that is no series. */
  byte[] own(String figure) {
    String global = config.legacy() && !cadent() ? LEGACY : config.global();
    return whole(global, config.stats(), figure);
  }

  /** The name of the number of series: node's has no {@code stats} before it in its legacy. */
  byte[] numStats() {
    return whole(config.legacy() ? "" : config.global(), config.stats(), "numStats");
  }

  private boolean cadent() {
    return config.layout() == Layout.CADENT;
  }

  private Around ofKind(String prefix, String legacy, String behind) {
    if (cadent()) {
      return around(parts(config.global(), prefix, config.suffix()), behind);
    }
    String before = config.legacy() ? parts(LEGACY, legacy) : parts(config.global(), prefix);
    return around(before, behind, config.suffix());
  }

  private byte[] whole(String... parts) {
    List<String> all = new ArrayList<>(List.of(parts));
    if (!cadent()) {
      all.add(config.suffix());
    }
    all.removeIf(String::isEmpty);
    return String.join(".", all).getBytes(ISO_8859_1);
  }

  /** Parts that are empty vanish with their dot. */
  private static String parts(String... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      all.append(part).append(part.isEmpty() ? "" : ".");
    }
    return all.toString();
  }

  private Around around(String before, String... behind) {
    StringBuilder all = new StringBuilder();
    for (String part : behind) {
      all.append(part.isEmpty() ? "" : ".").append(part);
    }
    if (!groups.contains(before)) {
      groups.add(before);
    }
    byte[] behindKey = all.toString().getBytes(ISO_8859_1);
    return new Around(before.getBytes(ISO_8859_1), behindKey, groups.indexOf(before));
  }
}
