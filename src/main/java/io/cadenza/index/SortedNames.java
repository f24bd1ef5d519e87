package io.cadenza.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * All names of a tree in the order of their bytes, one at a time. Belongs to one thread; takes no
 * lock, so of names added or removed on the way some are seen, and others not.
 *
 * <p>That is not the order of the tree: {@code a-b} and all below comes before {@code a.b}, for a
 * hyphen is less than a dot. So what is below a name waits until the next name is beyond it.
 */
final class SortedNames implements Iterator<String> {
  /** What is below a name that was passed. */
  private record Waiting(byte[] name, Branch below) {}

  /** One branch of those on the way to where it stands. */
  private static final class Level {
    final Chunk[] chunks;
    final int length; // of its path, with a dot at the end
    final Deque<Waiting> waiting = new ArrayDeque<>();
    int place;
    Chunk chunk;
    int next;

    Level(Branch branch, int length) {
      chunks = branch.chunks();
      this.length = length;
      chunk = Branch.chunk(chunks, 0);
    }

    boolean hasNext() {
      while (next == chunk.count() && place + 1 < chunks.length) {
        chunk = Branch.chunk(chunks, ++place);
        next = 0;
      }
      return next < chunk.count();
    }

    /** Whether what waits comes before the next name: its names have a dot where that has more. */
    boolean waitingIsNext() {
      if (waiting.isEmpty() || !hasNext()) {
        return !waiting.isEmpty();
      }
      byte[] name = waiting.peek().name();
      return !chunk.startsWith(next, name)
          || (chunk.text()[chunk.start(next) + name.length] & 0xff) > '.';
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();
  private final byte[] path = new byte[NameText.LONGEST];
  private String next;

  SortedNames(Branch root) {
    levels.push(new Level(root, 0));
    next = find();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public String next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    String found = next;
    next = find();
    return found;
  }

  private String find() {
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (level.waitingIsNext()) {
        descend(level);
      } else if (!level.hasNext()) {
        levels.pop();
      } else {
        String name = pass(level);
        if (name != null) {
          return name;
        }
      }
    }
    return null;
  }

  private void descend(Level level) {
    Waiting first = level.waiting.pop();
    byte[] name = first.name();
    System.arraycopy(name, 0, path, level.length, name.length);
    int end = level.length + name.length;
    path[end] = '.';
    levels.push(new Level(first.below(), end + 1));
  }

  /** Passes the next name of a level; answers it when it is a leaf, else null. */
  private String pass(Level level) {
    int i = level.next++;
    Chunk chunk = level.chunk;
    byte[] name = Arrays.copyOfRange(chunk.text(), chunk.start(i), chunk.end(i));
    if (chunk.branch(i) != null) {
      level.waiting.push(new Waiting(name, chunk.branch(i)));
    }
    if (!chunk.isLeaf(i)) {
      return null;
    }
    System.arraycopy(name, 0, path, level.length, name.length);
    return new String(path, 0, level.length + name.length, StandardCharsets.UTF_8);
  }
}
