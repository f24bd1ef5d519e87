package io.cadenza.accumulate.bins;

import io.cadenza.config.Settings;
import io.cadenza.store.GuessTable;
import java.util.List;

/**
 * Which value of an interval is flushed for a key: by the first rule of the user that is for it,
 * else by {@link GuessTable}. Asked once for each new key. Any thread.
 */
public final class Guess {
  /**
   * A rule of the user.
   *
   * @param keys which keys
   * @param function what is flushed for them
   */
  public record Rule(KeyRule keys, Function function) {
    /** Reads the function of a rule from its block: one that running figures are enough for. */
    public static Function function(Settings s) {
      String name =
          s.text("function", "sum", "mean", "min", "max", "first", "last", "count", "avg");
      return Function.named(name).orElse(Function.MEAN);
    }
  }

  private final List<Rule> rules;

  public Guess(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  Function of(byte[] key, int from, int to) {
    for (Rule rule : rules) {
      if (rule.keys.matches(key, from, to)) {
        return rule.function;
      }
    }
    return switch (GuessTable.method(key, from, to)) {
      case SUM -> Function.SUM;
      case LAST -> Function.LAST;
      case MAX -> Function.MAX;
      case MIN -> Function.MIN;
      case AVERAGE, AVG_ZERO, ABSMAX, ABSMIN -> Function.MEAN;
    };
  }
}
