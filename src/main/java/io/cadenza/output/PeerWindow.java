package io.cadenza.output;

import java.nio.ByteBuffer;

/**
 * Tells from what the kernel knows of a TCP connection how much of it the peer has not read: what
 * is not sent, what is sent and not acknowledged, and by how much the peer's window is smaller than
 * it was at its widest, since bytes that wait there take room in it. One connection's; one thread.
 *
 * <p>An estimate: a peer may offer less than it has room for, and more later. The offsets are those
 * of struct tcp_info in linux/tcp.h, which only ever grows at its end.
 */
final class PeerWindow {
  /** Bytes of the struct up to what is read here; kernels before 5.4 know less. */
  static final int SIZE = 232;

  private static final int BYTES_ACKED = 120;
  private static final int NOT_SENT_BYTES = 144;
  private static final int BYTES_SENT = 200;
  private static final int BYTES_RETRANSMITTED = 208;
  private static final int SEND_WINDOW = 228;

  private long widest;

  /**
   * Bytes that the peer has not read, about.
   *
   * @param info of the connection, in the order of the machine; null when there is none
   */
  long unread(ByteBuffer info) {
    if (info == null || info.limit() < SIZE) {
      return 0;
    }
    long sent = info.getLong(BYTES_SENT) - info.getLong(BYTES_RETRANSMITTED);
    long underWay = Math.max(0, sent - info.getLong(BYTES_ACKED));
    long window = Integer.toUnsignedLong(info.getInt(SEND_WINDOW));
    widest = Math.max(widest, window);
    return Integer.toUnsignedLong(info.getInt(NOT_SENT_BYTES)) + underWay + widest - window;
  }
}
