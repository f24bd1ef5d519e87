package io.cadenza.app;

import io.cadenza.format.AutoFormat;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.RegexFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.line.LineFormat;
import io.cadenza.listen.ListenerConfig;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything that a configuration may name, and the only place that knows it all: one click leads
 * from a word in the file to its class. Kinds of accumulators are in {@link Kinds}.
 */
final class Catalog {
  /** What the lines of a listener are; of frames and documents, what they are turned into. */
  private static final Map<String, Function<ListenerConfig, LineFormat>> FORMATS =
      new LinkedHashMap<>();

  static {
    FORMATS.put("graphite", c -> new GraphiteFormat());
    FORMATS.put("statsd", c -> new StatsdFormat());
    FORMATS.put("pickle", c -> new GraphiteFormat());
    FORMATS.put("json", c -> new GraphiteFormat());
    FORMATS.put("regex", c -> new RegexFormat(c.regex(), c.timeLayout(), Clock.systemUTC()));
    FORMATS.put("auto", c -> new AutoFormat());
  }

  private Catalog() {}

  static List<String> formats() {
    return List.copyOf(FORMATS.keySet());
  }

  static LineFormat format(ListenerConfig config) {
    return FORMATS.get(config.format()).apply(config);
  }
}
