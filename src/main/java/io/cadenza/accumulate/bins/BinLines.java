package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.format.DoubleText;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Tally;
import java.util.Arrays;

/**
 * Writes the values of bins as lines, of graphite or statsd. A value that no line can have, as a
 * sum that has grown beyond what a double holds, is counted instead. One thread.
 */
final class BinLines {
  private final FlushedLines lines;
  private final boolean statsd;
  private final Tally notFinite;
  private byte[] line = new byte[256];

  BinLines(FlushedLines lines, AccumulatorConfig.Output output, AccumulatorMeters meters) {
    this.lines = lines;
    this.statsd = output == AccumulatorConfig.Output.STATSD;
    this.notFinite = meters.notFinite;
  }

  boolean room() {
    return lines.room();
  }

  /** Writes the value of a key, whose kind says what it is for statsd. */
  void write(byte[] key, Function function, double value, long seconds) {
    if (!statsd) {
      graphite(key, key.length, value, seconds);
    } else if (Double.isNaN(value) || Double.isInfinite(value)) {
      notFinite.increment();
    } else if (function.kind() == Function.Kind.SUM) {
      statsd(key, value, 'c');
    } else {
      if (value < 0) {
        statsd(key, 0, 'g'); // With its sign alone it would be a change of the gauge.
      }
      statsd(key, value, 'g');
    }
  }

  void graphite(byte[] key, int length, double value, long seconds) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      notFinite.increment();
    } else {
      lines.graphite(key, 0, length, value, seconds);
    }
  }

  private void statsd(byte[] key, double value, char type) {
    int size = key.length + DoubleText.LONGEST + 3;
    line = line.length < size ? Arrays.copyOf(line, size * 2) : line;
    for (int i = 0; i < key.length; i++) {
      // There the key of a statsd line would end.
      line[i] = key[i] == ':' || key[i] == '|' ? (byte) '_' : key[i];
    }
    int at = key.length;
    line[at++] = ':';
    at = DoubleText.write(value, line, at);
    line[at++] = '|';
    line[at++] = (byte) type;
    lines.line(line, 0, at);
  }
}
