package io.cadenza.line;

import java.util.Arrays;

/**
 * Lines that travel together from stage to stage, by reference.
 *
 * <p>Built by one thread, then frozen: after {@link Builder#freeze()} nobody writes to it, so any
 * number of stages may read it at once. Columns, not objects: line {@code i} is the bytes from
 * {@link #start} to {@link #end} with a newline behind, its key the bytes from {@link #keyStart} to
 * {@link #keyEnd}. Lines lie in order; between two of them there may be bytes of nobody (a carriage
 * return, a line that was refused).
 */
public final class LineBatch {
  private static final int START = 0;
  private static final int KEY_START = 1;
  private static final int KEY_END = 2;
  private static final int END = 3;

  /** How many numbers say where a line is. */
  static final int MARKS = 4;

  private final byte[] bytes;
  private final int[] marks;
  private final int[] hashes;
  private final int count;
  private final int size;
  private final Senders senders;
  private final LineFormat format;
  private final int packets;
  private final int refused;
  private final Shelf.Lease lease;
  private final Shelf.Places places;

  private LineBatch(
      byte[] bytes,
      int[] marks,
      int[] hashes,
      int count,
      int size,
      Builder builder,
      Shelf.Lease lease,
      Shelf.Places places) {
    this.bytes = bytes;
    this.marks = marks;
    this.hashes = hashes;
    this.count = count;
    this.size = size;
    this.format = builder.format;
    this.senders = builder.senders;
    this.packets = builder.packets;
    this.refused = builder.refused;
    this.lease = lease;
    this.places = places;
  }

  private LineBatch(
      LineBatch from, int[] marks, int[] hashes, int count, int size, Shelf.Places places) {
    this.bytes = from.bytes;
    this.marks = marks;
    this.hashes = hashes;
    this.count = count;
    this.size = size;
    this.format = from.format;
    this.senders = Senders.NONE;
    this.packets = 0;
    this.refused = 0;
    this.lease = from.lease;
    this.places = places;
    if (lease != null) {
      lease.share();
    }
  }

  /** Some of these lines as a batch of their own, and where its marks and hashes come back to. */
  LineBatch shared(int[] theirMarks, int[] theirHashes, int lines, int lineBytes, Shelf shelf) {
    Shelf.Places lent = new Shelf.Places(shelf, theirMarks, theirHashes);
    return new LineBatch(this, theirMarks, theirHashes, lines, lineBytes, lent);
  }

  /**
   * Neighbouring lines as a run, which may be read for longer than the batch.
   *
   * @param from the first byte of the first of them
   * @param to behind the newline of the last
   * @param lines how many
   */
  public LineRun run(int from, int to, int lines) {
    if (lease != null) {
      lease.share();
    }
    return new LineRun(bytes, from, to, lines, lease);
  }

  /**
   * Who was given this batch reads it no more: once, by who has taken it off its way. Nobody need
   * say so, but then its arrays are not used again.
   */
  public void done() {
    if (places != null) {
      places.done();
    }
    if (lease != null) {
      lease.done();
    }
  }

  /** Somebody keeps its bytes, or all of it, beyond the call of {@link #done}. Before that call. */
  public void keep() {
    if (places != null) {
      places.keep();
    }
    if (lease != null) {
      lease.keep();
    }
  }

  /** The bytes of all lines. Not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many lines. */
  public int count() {
    return count;
  }

  /** How many bytes the lines have, newlines included. */
  public int size() {
    return size;
  }

  /** How the lines are read. */
  public LineFormat format() {
    return format;
  }

  /** How many pieces that senders sent at once it was made of, where somebody counted them. */
  public int packets() {
    return packets;
  }

  /** How many lines came with these that are none of the format, where somebody counted them. */
  public int refused() {
    return refused;
  }

  /** Who sent the line: an address, for the log. */
  public Object sender(int line) {
    return senders.of(line);
  }

  /** Whether {@link #hash} may be asked. */
  public boolean hashed() {
    return hashes != null;
  }

  /** The hash of the bytes from the line's start to the end of its key: {@link Shards#fold}. */
  public int hash(int line) {
    return hashes[line];
  }

  /** Copies what says where a line is, as that of a line of so many before it. */
  void marks(int line, int[] to, int before) {
    int from = line * MARKS;
    int at = before * MARKS;
    to[at + START] = marks[from + START];
    to[at + KEY_START] = marks[from + KEY_START];
    to[at + KEY_END] = marks[from + KEY_END];
    to[at + END] = marks[from + END];
  }

  public int start(int line) {
    return marks[line * MARKS + START];
  }

  public int keyStart(int line) {
    return marks[line * MARKS + KEY_START];
  }

  public int keyEnd(int line) {
    return marks[line * MARKS + KEY_END] & Integer.MAX_VALUE;
  }

  /** Whether the line was found right for {@link Validation#MEDIUM} when it came in. */
  public boolean sound(int line) {
    return marks[line * MARKS + KEY_END] < 0;
  }

  /** Where the line ends, without its newline, which is the byte at this index. */
  public int end(int line) {
    return marks[line * MARKS + END];
  }

  /** One thread's open batch. */
  public static final class Builder {
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_MARKS = {};

    private final LineFormat format;
    private final int capacity;
    private final Shelf shelf;
    private byte[] bytes;
    private int[] marks;
    private int[] hashes;
    private int length;
    private int count;
    private int size;
    private int packets;
    private int refused;
    private Senders senders = new Senders();

    /**
     * @param format how the lines are read
     * @param capacity bytes a batch may hold; a longer line makes one of its own
     */
    public Builder(LineFormat format, int capacity) {
      this(format, capacity, null);
    }

