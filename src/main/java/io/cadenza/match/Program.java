package io.cadenza.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The atoms of a set as one non-deterministic automaton over the bytes of UTF-8. Immutable, shared
 * by threads.
 *
 * <p>It is run on valid UTF-8 only (see {@link Utf8#mended}), so a class that holds all code points
 * beyond ASCII is "a first byte, then any continuation bytes" and needs two steps, not the sixteen
 * that an exact description takes.
 */
final class Program {
  static final byte BYTES = 0; // one byte of sets[x], then to next
  static final byte SPLIT = 1; // to next and to x
  static final byte PLACE = 2; // when the assertion x holds, to next
  static final byte MATCH = 3; // the atom x matches

  final byte[] op;
  final int[] x;
  final int[] next;
  final int[] owner; // the atom of a step
  final ByteSet[] sets;
  final int[] starts;
  final byte[] classes = new byte[256]; // bytes no step tells apart have the same class
  final int classCount;

  private Program(Builder built) {
    op = Arrays.copyOf(built.op, built.size);
    x = Arrays.copyOf(built.x, built.size);
    next = Arrays.copyOf(built.next, built.size);
    owner = Arrays.copyOf(built.owner, built.size);
    sets = built.sets.keySet().toArray(ByteSet[]::new);
    Arrays.sort(sets, (p, q) -> built.sets.get(p) - built.sets.get(q));
    starts = built.starts.stream().mapToInt(i -> i).toArray();
    classCount = classify();
  }

  /** Puts bytes of one class until some set holds one and not the other. */
  private int classify() {
    int count = 1;
    for (ByteSet set : sets) {
      Map<Integer, Integer> renamed = new HashMap<>();
      for (int b = 0; b < 256; b++) {
        int key = (classes[b] & 0xff) * 2 + (set.contains(b) ? 1 : 0);
        Integer name = renamed.putIfAbsent(key, renamed.size());
        classes[b] = (byte) (name == null ? renamed.size() - 1 : name);
      }
      count = renamed.size();
    }
    return count;
  }

  static Program of(List<Atom> atoms) {
    Builder into = new Builder();
    for (Atom atom : atoms) {
      into.add(atom);
    }
    return new Program(into);
  }

  /** Writes steps from the last to the first. */
  static final class Builder {
    private byte[] op = new byte[64];
    private int[] x = new int[64];
    private int[] next = new int[64];
    private int[] owner = new int[64];
    private int size;
    private int atom;
    private final Map<ByteSet, Integer> sets = new HashMap<>();
    private final List<Integer> starts = new ArrayList<>();

    void add(Atom of) {
      atom = of.index();
      Syntax syntax = of.syntax();
      int entry = syntax.compile(this, step(MATCH, atom, -1));
      if (!syntax.anchored()) {
        int search = split(entry, entry);
        setFirst(search, bytes(ByteSet.ALL, search));
        entry = search;
      }
      starts.add(entry);
    }

    private int step(byte kind, int arg, int to) {
      if (size == op.length) {
        op = Arrays.copyOf(op, 2 * size);
        x = Arrays.copyOf(x, 2 * size);
        next = Arrays.copyOf(next, 2 * size);
        owner = Arrays.copyOf(owner, 2 * size);
      }
      op[size] = kind;
      x[size] = arg;
      next[size] = to;
      owner[size] = atom;
      return size++;
    }

    private int bytes(ByteSet set, int to) {
      return step(BYTES, number(set), to);
    }

    private int number(ByteSet set) {
      Integer known = sets.putIfAbsent(set, sets.size());
      return known == null ? sets.size() - 1 : known;
    }

    int split(int first, int second) {
      return step(SPLIT, second, first);
    }

    void setFirst(int split, int first) {
      next[split] = first;
    }

    int place(Assertion assertion, int to) {
      for (ByteSet told : assertion.tellsApart) {
        number(told);
      }
      return step(PLACE, assertion.ordinal(), to);
    }

    int chars(CodePoints set, int to) {
      ByteSet ascii = ByteSet.ascii(set);
      if (set.allBeyondAscii()) {
        int rest = split(to, to);
        setFirst(rest, bytes(ByteSet.CONTINUATION, rest));
        return bytes(ascii.or(ByteSet.range(0xc0, 0xff)), rest);
      }
      int entry = ascii.equals(ByteSet.NONE) ? -1 : bytes(ascii, to);
      for (int i = 0; i < set.ranges(); i++) {
        entry = beyondAscii(Math.max(0x80, set.first(i)), set.last(i), entry, to);
      }
      return entry < 0 ? bytes(ByteSet.NONE, to) : entry;
    }

    /** Any number of characters of a set that holds all beyond ASCII. */
    int manyChars(CodePoints set, int to) {
      int loop = split(to, to);
      setFirst(loop, bytes(ByteSet.ascii(set).or(ByteSet.BEYOND_ASCII), loop));
      return loop;
    }

    /** Adds the encodings of a range to the alternatives that begin at {@code entry}. */
    private int beyondAscii(int first, int last, int entry, int to) {
      boolean surrogates = first >= 0xd800 && last <= 0xdfff; // no character of UTF-8
      if (first > last || surrogates) {
        return entry;
      }
      int cut = Utf8.cut(first, last);
      if (cut >= 0) {
        return beyondAscii(cut, last, beyondAscii(first, cut - 1, entry, to), to);
      }
      byte[] low = Utf8.encoded(first);
      byte[] high = Utf8.encoded(last);
      int chain = to;
      for (int i = low.length - 1; i >= 0; i--) {
        chain = bytes(ByteSet.range(low[i] & 0xff, high[i] & 0xff), chain);
      }
      return entry < 0 ? chain : split(entry, chain);
    }
  }
}
