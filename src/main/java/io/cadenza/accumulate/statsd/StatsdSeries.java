package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.statsd.NameConfig.Layout;
import io.cadenza.format.DoubleText;
import io.cadenza.line.Bytes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * Series as statsd's lines, such that a statsd server that takes them comes to what this one came
 * to. What got no sample is not sent: that server knows it.
 */
final class StatsdSeries implements SeriesLines {
  /** How many samples stand for those that only a sketch has left. */
  private static final int MOST_OF_SKETCH = 1000;

  private static final double LEAST_PLAIN = 1e-6;
  private static final double MOST_PLAIN = 1e21;

  /** What Cadent takes off keys, so that they do not grow from server to server. */
  private static final List<byte[]> GROWN =
      List.of(ascii("stats.counters."), ascii("stats.gauges."), ascii("stats.timers."));

  private final FlushedLines lines;
  private final boolean shorten;
  private final TimerStatistics statistics = new TimerStatistics();
  private byte[] line = new byte[512];
  private int length;
  private byte[] key = line;
  private int nameFrom;
  private int tagsAt;
  private int keyEnd;

  StatsdSeries(StatsdConfig config, FlushedLines lines) {
    this.lines = lines;
    shorten = config.names().layout() == Layout.CADENT;
  }

  @Override
  public void key(byte[] bytes, int tags, int end) {
    key = bytes;
    tagsAt = tags;
    keyEnd = end;
    nameFrom = 0;
    for (int i = 0; shorten && i < GROWN.size() && nameFrom == 0; i++) {
      byte[] grown = GROWN.get(i);
      boolean has = tags > grown.length && Bytes.startsWith(bytes, 0, tags, grown);
      nameFrom = has ? grown.length : 0;
    }
  }

  @Override
  public void counter(double sum, double intervalSeconds, boolean touched, long seconds) {
    if (touched) {
      line(sum, 'c', 1, -1);
    }
  }

  /** A negative one would be added if it were sent alone. */
  @Override
  public void gauge(double value, boolean touched, long seconds) {
    if (touched && value < 0) {
      line(0, 'g', 1, -1);
    }
    if (touched) {
      line(value, 'g', 1, -1);
    }
  }

  @Override
  public void timed(SeriesKind kind, double value, double intervalSeconds, long seconds) {
    line(value, kind == SeriesKind.COUNTER ? 'c' : 'g', 1, seconds);
  }

  @Override
  public void set(SetSeries series, long seconds) {
    for (int i = 0; i < series.count(); i++) {
      begin(series.to(i) - series.from(i));
      append(series.text(), series.from(i), series.to(i));
      end('s', 1, -1);
    }
  }

  @Override
  public void timer(TimerSeries timer, double intervalSeconds, long seconds) {
    int n = (int) Math.min(timer.count(), Integer.MAX_VALUE);
    if (n == 0) {
      return;
    }
    if (timer.sketch() == null) {
      for (int i = 0; i < n; i++) {
        line(timer.sample(i), 'm', rate(n, timer), -1);
      }
      return;
    }
    statistics.describe(timer);
    int few = Math.min(n, MOST_OF_SKETCH);
    for (int i = 0; i < few; i++) {
      line(statistics.at((i + 0.5) / few), 'm', rate(few, timer), -1);
    }
  }

  /** With which so many samples count as much as all that came; those had the largest of rates. */
  private static double rate(int samples, TimerSeries timer) {
    return Math.min(samples / timer.scaled, Double.MAX_VALUE);
  }

  @Override
  public void internal(InternalFigures figures) {
    // The server that takes these lines tells of itself under the same names.
  }

  /**
   * @param type {@code m} for milliseconds
   */
  private void line(double value, char type, double rate, long seconds) {
    begin(DoubleText.LONGEST);
    length = DoubleText.write(value, line, length);
    // Milliseconds are refused below 0 by node and so here, histograms are not.
    end(type == 'm' && value < 0 ? 'h' : type, rate, seconds);
  }

  private void begin(int valueSize) {
    int most = keyEnd + valueSize + 4 * DoubleText.LONGEST;
    if (line.length < most) {
      line = new byte[most * 2];
    }
    length = 0;
    append(key, nameFrom, tagsAt);
    line[length++] = ':';
  }

  private void end(char type, double rate, long seconds) {
    line[length++] = '|';
    line[length++] = (byte) type;
    if (type == 'm') {
      line[length++] = 's';
    }
    if (rate != 1) {
      line[length++] = '|';
      line[length++] = '@';
      rate(rate);
    }
    if (seconds >= 0) {
      reserve(2 + DoubleText.LONGEST);
      line[length++] = '|';
      line[length++] = 'T';
      length = DoubleText.write(seconds, line, length);
    }
    tags();
    lines.line(line, 0, length);
  }

  /** Node takes the digits that it begins with: an exponent would be cut off. */
  private void rate(double rate) {
    if (rate >= LEAST_PLAIN && rate < MOST_PLAIN) {
      length = DoubleText.write(rate, line, length);
    } else {
      byte[] plain = ascii(BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString());
      append(plain, 0, plain.length);
    }
  }

  /** Graphite's {@code ;a=b;c=d} as dogstatsd's {@code |#a:b,c:d}. */
  private void tags() {
    if (tagsAt == keyEnd) {
      return;
    }
    reserve(keyEnd - tagsAt + 2);
    line[length++] = '|';
    line[length++] = '#';
    boolean inKey = true;
    for (int at = tagsAt + 1; at < keyEnd; at++) {
      byte b = key[at];
      boolean equals = inKey && b == '=';
      inKey = b == ';' || inKey && !equals;
      line[length++] = (byte) (equals ? ':' : b == ';' ? ',' : b);
    }
  }

  private void append(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, line, length, to - from);
    length += to - from;
  }

  private void reserve(int more) {
    if (line.length < length + more) {
      line = Arrays.copyOf(line, (length + more) * 2);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
