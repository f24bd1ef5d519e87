package io.cadenza.index;

import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * Some names that are neighbours below one {@link Branch}, in the order of their bytes, with what
 * each of them is. Immutable: who reads one sees all of it as it once was, whatever is added
 * meanwhile.
 *
 * <p>Names lie in one array, one behind the other, and have no object of their own: a leaf costs
 * its bytes and two more.
 */
final class Chunk {
  /** How many names one may have: as many as bits in a long. */
  static final int MOST = 64;

  /** Beyond so many bytes it is full too; with another name it stays below 65536. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final int MOST_SHARED_BYTES = 512;

  static final Chunk EMPTY = new Chunk(new byte[0], new char[0], 0, null);

  private final byte[] text;
  private final char[] ends;
  private final long leaves;
  private final long beginning; // of the first name

  /** What is below each name; null when there is nothing below any. */
  private final Branch[] branches;

  private Chunk(byte[] text, char[] ends, long leaves, Branch[] branches) {
    this.text = text;
    this.ends = ends;
    this.leaves = leaves;
    this.branches = branches;
    beginning = ends.length == 0 ? 0 : beginning(text, 0, ends[0]);
  }

  /** A chunk of one name. */
  static Chunk of(byte[] name, int from, int to, boolean leaf, Branch below) {
    return EMPTY.with(0, name, from, to, leaf, below);
  }

  int count() {
    return ends.length;
  }

  boolean isFull() {
    return ends.length == MOST || ends.length > 1 && text.length > MOST_BYTES;
  }

  /** Whether other branches may well have the same: there is nothing below, and it is small. */
  boolean isShareable() {
    return branches == null && text.length <= MOST_SHARED_BYTES;
  }

  int contentHash() {
    int hash = Arrays.hashCode(text);
    hash = 31 * hash + Arrays.hashCode(ends);
    hash = 31 * hash + Long.hashCode(leaves);
    return hash ^ hash >>> 16;
  }

  /** Whether another has the same names, and nothing below either. */
  boolean hasSameContent(Chunk other) {
    return branches == null
        && other.branches == null
        && leaves == other.leaves
        && Arrays.equals(text, other.text)
        && Arrays.equals(ends, other.ends);
  }

  /** Where the names are. Not to be written to. */
  byte[] text() {
    return text;
  }

  int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  int end(int i) {
    return ends[i];
  }

  boolean isLeaf(int i) {
    return (leaves >>> i & 1) != 0;
  }

  /** What is below name {@code i}, or null. */
  Branch branch(int i) {
    return branches == null ? null : branches[i];
  }

  /** How name {@code i} compares to {@code name[from, to)}. */
  int compare(int i, byte[] name, int from, int to) {
    return Arrays.compareUnsigned(text, start(i), ends[i], name, from, to);
  }

  /** The first eight bytes of a name, ordered as the names are; zeros where it has fewer. */
  static long beginning(byte[] name, int from, int to) {
    if (to - from >= 8) {
      return Long.reverseBytes(Bytes.word(name, from));
    }
    long first = 0;
    for (int at = from; at < to; at++) {
      first |= (name[at] & 0xffL) << 56 - 8 * (at - from);
    }
    return first;
  }

  /**
   * Whether the first name here comes behind another, whose {@link #beginning} mostly says it: then
   * the bytes here need not be fetched from memory.
   */
  boolean isBehind(long beginning, byte[] name, int from, int to) {
    return this.beginning == beginning
        ? compare(0, name, from, to) > 0
        : Long.compareUnsigned(this.beginning, beginning) > 0;
  }

  boolean startsWith(int i, byte[] prefix) {
    int start = start(i);
    int end = start + prefix.length;
    return end <= ends[i] && Arrays.equals(text, start, end, prefix, 0, prefix.length);
  }

