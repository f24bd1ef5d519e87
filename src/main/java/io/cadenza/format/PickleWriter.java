package io.cadenza.format;

import io.cadenza.line.Invalid;
import java.nio.ByteBuffer;

/**
 * Puts graphite lines into frames for carbon's pickle listener: four bytes of length and a pickle
 * of protocol 2, {@code [(name, (time, value)), ...]}, with whole seconds and floating values.
 *
 * <p>One instance serves one thread: append lines, {@link #finish()}, send {@link #bytes()} up to
 * {@link #length()}, {@link #clear()}.
 */
public final class PickleWriter {
  /** What carbon's own relay puts into a frame at most. */
  public static final int POINTS = 500;

  /** The longest frame that carbon's listener takes. */
  public static final int FRAME_BYTES = 1 << 20;

  private static final byte[] BEGIN = {0, 0, 0, 0, (byte) 0x80, 2, ']', '('};
  private static final byte[] END = {'e', '.'};
  private static final int ITEM_BYTES = 24;

  private final int mostPoints;
  private final int mostBytes;
  private final Sample sample = new Sample();
  private ByteBuffer out = ByteBuffer.allocate(4096);
  private int frame = -1;
  private int points;

  /** Frames as carbon's relay makes them. */
  public PickleWriter() {
    this(POINTS, FRAME_BYTES);
  }

  /**
   * @param points the most points of a frame
   * @param frameBytes the most bytes of a frame, its length not counted
   */
  public PickleWriter(int points, int frameBytes) {
    mostPoints = points;
    mostBytes = frameBytes;
  }

  /**
   * Adds a line to the frame that is open, or to a new one where that is full.
   *
   * @return null; or why the line can't be told in a pickle, and nothing was added
   */
  public Invalid append(byte[] b, int keyStart, int keyEnd, int end) {
    if (!GraphiteFormat.parse(b, keyEnd, end, sample)) {
      return GraphiteFormat.fields(b, keyEnd, end);
    }
    if (!KeyText.utf8(b, keyStart, keyEnd)) {
      return Invalid.UTF8;
    }
    int size = keyEnd - keyStart + ITEM_BYTES;
    if (BEGIN.length - 4 + size + END.length > mostBytes) {
      return Invalid.TOO_LONG;
    }
    if (frame >= 0 && (points == mostPoints || out.position() - frame - 4 + size + 2 > mostBytes)) {
      finish();
    }
    room(size + BEGIN.length + END.length);
    if (frame < 0) {
      frame = out.position();
      out.put(BEGIN);
    }
    item(b, keyStart, keyEnd);
    points++;
    return null;
  }

  private void item(byte[] b, int keyStart, int keyEnd) {
    out.put((byte) 'X').putInt(Integer.reverseBytes(keyEnd - keyStart));
    out.put(b, keyStart, keyEnd - keyStart);
    if (sample.time <= Integer.MAX_VALUE) {
      out.put((byte) 'J').putInt(Integer.reverseBytes((int) sample.time));
    } else {
      out.put((byte) 0x8a).put((byte) 5).putInt(Integer.reverseBytes((int) sample.time));
      out.put((byte) 0);
    }
    out.put((byte) 'G').putDouble(sample.value).put((byte) 0x86).put((byte) 0x86);
  }

  /** Closes the frame that is open, if one is. */
  public void finish() {
    if (frame >= 0) {
      out.put(END);
      out.putInt(frame, out.position() - frame - 4);
      frame = -1;
      points = 0;
    }
  }

  /** The frames so far. Not to be kept: the array is written to again. */
  public byte[] bytes() {
    return out.array();
  }

  /** How many bytes the frames have; all of them whole after {@link #finish()}. */
  public int length() {
    return out.position();
  }

  /** Forgets all frames, to begin anew. */
  public void clear() {
    out.clear();
    frame = -1;
    points = 0;
  }

  private void room(int more) {
    if (out.remaining() < more) {
      int needed = out.position() + more;
      out.flip();
      out = ByteBuffer.allocate(Math.max(out.capacity() * 2, needed)).put(out);
    }
  }
}
