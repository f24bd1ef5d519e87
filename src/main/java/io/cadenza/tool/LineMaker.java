package io.cadenza.tool;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes the lines that blast sends: {@code graphitetest.W.W.W N now} or {@code
 * statdtest.W.W.W:N|c|@0.xx}, as Cadent's statblast spells them, but with a sample rate from 0.01:
 * what divides by the rate must not be given 0.00. One thread.
 */
final class LineMaker {
  /** Which lines. */
  enum Kind {
    STATSD,
    GRAPHITE
  }

  private static final byte[] STATSD = bytes("statdtest");
  private static final byte[] GRAPHITE = bytes("graphitetest");
  private static final byte[] RATE = bytes("|@0.");
  private static final byte[][] TYPES = {{'c'}, {'g'}, {'m', 's'}};
  private static final byte[] NO_BYTES = {};
  private static final int VALUES = 10_000;
  private static final int RATES = 99;

  private final Kind kind;
  private final byte[][] words;
  private final int perKey;
  private final RandomGenerator random;
  private final InstantSource clock;
  private byte[] now = NO_BYTES;
  private final byte[] line;
  private int length;
  private boolean waiting;

  LineMaker(
      Kind kind, List<String> words, int perKey, RandomGenerator random, InstantSource clock) {
    this.kind = kind;
    this.words = words.stream().map(LineMaker::bytes).toArray(byte[][]::new);
    this.perKey = perKey;
    this.random = random;
    this.clock = clock;
    int longest = words.stream().mapToInt(word -> bytes(word).length).max().orElse(0);
    this.line = new byte[64 + perKey * (longest + 1)];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Appends whole lines until the next would make the buffer longer than {@code capacity}; one line
   * at least. The line that had no room comes first the next time.
   *
   * @param most how many lines at most, above 0
   * @return how many lines
   */
  int fill(Buffer buffer, int capacity, long most) {
    now = bytes(" " + clock.millis() / 1000 + "\n");
    int count = 0;
    while (count < most) {
      if (!waiting) {
        next();
        waiting = true;
      }
      if (count > 0 && buffer.length() + length > capacity) {
        break;
      }
      buffer.appendBytes(line, 0, length);
      waiting = false;
      count++;
    }
    return count;
  }

  private void next() {
    length = 0;
    put(kind == Kind.STATSD ? STATSD : GRAPHITE);
    for (int i = 0; i < perKey; i++) {
      line[length++] = '.';
      put(words[random.nextInt(words.length)]);
    }
    if (kind == Kind.STATSD) {
      statsdRest();
    } else {
      line[length++] = ' ';
      putNumber(random.nextInt(VALUES));
      put(now);
    }
  }

  private void statsdRest() {
    line[length++] = ':';
    putNumber(random.nextInt(VALUES));
    line[length++] = '|';
    put(TYPES[random.nextInt(TYPES.length)]);
    put(RATE);
    int hundredths = 1 + random.nextInt(RATES);
    line[length++] = (byte) ('0' + hundredths / 10);
    line[length++] = (byte) ('0' + hundredths % 10);
    line[length++] = '\n';
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, line, length, bytes.length);
    length += bytes.length;
  }

  private void putNumber(int number) {
    int unit = number >= 1000 ? 1000 : number >= 100 ? 100 : number >= 10 ? 10 : 1;
    for (; unit > 0; unit /= 10) {
      line[length++] = (byte) ('0' + number / unit % 10);
    }
  }
}