  /** The place of a name; where it is not there, {@code -1 - } the place it belongs to. */
  int find(byte[] name, int from, int to) {
    int low = 0;
    int high = ends.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = compare(middle, name, from, to);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** With one more name, at place {@code i}. Not to be asked of one that is full. */
  Chunk with(int i, byte[] name, int from, int to, boolean leaf, Branch below) {
    int length = to - from;
    int start = start(i);
    byte[] newText = Arrays.copyOf(text, text.length + length);
    System.arraycopy(name, from, newText, start, length);
    System.arraycopy(text, start, newText, start + length, text.length - start);
    char[] newEnds = new char[ends.length + 1];
    System.arraycopy(ends, 0, newEnds, 0, i);
    newEnds[i] = (char) (start + length);
    for (int j = i; j < ends.length; j++) {
      newEnds[j + 1] = (char) (ends[j] + length);
    }
    long low = leaves & lowBits(i);
    long newLeaves = low | (leaves ^ low) << 1 | (leaf ? 1L << i : 0);
    return new Chunk(newText, newEnds, newLeaves, insert(i, below));
  }

  private Branch[] insert(int i, Branch below) {
    if (branches == null && below == null) {
      return null;
    }
    Branch[] all = new Branch[ends.length + 1];
    if (branches != null) {
      System.arraycopy(branches, 0, all, 0, i);
      System.arraycopy(branches, i, all, i + 1, ends.length - i);
    }
    all[i] = below;
    return all;
  }

  /** With the same names, of which one is something else now. */
  Chunk changed(int i, boolean leaf, Branch below) {
    long bit = 1L << i;
    Branch[] all = branches;
    if (branch(i) != below) {
      all = all == null ? new Branch[ends.length] : all.clone();
      all[i] = below;
    }
    return new Chunk(text, ends, leaf ? leaves | bit : leaves & ~bit, all);
  }

  /** Without name {@code i}. */
  Chunk without(int i) {
    return slice(0, i).followedBy(slice(i + 1, ends.length));
  }

  /** The names from one place to another, which is not among them. */
  Chunk slice(int from, int to) {
    int start = start(from);
    char[] newEnds = Arrays.copyOfRange(ends, from, to);
    for (int i = 0; i < newEnds.length; i++) {
      newEnds[i] -= (char) start;
    }
    byte[] newText = Arrays.copyOfRange(text, start, to == 0 ? 0 : ends[to - 1]);
    long newLeaves = from == MOST ? 0 : leaves >>> from & lowBits(to - from);
    return new Chunk(newText, newEnds, newLeaves, slicedBranches(from, to));
  }

  private Branch[] slicedBranches(int from, int to) {
    for (int i = from; branches != null && i < to; i++) {
      if (branches[i] != null) {
        return Arrays.copyOfRange(branches, from, to);
      }
    }
    return null;
  }

  /** Both together; all names of {@code next} come behind those here. */
  Chunk followedBy(Chunk next) {
    if (ends.length == 0 || next.ends.length == 0) {
      return ends.length == 0 ? next : this;
    }
    byte[] newText = Arrays.copyOf(text, text.length + next.text.length);
    System.arraycopy(next.text, 0, newText, text.length, next.text.length);
    char[] newEnds = Arrays.copyOf(ends, ends.length + next.ends.length);
    for (int i = 0; i < next.ends.length; i++) {
      newEnds[ends.length + i] = (char) (next.ends[i] + text.length);
    }
    return new Chunk(newText, newEnds, leaves | next.leaves << ends.length, joined(next));
  }

  private Branch[] joined(Chunk next) {
    if (branches == null && next.branches == null) {
      return null;
    }
    Branch[] all = new Branch[ends.length + next.ends.length];
    if (branches != null) {
      System.arraycopy(branches, 0, all, 0, ends.length);
    }
    if (next.branches != null) {
      System.arraycopy(next.branches, 0, all, ends.length, next.ends.length);
    }
    return all;
  }

  /** Whether both may become one, with room for as many again. */
  boolean fitsWith(Chunk next) {
    return ends.length + next.ends.length <= MOST / 2
        && text.length + next.text.length <= MOST_BYTES / 2;
  }

  private static long lowBits(int count) {
    return count == MOST ? -1 : (1L << count) - 1;
  }
}
