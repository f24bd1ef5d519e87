package io.cadenza.api.encode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.format.DoubleText;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of an answer that go to the client together. Grows as needed; one thread at a time. */
public final class Piece extends OutputStream {
  /** How many bytes make a piece worth sending. */
  public static final int SIZE = 128 * 1024;

  private byte[] bytes = new byte[1024];
  private int length;

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** The bytes, as many as {@link #length}; changed by the next use. */
  public byte[] bytes() {
    return bytes;
  }

  /** A copy of the bytes. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  boolean full() {
    return length >= SIZE;
  }

  void clear() {
    length = 0;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.max(length + more, Math.min(2 * bytes.length, bytes.length + SIZE));
      bytes = Arrays.copyOf(bytes, wanted);
    }
  }

  @Override
  public void write(int one) {
    room(1);
    bytes[length++] = (byte) one;
  }

  @Override
  public void write(byte[] from, int at, int count) {
    room(count);
    System.arraycopy(from, at, bytes, length, count);
    length += count;
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    write(utf8, 0, utf8.length);
  }

  void number(long number) {
    room(DoubleText.LONGEST);
    length = DoubleText.write(number, bytes, length);
  }

  /** As Python prints it: {@code 5.0}, {@code 0.1}, {@code 1e+16}, {@code inf}. */
  void real(double number) {
    room(RealText.LONGEST);
    length = RealText.write(number, bytes, length);
  }

  void littleEndian(int number) {
    room(4);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes[length++] = (byte) (number >>> shift);
    }
  }

  void bigEndian(long number) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (number >>> shift);
    }
  }
}