    /**
     * @param shelf where arrays of this capacity are found, and come back to
     */
    public Builder(LineFormat format, int capacity, Shelf shelf) {
      this.format = format;
      this.capacity = capacity;
      this.shelf = shelf;
    }

    public int count() {
      return count;
    }

    public int length() {
      return length;
    }

    /** Bytes that can still be appended without growing. */
    public int room() {
      return bytes == null ? capacity : bytes.length - length;
    }

    /** The array to write to from {@link #length()}, with room for {@code more} bytes. */
    public byte[] reserve(int more) {
      if (bytes == null) {
        begin(more);
      } else if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
      return bytes;
    }

    private void begin(int more) {
      byte[] usedBytes = shelf == null || more > capacity ? null : shelf.takeBytes();
      bytes = usedBytes == null ? new byte[Math.max(capacity, more)] : usedBytes;
      int[] usedMarks = shelf == null ? null : shelf.takeMarks();
      marks = usedMarks == null ? new int[Math.max(64, capacity / 48) * MARKS] : usedMarks;
    }

    /** Says who sends the lines from here on. */
    public void sender(Object sender) {
      senders.add(sender, count);
    }

    /** One more piece has come from a sender. */
    public void packet() {
      packets++;
    }

    /** One more line has come that is none of the format. */
    public void refused() {
      refused++;
    }

    /** Whether there is nothing in it, not even a count. */
    public boolean isEmpty() {
      return count == 0 && packets == 0 && refused == 0;
    }

    /** Takes bytes written behind {@link #length()} as part of the batch. */
    public void advance(int more) {
      length += more;
    }

    /** Gives back bytes at the end: they belong to no line yet. */
    public void truncate(int length) {
      this.length = length;
    }

    /** Drops all lines. */
    public void clear() {
      senders = new Senders();
      length = 0;
      count = 0;
      size = 0;
      packets = 0;
      refused = 0;
    }

    /**
     * Notes a line whose bytes and newline are there already.
     *
     * @param key as {@link LineFormat#scan} answered it
     */
    public void line(int start, long key, int end) {
      int at = count * MARKS;
      if (at == marks.length) {
        marks = Arrays.copyOf(marks, marks.length * 2);
      }
      marks[at + START] = start;
      marks[at + KEY_START] = (int) (key >>> 32);
      marks[at + KEY_END] = (int) key;
      marks[at + END] = end;
      count++;
      size += end - start + 1;
    }

    /**
     * Copies a line of another batch in, with what is known of it.
     *
     * @param theirMarks where lines are in {@code from}, and this one behind so many others
     * @param hash what {@link LineBatch#hash} is to answer for it; all lines have to have one
     */
    void line(byte[] from, int[] theirMarks, int before, int hash) {
      int at = before * MARKS;
      int start = theirMarks[at + START];
      int keyEnd = theirMarks[at + KEY_END] & Integer.MAX_VALUE;
      line(from, start, theirMarks[at + KEY_START], keyEnd, theirMarks[at + END]);
      hash(hash);
    }

    /**
     * Copies a line that lies in an array in, with its newline.
     *
     * @param end where its newline is
     */
    public void line(byte[] from, int start, int keyStart, int keyEnd, int end) {
      int bytesOfLine = end - start + 1;
      byte[] into = reserve(bytesOfLine);
      System.arraycopy(from, start, into, length, bytesOfLine);
      int moved = length - start;
      line(length, LineFormat.span(keyStart + moved, keyEnd + moved), end + moved);
      length += bytesOfLine;
    }

    /** Says what {@link LineBatch#hash} is to answer for the line that was noted last. */
    public void hash(int hash) {
      if (hashes == null) {
        int[] used = shelf == null ? null : shelf.takeHashes();
        hashes = used == null ? new int[marks.length / MARKS] : used;
      }
      if (hashes.length < count) {
        hashes = Arrays.copyOf(hashes, marks.length / MARKS);
      }
      hashes[count - 1] = hash;
    }

    /**
     * Copies a line in, if it is one of the format.
     *
     * @param line the bytes, without newline
     * @return 0, or why not, as {@link Invalid#code()}
     */
    public int add(byte[] line, int from, int to) {
      int n = to - from;
      byte[] into = reserve(n + 1);
      System.arraycopy(line, from, into, length, n);
      into[length + n] = '\n';
      long key = format.scan(into, length, length + n);
      if (key < 0) {
        return (int) key;
      }
      line(length, key, length + n);
      length += n + 1;
      return 0;
    }

    /**
     * Gives the batch away and forgets it. A batch that fills little of its array is given a copy
     * of the right size, so that many small batches do not cost a large array each; unless another
     * array lies on the shelf, which is there anyway.
     */
    public LineBatch freeze() {
      if (count == 0) {
        LineBatch none = new LineBatch(NO_BYTES, NO_MARKS, null, 0, 0, this, null, null);
        clear();
        return none;
      }
      boolean another = shelf != null && shelf.count() > 0;
      boolean small = length <= bytes.length / 4 && !another;
      byte[] taken = small ? Arrays.copyOf(bytes, length) : bytes;
      int[] where = small ? Arrays.copyOf(marks, count * MARKS) : marks;
      int[] known = small && hashes != null ? Arrays.copyOf(hashes, count) : hashes;
      boolean comesBack = shelf != null && !small && bytes.length == capacity;
      Shelf.Lease lease = comesBack ? new Shelf.Lease(shelf, bytes) : null;
      Shelf.Places places = comesBack ? new Shelf.Places(shelf, marks, hashes) : null;
      LineBatch batch = new LineBatch(taken, where, known, count, size, this, lease, places);
      if (!small) {
        bytes = null;
        marks = null;
        hashes = null;
      }
      clear();
      return batch;
    }
  }
}
