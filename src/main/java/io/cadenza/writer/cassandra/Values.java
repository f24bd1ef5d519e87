package io.cadenza.writer.cassandra;

import java.nio.ByteBuffer;

/** Values as Cassandra has them in requests and rows. */
final class Values {
  private Values() {}

  static ByteBuffer of(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, value);
  }

  static ByteBuffer of(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, value);
  }

  static ByteBuffer of(double value) {
    return ByteBuffer.allocate(Double.BYTES).putDouble(0, value);
  }

  /** The same bytes again where two values are the same, as in most points. */
  static ByteBuffer of(double value, double same, ByteBuffer asSame) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(same)
        ? asSame
        : of(value);
  }

  /** NaN for nothing. */
  static double number(ByteBuffer value) {
    return value == null || value.remaining() < Double.BYTES
        ? Double.NaN
        : value.getDouble(value.position());
  }

  static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(value.position(), bytes);
    return bytes;
  }
}
