package io.cadenza.accumulate;

import io.cadenza.format.DoubleText;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Shelf;
import java.util.function.Predicate;

/**
 * The lines that one shard emits, collected in batches. Belongs to the shard's thread.
 *
 * <p>{@link #room} is asked before a key is emitted, not before each line: what belongs to one key
 * goes off whole.
 */
public final class FlushedLines {
  /** Bytes a batch holds. */
  static final int BATCH = 64 * 1024;

  /** As many batches as are under way, or kept to be written again, where lines are many. */
  private static final int SHELF = 48;

  private static final int LONGEST_NUMBERS = 64;
  private static final byte[] NOTHING = {};

  private final LineBatch.Builder batch;
  private final LineFormat format;
  private final Object sender;
  private final Predicate<LineBatch> exit;
  private Also also = (key, from, to, value, seconds) -> {};
  private final byte[] stamp = new byte[DoubleText.LONGEST + 2]; // with what is around it
  private int stampEnd;
  private long stampSeconds;
  private boolean room = true;
  private long lines;
  private long bytes;

  /**
   * @param format how the lines are written: graphite's or statsd's
   * @param sender who is named as their sender in logs
   * @param exit takes a batch, and answers whether there is room for more
   */
  public FlushedLines(LineFormat format, Object sender, Predicate<LineBatch> exit) {
    this.format = format;
    this.batch = new LineBatch.Builder(format, BATCH, new Shelf(SHELF));
    this.sender = sender;
    this.exit = exit;
  }

  /** Is told of every line of graphite that is emitted. */
  public interface Also {
    /** What {@link FlushedLines#graphite} was given, with its whole key. */
    void line(byte[] key, int from, int to, double value, long seconds);
  }

  /** Has somebody told of every line of graphite. */
  public void also(Also told) {
    also = told;
  }

  /** Whether another key may be emitted now. */
  public boolean room() {
    return room;
  }

  /** There is room again, or is not. */
  public void room(boolean now) {
    room = now;
  }

  /** How many lines were emitted, ever. */
  public long lines() {
    return lines;
  }

  /** How many bytes they had, newlines included. */
  public long bytes() {
    return bytes;
  }

  /** Emits a line of graphite: {@code key value seconds}. */
  public void graphite(byte[] key, int from, int to, double value, long seconds) {
    graphite(key, from, to, to, NOTHING, value, seconds);
  }

  /**
   * The same with more in the key.
   *
   * @param behind what stands behind the name, before its tags
   * @param tagsAt where the tags begin
   */
  public void graphite(
      byte[] key, int from, int tagsAt, int to, byte[] behind, double value, long seconds) {
    byte[] into = open(to - from + behind.length + LONGEST_NUMBERS);
    int start = batch.length();
    int at = append(key, from, tagsAt, into, start);
    at = append(behind, 0, behind.length, into, at);
    if (tagsAt < to) {
      at = append(key, tagsAt, to, into, at);
    }
    int keyEnd = at;
    into[at++] = ' ';
    at = DoubleText.write(value, into, at);
    if (seconds != stampSeconds || stampEnd == 0) {
      stamp(seconds);
    }
    at = append(stamp, 0, stampEnd, into, at);
    batch.line(start, LineFormat.span(start, keyEnd) | LineFormat.SOUND, at - 1);
    batch.advance(at - start);
    bytes += at - start;
    lines++;
    also.line(into, start, keyEnd, value, seconds);
  }

  private static int append(byte[] from, int start, int end, byte[] into, int at) {
    System.arraycopy(from, start, into, at, end - start);
    return at + end - start;
  }

  /** All lines of a flush have the same. */
  private void stamp(long seconds) {
    stamp[0] = ' ';
    stampEnd = DoubleText.write(seconds, stamp, 1);
    stamp[stampEnd++] = '\n';
    stampSeconds = seconds;
  }

  /** Emits a line as it is, without its newline, if it is one of the format. */
  public void line(byte[] line, int from, int to) {
    int size = to - from;
    byte[] into = open(size + 1);
    int start = batch.length();
    System.arraycopy(line, from, into, start, size);
    into[start + size] = '\n';
    long key = format.scan(into, start, start + size);
    if (key >= 0) {
      batch.line(start, key, start + size);
      batch.advance(size + 1);
      bytes += size + 1;
      lines++;
    }
  }

  private byte[] open(int size) {
    if (batch.count() > 0 && batch.room() < size) {
      send();
    }
    byte[] into = batch.reserve(size);
    if (batch.count() == 0) {
      batch.sender(sender);
    }
    return into;
  }

  /** Sends off what is there. */
  public void send() {
    if (batch.count() > 0) {
      room = exit.test(batch.freeze());
    }
  }
}
