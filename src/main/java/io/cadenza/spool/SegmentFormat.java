package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment: a header, then records one behind another to the end of the file. All
 * numbers are big-endian.
 *
 * <pre>
 * header, 48 bytes                          record, 40 bytes and the payload
 *  0  8  "CDZSPOOL"                          0  4  marker FE C0 5A E1
 *  8  4  version, 1                          4  4  bytes of the payload
 * 12  4  zero                                8  4  lines in the payload
 * 16  8  sequence of its first line         12  4  zero
 * 24  8  when it was made, ms since 1970    16  8  sequence of the first line
 * 32  8  birth: random, its identity        24  8  when it was appended, ms since 1970
 * 40  4  zero                               32  4  CRC32C of the payload
 * 44  4  CRC32C of bytes 0 to 44            36  4  CRC32C of bytes 0 to 36 of the record
 *                                           40     the payload: the bytes of a run
 * </pre>
 *
 * <p>The sequence counts the lines of a lane from 0, across segments. So a record that cannot be
 * read is worth exactly the difference to the next one's sequence, or to the next segment's. The
 * two sums of a record cover all of it; that of the header alone makes its length and its lines
 * known when only the payload is damaged. Two bytes of the marker are in no UTF-8 text.
 */
final class SegmentFormat {
  static final int HEADER = 48;
  static final int RECORD = 40;
  static final int VERSION = 1;
  static final int MARKER = 0xFEC05AE1;

  private static final byte[] MAGIC = "CDZSPOOL".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_SUM = 44;
  private static final int RECORD_SUM = 36;

  /** What is in front of a file. */
  enum Kind {
    /** A header of ours. */
    OURS,
    /** A whole header of a version that is not known here. */
    OTHER_VERSION,
    /** Not a whole header. */
    BROKEN
  }

  private SegmentFormat() {}

  /** The header of a new segment. */
  static ByteBuffer header(long first, long created, long birth) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put(MAGIC).putInt(VERSION).putInt(0).putLong(first).putLong(created).putLong(birth);
    header.putInt(0).putInt(sum(header.array(), 0, HEADER_SUM));
    return header.flip();
  }

  static Kind kind(byte[] bytes, int length) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (length < HEADER || bytes[i] != MAGIC[i]) {
        return Kind.BROKEN;
      }
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (header.getInt(HEADER_SUM) != sum(bytes, 0, HEADER_SUM)) {
      return Kind.BROKEN;
    }
    return header.getInt(8) == VERSION ? Kind.OURS : Kind.OTHER_VERSION;
  }

  static long first(byte[] header) {
    return ByteBuffer.wrap(header).getLong(16);
  }

  static long birth(byte[] header) {
    return ByteBuffer.wrap(header).getLong(32);
  }

  /** Fills the header of a record into an array of {@link #RECORD} bytes. */
  static void record(ByteBuffer into, LineRun run, long sequence, long time) {
    into.clear();
    into.putInt(MARKER).putInt(run.size()).putInt(run.lines()).putInt(0);
    into.putLong(sequence).putLong(time).putInt(sum(run.bytes(), run.from(), run.size()));
    into.putInt(sum(into.array(), 0, RECORD_SUM)).flip();
  }

  /** Are these the first bytes of a record, unharmed? */
  static boolean isRecord(byte[] bytes, int at) {
    return integer(bytes, at) == MARKER
        && integer(bytes, at + RECORD_SUM) == sum(bytes, at, RECORD_SUM)
        && size(bytes, at) >= 0
        && lines(bytes, at) >= 0;
  }

  static int size(byte[] bytes, int at) {
    return integer(bytes, at + 4);
  }

  static int lines(byte[] bytes, int at) {
    return integer(bytes, at + 8);
  }

  static long sequence(byte[] bytes, int at) {
    return number(bytes, at + 16);
  }

  static long time(byte[] bytes, int at) {
    return number(bytes, at + 24);
  }

  /** Is the payload of the record at {@code at} what was written? */
  static boolean isWhole(byte[] bytes, int at) {
    return integer(bytes, at + 32) == sum(bytes, at + RECORD, size(bytes, at));
  }

  static int sum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static int integer(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  private static long number(byte[] bytes, int at) {
    return (long) integer(bytes, at) << 32 | integer(bytes, at + 4) & 0xFFFFFFFFL;
  }
}
