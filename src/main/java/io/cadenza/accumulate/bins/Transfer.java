package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.Adoption;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What all hand-overs are written with: a word that says what follows, then one byte before each
 * key. A damaged or foreign file is told by an exception, never by memory that it makes us take.
 */
final class Transfer {
  /** The latest time that a line can have, in milliseconds. */
  static final long LATEST = 0xFFFF_FFFFL * 1000;

  private static final int MORE = 1;
  private static final int END = 0;

  /** Reads what stands behind a word, key by key. */
  abstract static class Reading implements Adoption {
    final DataInput in;
    private final int word;
    private boolean begun;

    Reading(DataInput in, int word) {
      this.in = in;
      this.word = word;
    }

    /** Reads what stands between the word and the first key. */
    void begin() throws IOException {}

    /** Reads a key and what belongs to it. */
    abstract void readKey() throws IOException;

    @Override
    public final boolean goOn(int most) throws IOException {
      if (!begun) {
        check(in.readInt() == word, "another kind or version of accumulator");
        begin();
        begun = true;
      }
      for (int left = most; left > 0; left--) {
        if (!more(in)) {
          return true;
        }
        readKey();
      }
      return false;
    }
  }

  private Transfer() {}

  static void begin(DataOutput out, int word) throws IOException {
    out.writeInt(word);
  }

  static void key(DataOutput out, byte[] key) throws IOException {
    out.writeByte(MORE);
    out.writeShort(key.length);
    out.write(key);
  }

  static void end(DataOutput out) throws IOException {
    out.writeByte(END);
  }

  private static boolean more(DataInput in) throws IOException {
    int mark = in.readByte();
    check(mark == MORE || mark == END, "a key that does not begin");
    return mark == MORE;
  }

  /** The key; {@code least} bytes at least. */
  static byte[] key(DataInput in, int least) throws IOException {
    int size = in.readUnsignedShort();
    check(size >= least && size <= AccumulatorConfig.LONGEST_KEY + least, "a key of wrong length");
    byte[] key = new byte[size];
    in.readFully(key);
    return key;
  }

  /** A number from 0 to {@code most}. */
  static int count(DataInput in, int most) throws IOException {
    int count = in.readInt();
    check(count >= 0 && count <= most, "a count that cannot be");
    return count;
  }

  static void check(boolean right, String what) throws IOException {
    if (!right) {
      throw new IOException("damaged: " + what);
    }
  }
}
