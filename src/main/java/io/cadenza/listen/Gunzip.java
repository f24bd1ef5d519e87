package io.cadenza.listen;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip as it comes (RFC 1952): members one behind another, each with any header, and
 * whatever has been flushed so far, without waiting for a member's end.
 *
 * <p>One instance serves one stream, on its thread. To be closed: its state is outside the heap.
 */
final class Gunzip implements Decompressor {
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CRC = 2;
  private static final int RESERVED = 0xe0;
  private static final int FIXED = 10;
  private static final int TRAILER = 8;
  private static final byte[] NOTHING = {};

  private enum Part {
    FIXED_HEADER,
    EXTRA_LENGTH,
    EXTRA_BYTES,
    NAME_TEXT,
    COMMENT_TEXT,
    CHECKSUM,
    BODY,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private Part part = Part.FIXED_HEADER;
  private byte[] in = NOTHING;
  private int at;
  private int to;
  private int place;
  private int flags;
  private long number;
  private long length;

  @Override
  public void input(byte[] bytes, int from, int to) {
    this.in = bytes;
    this.at = from;
    this.to = to;
    if (part == Part.BODY) {
      inflater.setInput(bytes, from, to - from);
    }
  }

  /** What was not used of the input yet, in an array of its own. */
  byte[] rest() {
    int from = part == Part.BODY ? to - inflater.getRemaining() : at;
    return Arrays.copyOfRange(in, from, to);
  }

  /** Behind a member, or before the first. */
  @Override
  public boolean between() {
    return part == Part.FIXED_HEADER && place == 0 && at == to;
  }

  @Override
  public int output(byte[] out, int from, int room) {
    while (true) {
      if (part == Part.BODY) {
        int n = body(out, from, room);
        if (n != 0 || part == Part.BODY) {
          return n;
        }
      } else if (at == to) {
        return 0;
      } else if (!step(in[at++] & 0xff)) {
        return BROKEN;
      }
    }
  }

  private int body(byte[] out, int from, int room) {
    try {
      int n = inflater.inflate(out, from, room);
      crc.update(out, from, n);
      length += n;
      if (n == 0 && inflater.finished()) {
        at = to - inflater.getRemaining();
        part = Part.TRAILER;
        place = 0;
        number = 0;
      }
      return n == 0 && inflater.needsDictionary() ? BROKEN : n;
    } catch (DataFormatException e) {
      return BROKEN;
    }
  }

  /** Takes one byte of a header or trailer; answers false when it can't stand there. */
  private boolean step(int b) {
    switch (part) {
      case FIXED_HEADER -> {
        return fixed(b);
      }
      case EXTRA_LENGTH -> {
        number |= (long) b << 8 * place;
        if (++place == 2) {
          place = (int) number;
          next(place == 0 ? Part.EXTRA_BYTES : null);
        }
      }
      case EXTRA_BYTES -> {
        if (--place == 0) {
          next(Part.EXTRA_BYTES);
        }
      }
      case NAME_TEXT, COMMENT_TEXT -> {
        if (b == 0) {
          next(part);
        }
      }
      case CHECKSUM -> {
        if (++place == 2) {
          next(Part.CHECKSUM);
        }
      }
      default -> {
        return trailer(b);
      }
    }
    return true;
  }

  private boolean fixed(int b) {
    boolean right =
        switch (place) {
          case 0 -> b == 0x1f;
          case 1 -> b == 0x8b;
          case 2 -> b == 8;
          case 3 -> (b & RESERVED) == 0;
          default -> true;
        };
    if (place == 3) {
      flags = b;
    }
    if (++place == FIXED) {
      next(Part.FIXED_HEADER);
    }
    return right;
  }

  /**
   * Goes to the next part that the flags announce behind {@code done}; null: to the extra bytes.
   */
  private void next(Part done) {
    if (done == null) {
      part = Part.EXTRA_BYTES;
      return;
    }
    int behind = done.ordinal();
    place = 0;
    number = 0;
    if (behind < Part.EXTRA_LENGTH.ordinal() && (flags & EXTRA) != 0) {
      part = Part.EXTRA_LENGTH;
    } else if (behind < Part.NAME_TEXT.ordinal() && (flags & NAME) != 0) {
      part = Part.NAME_TEXT;
    } else if (behind < Part.COMMENT_TEXT.ordinal() && (flags & COMMENT) != 0) {
      part = Part.COMMENT_TEXT;
    } else if (behind < Part.CHECKSUM.ordinal() && (flags & HEADER_CRC) != 0) {
      part = Part.CHECKSUM;
    } else {
      begin();
    }
  }

  private void begin() {
    part = Part.BODY;
    length = 0;
    crc.reset();
    inflater.reset();
    inflater.setInput(in, at, to - at);
  }

  /** Checksum, then length modulo 2^32, lowest byte first. */
  private boolean trailer(int b) {
    number |= (long) b << 8 * place;
    if (++place < TRAILER) {
      return true;
    }
    part = Part.FIXED_HEADER;
    place = 0;
    return number == (crc.getValue() | length << 32);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
