package io.cadenza.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.line.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which value of an interval is the key's: by the last component of its name, else by its first
 * ones. Cadent's table, with whole words only: {@code minutes} is no {@code min}. Any thread.
 */
public final class GuessTable {
  private static final Map<String, Aggregate> WORDS = new HashMap<>();

  /** For components such as {@code upper_90}. */
  private static final Map<String, Aggregate> WITH_NUMBER =
      Map.of(
          "upper", Aggregate.MAX,
          "max", Aggregate.MAX,
          "lower", Aggregate.MIN,
          "min", Aggregate.MIN,
          "count", Aggregate.SUM);

  /** What names begin with, for statsd's keys. */
  private static final Map<String, Aggregate> BEGINNINGS = new HashMap<>();

  static {
    words(Aggregate.AVERAGE, "mean", "avg", "average", "std", "median", "middle");
    words(Aggregate.MAX, "max", "upper");
    words(Aggregate.MIN, "min", "lower");
    words(Aggregate.LAST, "gauge", "last", "abs", "absolute");
    words(Aggregate.SUM, "sum", "ok", "count", "counts", "hit", "hits", "error", "errors");
    words(Aggregate.SUM, "request", "requests", "set", "sets", "consume", "consumed");
    words(Aggregate.SUM, "select", "selects", "selected", "insert", "inserts", "inserted");
    words(Aggregate.SUM, "update", "updates", "updated", "delete", "deletes", "deleted");
    words(Aggregate.SUM, "add", "added", "remove", "removed");
    for (String begin : List.of("stats_counts", "stats_count")) {
      BEGINNINGS.put(begin, Aggregate.SUM);
    }
    for (String second : List.of("count", "counts", "counter", "counters", "set", "sets")) {
      BEGINNINGS.put("stats." + second, Aggregate.SUM);
    }
    BEGINNINGS.put("stats.gauge", Aggregate.LAST);
    BEGINNINGS.put("stats.gauges", Aggregate.LAST);
  }

  private GuessTable() {}

  private static void words(Aggregate aggregate, String... words) {
    for (String word : words) {
      WORDS.put(word, aggregate);
    }
  }

  /** The aggregate for a key: {@link Aggregate#MEAN} where the table says nothing. */
  public static Aggregate method(byte[] key) {
    return method(key, 0, key.length);
  }

  /** The same for a key in a range; tags do not matter. Not for every line: it allocates. */
  public static Aggregate method(byte[] key, int from, int to) {
    int end = Bytes.nameEnd(key, from, to);
    String name = new String(key, from, end - from, ISO_8859_1).toLowerCase(Locale.ROOT);
    String word = name.substring(name.lastIndexOf('.') + 1);
    Aggregate aggregate = WORDS.get(word);
    if (aggregate == null) {
      aggregate = withSuffix(word);
    }
    return aggregate == null ? beginning(name) : aggregate;
  }

  /** {@code upper_} and {@code lower_} with anything behind, others with a number. */
  private static Aggregate withSuffix(String word) {
    int underscore = word.indexOf('_');
    if (underscore < 0) {
      return null;
    }
    String begin = word.substring(0, underscore);
    String rest = word.substring(underscore + 1);
    boolean any = begin.equals("upper") || begin.equals("lower");
    boolean number =
        !rest.isEmpty() && rest.chars().allMatch(c -> c >= '0' && c <= '9' || c == '_');
    return any || number ? WITH_NUMBER.get(begin) : null;
  }

  private static Aggregate beginning(String name) {
    int first = name.indexOf('.');
    if (first < 0) {
      return Aggregate.AVERAGE;
    }
    Aggregate aggregate = BEGINNINGS.get(name.substring(0, first));
    int second = name.indexOf('.', first + 1);
    if (aggregate == null && second > 0) {
      aggregate = BEGINNINGS.get(name.substring(0, second));
    }
    return aggregate == null ? Aggregate.AVERAGE : aggregate;
  }
}
