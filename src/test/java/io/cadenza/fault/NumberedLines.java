package io.cadenza.fault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines that say themselves where they belong: {@code c<connection>.k<key> <number> 1700000000}.
 * Line {@code i} of a connection has key {@code i % keys} and number {@code i / keys}, so that one
 * count a connection tells all that was sent.
 */
final class NumberedLines {
  private static final byte[] END = " 1700000000\n".getBytes(StandardCharsets.US_ASCII);

  private final int keys;
  private byte[] bytes = new byte[64 * 1024];
  private int size;

  NumberedLines(int keys) {
    this.keys = keys;
  }

  /** Puts lines in place of those before; the bytes are {@link #bytes}. */
  NumberedLines of(int connection, long from, int lines) {
    size = 0;
    for (long i = from; i < from + lines; i++) {
      add(connection, (int) (i % keys), i / keys);
    }
    return this;
  }

  /** Good until the next call of {@link #of}. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  private void add(int connection, int key, long number) {
    if (bytes.length - size < 80) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[size++] = 'c';
    digits(connection);
    bytes[size++] = '.';
    bytes[size++] = 'k';
    digits(key);
    bytes[size++] = ' ';
    digits(number);
    System.arraycopy(END, 0, bytes, size, END.length);
    size += END.length;
  }

  private void digits(long n) {
    int end = size + 1;
    for (long rest = n; rest > 9; rest /= 10) {
      end++;
    }
    long rest = n;
    for (int at = end - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
  }

  /**
   * Tells the lines of some bytes to a reckoning.
   *
   * @return where the first byte is that is of no whole line
   */
  static int read(byte[] from, int size, Reckoning reckoning) {
    int start = 0;
    synchronized (reckoning) {
      for (int at = 0; at < size; at++) {
        if (from[at] == '\n') {
          read(from, start, at + 1, reckoning);
          start = at + 1;
        }
      }
    }
    return start;
  }

  private static void read(byte[] from, int start, int end, Reckoning reckoning) {
    int at = start;
    long[] numbers = new long[3];
    byte[] before = {'c', '.', ' '};
    for (int i = 0; i < 3; i++) {
      if (from[at] != before[i] || i == 1 && from[++at] != 'k') {
        reckoning.damaged();
        return;
      }
      int first = ++at;
      while (from[at] >= '0' && from[at] <= '9') {
        numbers[i] = 10 * numbers[i] + from[at++] - '0';
      }
      if (at == first || at - first > 15) {
        reckoning.damaged();
        return;
      }
    }
    if (Arrays.equals(from, at, end, END, 0, END.length)) {
      reckoning.arrived(numbers[0], numbers[1], numbers[2]);
    } else {
      reckoning.damaged();
    }
  }
}
