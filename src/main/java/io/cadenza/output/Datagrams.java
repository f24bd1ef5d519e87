package io.cadenza.output;

import io.cadenza.line.Bytes;
import io.vertx.core.buffer.Buffer;

/** Cuts lines that lie one behind another into datagrams of whole lines. One thread, once. */
final class Datagrams {
  /** What a datagram of IPv4 can hold. */
  static final int LARGEST = 65_507;

  private final byte[] bytes;
  private final int most;
  private int from;
  private int at;
  private final int end;
  private int lines;
  private int tooLong;

  /**
   * @param bytes whole lines from {@code from} to {@code end}, each with its newline
   * @param most bytes of a datagram; a line that is longer has one of its own
   */
  Datagrams(byte[] bytes, int from, int end, int most) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.most = most;
  }

  /** The next datagram, or null behind the last. */
  Buffer next() {
    from = at;
    lines = 0;
    while (at < end && take(Bytes.indexOf(bytes, at, end, (byte) '\n') + 1)) {
      continue;
    }
    return lines == 0 ? null : Internals.wrapped(bytes, from, at - from);
  }

  /** Takes the line up to {@code behind} if it fits, and answers whether more may. */
  private boolean take(int behind) {
    boolean fits = behind - from <= most;
    if (!fits && lines > 0) {
      return false;
    }
    at = behind;
    if (behind - from > LARGEST) {
      from = behind;
      tooLong++;
      return true;
    }
    lines++;
    return fits;
  }

  /** How many lines the datagram has that was answered last. */
  int lines() {
    return lines;
  }

  /** Lines so far that no datagram can hold. */
  int tooLong() {
    return tooLong;
  }
}
