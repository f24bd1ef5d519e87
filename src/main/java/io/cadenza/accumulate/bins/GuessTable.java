package io.cadenza.accumulate.bins;

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
  private static final Map<String, Function> WORDS = new HashMap<>();

  /** For components such as {@code upper_90}. */
  private static final Map<String, Function> WITH_NUMBER =
      Map.of(
          "upper", Function.MAX,
          "max", Function.MAX,
          "lower", Function.MIN,
          "min", Function.MIN,
          "count", Function.SUM);

  /** What names begin with, for statsd's keys. */
  private static final Map<String, Function> BEGINNINGS = new HashMap<>();

  static {
    words(Function.MEAN, "mean", "avg", "average", "std", "median", "middle");
    words(Function.MAX, "max", "upper");
    words(Function.MIN, "min", "lower");
    words(Function.LAST, "gauge", "last", "abs", "absolute");
    words(Function.SUM, "sum", "ok", "count", "counts", "hit", "hits", "error", "errors");
    words(Function.SUM, "request", "requests", "set", "sets", "consume", "consumed");
    words(Function.SUM, "select", "selects", "selected", "insert", "inserts", "inserted");
    words(Function.SUM, "update", "updates", "updated", "delete", "deletes", "deleted");
    words(Function.SUM, "add", "added", "remove", "removed");
    for (String begin : List.of("stats_counts", "stats_count")) {
      BEGINNINGS.put(begin, Function.SUM);
    }
    for (String second : List.of("count", "counts", "counter", "counters", "set", "sets")) {
      BEGINNINGS.put("stats." + second, Function.SUM);
    }
    BEGINNINGS.put("stats.gauge", Function.LAST);
    BEGINNINGS.put("stats.gauges", Function.LAST);
  }

  private GuessTable() {}

  private static void words(Function function, String... words) {
    for (String word : words) {
      WORDS.put(word, function);
    }
  }

  /** The function for a key: {@link Function#MEAN} where the table says nothing. */
  public static Function method(byte[] key) {
    return method(key, 0, key.length);
  }

  /** The same for a key in a range; tags do not matter. Not for every line: it allocates. */
  static Function method(byte[] key, int from, int to) {
    int end = Bytes.nameEnd(key, from, to);
    String name = new String(key, from, end - from, ISO_8859_1).toLowerCase(Locale.ROOT);
    String word = name.substring(name.lastIndexOf('.') + 1);
    Function function = WORDS.get(word);
    if (function == null) {
      function = withSuffix(word);
    }
    return function == null ? beginning(name) : function;
  }

  /** {@code upper_} and {@code lower_} with anything behind, others with a number. */
  private static Function withSuffix(String word) {
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

  private static Function beginning(String name) {
    int first = name.indexOf('.');
    if (first < 0) {
      return Function.MEAN;
    }
    Function function = BEGINNINGS.get(name.substring(0, first));
    int second = name.indexOf('.', first + 1);
    if (function == null && second > 0) {
      function = BEGINNINGS.get(name.substring(0, second));
    }
    return function == null ? Function.MEAN : function;
  }
}
