package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses what another encoder makes: one whole gzip member a write, so that the reader has
 * every line at once and a body of HTTP is complete. Members one behind another are one gzip stream
 * (RFC 1952, 2.2).
 */
final class GzipEncoder implements Encoder {
  /** Magic, deflate, no flags, no time, no hint, of an unknown system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int TRAILER = 8;

  private final Encoder inner;
  // The event loop does it: metric lines repeat so much that the fastest level gains nearly all.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private byte[] out = new byte[16 * 1024];

  GzipEncoder(Encoder inner) {
    this.inner = inner;
  }

  @Override
  public Buffer encode(List<LineRun> runs) {
    byte[] plain = inner.encode(runs).getBytes();
    return plain.length == 0 ? Internals.wrapped(plain) : Internals.wrapped(member(plain));
  }

  private byte[] member(byte[] plain) {
    deflater.reset();
    deflater.setInput(plain);
    deflater.finish();
    int length = HEADER.length;
    System.arraycopy(HEADER, 0, out, 0, length);
    while (!deflater.finished()) {
      if (out.length - length <= TRAILER) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      length += deflater.deflate(out, length, out.length - length - TRAILER);
    }
    crc.reset();
    crc.update(plain);
    ByteBuffer end = ByteBuffer.wrap(out, length, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt((int) crc.getValue()).putInt(plain.length);
    return Arrays.copyOf(out, length + TRAILER);
  }

  @Override
  public int refused() {
    return inner.refused();
  }

  @Override
  public void close() {
    deflater.end();
    inner.close();
  }
}
