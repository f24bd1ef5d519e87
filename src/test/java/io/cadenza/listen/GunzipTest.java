package io.cadenza.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GunzipTest {
  private static final byte[] TEXT = "a.b 1 10\nc.d 2 20\n".repeat(50).getBytes(UTF_8);

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /** A member with a header of these flags, and whatever they announce. */
  private static byte[] member(int flags, byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 3});
    if ((flags & 4) != 0) {
      bytes.writeBytes(new byte[] {3, 0, 'x', 0, 'z'});
    }
    if ((flags & 8) != 0) {
      bytes.writeBytes("name\0".getBytes(UTF_8));
    }
    if ((flags & 16) != 0) {
      bytes.writeBytes("\0".getBytes(UTF_8));
    }
    if ((flags & 2) != 0) {
      bytes.writeBytes(new byte[] {1, 2});
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] out = new byte[plain.length + 100];
    bytes.write(out, 0, deflater.deflate(out));
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(plain);
    for (int i = 0; i < 4; i++) {
      bytes.write((int) (crc.getValue() >>> 8 * i));
    }
    for (int i = 0; i < 4; i++) {
      bytes.write(plain.length >>> 8 * i);
    }
    return bytes.toByteArray();
  }

  /** Null when it is broken or could not end where it does. */
  private static byte[] gunzip(byte[] bytes, int piece, int room) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] out = new byte[room];
    try (Gunzip gunzip = new Gunzip()) {
      for (int at = 0; at < bytes.length; at += piece) {
        gunzip.input(bytes, at, Math.min(at + piece, bytes.length));
        for (int n; (n = gunzip.output(out, 0, room)) != 0; ) {
          if (n < 0) {
            return null;
          }
          plain.write(out, 0, n);
        }
      }
      return gunzip.between() ? plain.toByteArray() : null;
    }
  }

  @Property(tries = 200)
  void cutsDoNotMatter(
      @ForAll @IntRange(min = 0, max = 31) int flags,
      @ForAll @IntRange(min = 1, max = 40) int piece,
      @ForAll @IntRange(min = 1, max = 50) int room)
      throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(member(flags, TEXT));
    members.writeBytes(gzip(new byte[0]));
    members.writeBytes(member(flags, TEXT));
    byte[] expected = new String(TEXT, UTF_8).repeat(2).getBytes(UTF_8);
    assertThat(gunzip(members.toByteArray(), piece, room)).isEqualTo(expected);
  }

  @Test
  void goesOnBehindExtraBytesOfNoLength() {
    byte[] with = member(4, TEXT);
    byte[] none = new byte[with.length - 3];
    System.arraycopy(with, 0, none, 0, 10);
    System.arraycopy(with, 15, none, 12, with.length - 15);
    assertThat(gunzip(none, 7, 64)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, -1, -5, -8})
  void refusesAByteThatIsWrong(int place) throws IOException {
    byte[] bytes = gzip(TEXT);
    int at = Math.floorMod(place, bytes.length);
    bytes[at] = (byte) (bytes[at] ^ 0xff);
    assertThat(gunzip(bytes, bytes.length, 64)).isNull();
  }

  @Test
  void isNotDoneBeforeTheTrailer() throws IOException {
    byte[] bytes = gzip(TEXT);
    assertThat(gunzip(java.util.Arrays.copyOf(bytes, bytes.length - 1), 10, 64)).isNull();
  }
}
