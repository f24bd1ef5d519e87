package io.cadenza.index;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The names without tags, as a tree of their components. Any thread may read at any time; writers
 * take turns. The names given to it are sound ({@link NameText#treeName}).
 */
final class NameTree {
  private final Branch root = new Branch();
  private final AtomicLong count = new AtomicLong();
  private final LikeChunks like = new LikeChunks(); // guarded by writing
  private final long most;

  /** Held while the tree is changed by one name: about a microsecond. */
  private final Object writing = new Object();

  /**
   * @param most how many names it takes
   */
  NameTree(long most) {
    this.most = most;
  }

  Branch root() {
    return root;
  }

  long count() {
    return count.get();
  }

  boolean contains(byte[] name, int from, int to) {
    Branch at = root;
    int start = NameText.start(name, from, to);
    while (at != null && start < to) {
      int end = NameText.end(name, start, to);
      Chunk chunk = at.chunkOf(name, start, end);
      int i = chunk.find(name, start, end);
      if (i < 0) {
        return false;
      }
      start = NameText.start(name, end, to);
      if (start == to) {
        return chunk.isLeaf(i);
      }
      at = chunk.branch(i);
    }
    return false;
  }

  /**
   * Adds a name.
   *
   * @return whether it is new; false too when the tree is full
   */
  boolean add(byte[] name, int from, int to) {
    synchronized (writing) {
      if (count.get() >= most || !insert(name, from, to)) {
        return false;
      }
      count.incrementAndGet();
      return true;
    }
  }

  boolean isFull() {
    return count.get() >= most;
  }

  private boolean insert(byte[] name, int from, int to) {
    Branch at = root;
    int start = NameText.start(name, from, to);
    while (true) {
      int end = NameText.end(name, start, to);
      int next = NameText.start(name, end, to);
      Chunk chunk = at.chunkOf(name, start, end);
      int i = chunk.find(name, start, end);
      boolean leaf = i >= 0 && chunk.isLeaf(i);
      Branch below = i < 0 ? null : chunk.branch(i);
      if (next == to) {
        if (!leaf) {
          at.set(name, start, end, true, below, like);
        }
        return !leaf;
      }
      if (below == null) {
        at.set(name, start, end, leaf, Branch.ofPath(name, next, to, like), like);
        return true;
      }
      at = below;
      start = next;
    }
  }

  /** Removes a name, and the branches that lead to nothing then; false when it was not there. */
  boolean remove(byte[] name, int from, int to) {
    synchronized (writing) {
      boolean removed = remove(root, name, NameText.start(name, from, to), to);
      if (removed) {
        count.decrementAndGet();
      }
      return removed;
    }
  }

  private boolean remove(Branch at, byte[] name, int start, int to) {
    int end = NameText.end(name, start, to);
    int next = NameText.start(name, end, to);
    Chunk chunk = at.chunkOf(name, start, end);
    int i = chunk.find(name, start, end);
    if (i < 0) {
      return false;
    }
    Branch below = chunk.branch(i);
    if (next == to) {
      boolean leaf = chunk.isLeaf(i);
      if (leaf) {
        at.set(name, start, end, false, below, like);
      }
      return leaf;
    }
    boolean removed = below != null && remove(below, name, next, to);
    if (removed && below.isEmpty()) {
      at.set(name, start, end, chunk.isLeaf(i), null, like);
    }
    return removed;
  }
}
