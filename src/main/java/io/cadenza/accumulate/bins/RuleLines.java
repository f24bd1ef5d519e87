package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.line.Bytes;
import io.cadenza.line.Shards;
import io.cadenza.match.KeyTemplate;
import io.cadenza.meter.AccumulatorMeters;
import java.util.List;

/**
 * Writes the lines of a rule's bin, one for each function. The function's name is put where the key
 * has the {@link KeyTemplate#FUNCTION}, or behind the key's name when there are several functions.
 * One thread.
 */
final class RuleLines {
  private static final int LONGEST_NAME = 16;

  private final BinLines[] ways;
  private byte[] key = new byte[AccumulatorConfig.LONGEST_KEY + LONGEST_NAME];

  /**
   * @param ways one for each rule
   */
  RuleLines(List<FlushedLines> ways, AccumulatorMeters meters) {
    this.ways =
        ways.stream()
            .map(way -> new BinLines(way, AccumulatorConfig.Output.GRAPHITE, meters))
            .toArray(BinLines[]::new);
  }

  /** Whether there is room for lines of the rule. */
  boolean room(int rule) {
    return ways[rule].room();
  }

  void write(RuleSeries series, RuleBin bin) {
    Rule rule = series.rule;
    for (int i = 0; i < rule.functions.size(); i++) {
      Function function = rule.functions.get(i);
      if (bin.has(function)) {
        int length = key(series.key(), rule.names.get(i), rule.functions.size() > 1);
        ways[rule.place].graphite(
            key, length, bin.value(function, rule.method), rule.stamp(bin.start));
      }
    }
  }

  private int key(byte[] from, byte[] name, boolean several) {
    int start = Shards.RULE_BYTES;
    if (Bytes.indexOf(from, start, from.length, KeyTemplate.FUNCTION) >= 0) {
      return marked(from, name);
    }
    int nameEnd = Bytes.nameEnd(from, start, from.length);
    int at = put(from, start, nameEnd, 0);
    if (several) {
      key[at++] = '.';
      at = put(name, 0, name.length, at);
    }
    return put(from, nameEnd, from.length, at);
  }

  private int marked(byte[] from, byte[] name) {
    int most = from.length * name.length;
    key = key.length < most ? new byte[most] : key;
    int at = 0;
    for (int i = Shards.RULE_BYTES; i < from.length; i++) {
      if (from[i] == KeyTemplate.FUNCTION) {
        at = put(name, 0, name.length, at);
      } else {
        key[at++] = from[i];
      }
    }
    return at;
  }

  private int put(byte[] from, int start, int end, int at) {
    System.arraycopy(from, start, key, at, end - start);
    return at + end - start;
  }
}
