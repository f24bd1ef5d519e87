package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The name of a file as the bytes that the system knows it by, which can be changed without making
 * a new one. One thread.
 */
final class FilePath {
  /** The longest that Linux takes, without the NUL behind it. */
  static final int MOST = 4095;

  /** The longest part between two slashes. */
  static final int MOST_PART = 255;

  /** With a NUL behind. */
  final Memory memory;

  private final ByteBuffer bytes;
  private int length;

  FilePath(Disk disk) {
    memory = disk.memory(MOST + 1);
    bytes = memory.bytes;
  }

  int length() {
    return length;
  }

  byte at(int index) {
    return bytes.get(index);
  }

  /** Has it end there. */
  void cut(int newLength) {
    length = newLength;
    bytes.put(newLength, (byte) 0);
  }

  /** Undoes a {@link #cut} at a slash. */
  void uncut(int oldLength) {
    bytes.put(length, (byte) '/');
    length = oldLength;
  }

  /**
   * Puts bytes behind what there is.
   *
   * @return false, with nothing done, when it would be too long
   */
  boolean add(byte[] more, int from, int to) {
    int count = to - from;
    if (count > MOST - length) {
      return false;
    }
    bytes.position(length);
    bytes.put(more, from, count);
    bytes.put((byte) 0);
    length += count;
    return true;
  }

  boolean add(byte[] more) {
    return add(more, 0, more.length);
  }

  boolean add(String more) {
    return add(more.getBytes(UTF_8));
  }

  /** Becomes the same as another. */
  void set(FilePath other) {
    set(other, other.length);
  }

  /** Becomes what another begins with. */
  void set(FilePath other, int newLength) {
    bytes.put(0, other.bytes, 0, newLength);
    cut(newLength);
  }

  /** Becomes the folder of another, with the slash. */
  void setFolderOf(FilePath other) {
    set(other, other.lastSlash() + 1);
  }

  /** Where the last slash is; -1 when there is none. */
  int lastSlash() {
    int at = length - 1;
    while (at >= 0 && bytes.get(at) != '/') {
      at--;
    }
    return at;
  }

  byte[] toBytes() {
    byte[] copy = new byte[length];
    bytes.get(0, copy);
    return copy;
  }

  /**
   * For the JDK's methods.
   *
   * @throws DiskException when the JDK can't have such a name, as with a locale of ASCII only
   */
  Path toPath() throws DiskException {
    try {
      return Path.of(toString());
    } catch (InvalidPathException beyond) {
      throw new DiskException(DiskException.Fault.OTHER, "no path: " + this);
    }
  }

  @Override
  public String toString() {
    return new String(toBytes(), UTF_8);
  }
}
