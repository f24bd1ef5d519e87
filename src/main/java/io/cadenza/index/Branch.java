package io.cadenza.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * What is below a name, in chunks in the order of their names.
 *
 * <p>Written by one thread at a time, read by any number meanwhile without a lock. A change puts
 * one new chunk in the place of an old one; when there are more or fewer chunks than before, a new
 * array of them in the place of the old. So a name that was there before a reader began, and still
 * is, is always found; of what is added or removed meanwhile a reader may see either state.
 */
final class Branch {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Chunk[].class);

  private volatile Chunk[] chunks;

  Branch() {
    this(Chunk.EMPTY);
  }

  private Branch(Chunk first) {
    chunks = new Chunk[] {first};
  }

  /** One that holds a single path: that of the name from the component at {@code start} on. */
  static Branch ofPath(byte[] name, int start, int to, LikeChunks like) {
    int end = NameText.end(name, start, to);
    int next = NameText.start(name, end, to);
    Branch below = next == to ? null : ofPath(name, next, to, like);
    return new Branch(like.shared(Chunk.of(name, start, end, below == null, below)));
  }

  /** The chunks of this moment, to be read with {@link #chunk}. */
  Chunk[] chunks() {
    return chunks;
  }

  static Chunk chunk(Chunk[] all, int i) {
    return (Chunk) SLOT.getAcquire(all, i);
  }

  /** The place of the only chunk that may hold a name. */
  static int place(Chunk[] all, byte[] name, int from, int to) {
    int low = 1;
    int high = all.length - 1;
    long beginning = Chunk.beginning(name, from, to);
    while (low <= high) {
      int middle = low + high >>> 1;
      if (chunk(all, middle).isBehind(beginning, name, from, to)) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  /** The only chunk that may hold a name. */
  Chunk chunkOf(byte[] name, int from, int to) {
    Chunk[] all = chunks;
    return chunk(all, all.length == 1 ? 0 : place(all, name, from, to));
  }

  boolean isEmpty() {
    return chunk(chunks, 0).count() == 0;
  }

  /** Says what a name is from now on: added, changed, or removed when it is nothing. One writer. */
  void set(byte[] name, int from, int to, boolean leaf, Branch below, LikeChunks like) {
    Chunk[] all = chunks;
    int place = place(all, name, from, to);
    Chunk chunk = chunk(all, place);
    int i = chunk.find(name, from, to);
    if (!leaf && below == null) {
      if (i >= 0) {
        shrink(all, place, chunk.without(i));
      }
    } else if (i >= 0) {
      SLOT.setRelease(all, place, like.shared(chunk.changed(i, leaf, below)));
    } else if (!chunk.isFull()) {
      SLOT.setRelease(all, place, like.shared(chunk.with(-1 - i, name, from, to, leaf, below)));
    } else {
      split(all, place, -1 - i, name, from, to, leaf, below);
    }
  }

  /** Two chunks for one that is full; names that come in order fill one after the other. */
  private void split(
      Chunk[] all, int place, int i, byte[] name, int from, int to, boolean leaf, Branch below) {
    Chunk full = chunk(all, place);
    boolean last = i == full.count() && place == all.length - 1;
    int half = last ? full.count() : full.count() / 2;
    Chunk left = full.slice(0, half);
    Chunk right = full.slice(half, full.count());
    if (i < half || i == half && !last) {
      left = left.with(i, name, from, to, leaf, below);
    } else {
      right = right.with(i - half, name, from, to, leaf, below);
    }
    Chunk[] more = new Chunk[all.length + 1];
    System.arraycopy(all, 0, more, 0, place);
    more[place] = left;
    more[place + 1] = right;
    System.arraycopy(all, place + 1, more, place + 2, all.length - place - 1);
    chunks = more;
  }

  /** Puts a smaller chunk into its place, or together with a neighbour that is small too. */
  private void shrink(Chunk[] all, int place, Chunk smaller) {
    if (place + 1 < all.length && smaller.fitsWith(chunk(all, place + 1))) {
      joined(all, place, smaller.followedBy(chunk(all, place + 1)));
    } else if (place > 0 && chunk(all, place - 1).fitsWith(smaller)) {
      joined(all, place - 1, chunk(all, place - 1).followedBy(smaller));
    } else if (smaller.count() == 0 && all.length > 1) {
      chunks = without(all, place);
    } else {
      SLOT.setRelease(all, place, smaller);
    }
  }

  private void joined(Chunk[] all, int place, Chunk both) {
    Chunk[] fewer = without(all, place + 1);
    fewer[place] = both;
    chunks = fewer;
  }

  private static Chunk[] without(Chunk[] all, int place) {
    Chunk[] fewer = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, place + 1, fewer, place, fewer.length - place);
    return fewer;
  }
}
