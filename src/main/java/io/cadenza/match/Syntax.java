package io.cadenza.match;

import java.util.List;

/** A parsed regex, as a tree. Groups capture nothing here: only whether there is a match counts. */
sealed interface Syntax {
  Syntax EMPTY = new Cat(List.of());

  /** Writes the steps that lead to step {@code next} by matching this; answers the first. */
  int compile(Program.Builder into, int next);

  /** How many steps this is, about, when every repetition is written out. */
  long size();

  /** Whether a match can only begin where the text does. */
  boolean anchored();

  /** One code point of a set. */
  record Chars(CodePoints set) implements Syntax {
    @Override
    public int compile(Program.Builder into, int next) {
      return into.chars(set, next);
    }

    @Override
    public long size() {
      return set.allBeyondAscii() ? 3 : set.ascii() ? 1 : 4L * set.ranges();
    }

    @Override
    public boolean anchored() {
      return false;
    }
  }

  /** An assertion about a place. */
  record Place(Assertion assertion) implements Syntax {
    @Override
    public int compile(Program.Builder into, int next) {
      return into.place(assertion, next);
    }

    @Override
    public long size() {
      return 1;
    }

    @Override
    public boolean anchored() {
      return assertion == Assertion.BEGIN_TEXT;
    }
  }

  /** One after the other. */
  record Cat(List<Syntax> parts) implements Syntax {
    @Override
    public int compile(Program.Builder into, int next) {
      int entry = next;
      for (int i = parts.size() - 1; i >= 0; i--) {
        entry = parts.get(i).compile(into, entry);
      }
      return entry;
    }

    @Override
    public long size() {
      return Math.min(Integer.MAX_VALUE, 1 + parts.stream().mapToLong(Syntax::size).sum());
    }

    @Override
    public boolean anchored() {
      return parts.stream().anyMatch(Syntax::anchored);
    }
  }

  /** One of them. */
  record Alt(List<Syntax> branches) implements Syntax {
    @Override
    public int compile(Program.Builder into, int next) {
      int entry = branches.get(0).compile(into, next);
      for (int i = 1; i < branches.size(); i++) {
        entry = into.split(entry, branches.get(i).compile(into, next));
      }
      return entry;
    }

    @Override
    public long size() {
      return 1 + branches.stream().mapToLong(Syntax::size).sum();
    }

    @Override
    public boolean anchored() {
      return branches.stream().allMatch(Syntax::anchored);
    }
  }

  /** From {@code min} to {@code max} times, or without end when {@code max} is -1. */
  record Repeat(Syntax body, int min, int max) implements Syntax {
    @Override
    public int compile(Program.Builder into, int next) {
      if (max >= 0) {
        return times(into, min, optional(into, next));
      }
      if (body instanceof Chars chars && chars.set().allBeyondAscii()) {
        return times(into, min, into.manyChars(chars.set(), next));
      }
      int loop = into.split(next, next);
      int once = body.compile(into, loop);
      into.setFirst(loop, once);
      return min == 0 ? loop : times(into, min - 1, once);
    }

    private int times(Program.Builder into, int times, int next) {
      int entry = next;
      for (int i = 0; i < times; i++) {
        entry = body.compile(into, entry);
      }
      return entry;
    }

    private int optional(Program.Builder into, int next) {
      int entry = next;
      for (int i = min; i < max; i++) {
        entry = into.split(body.compile(into, entry), next);
      }
      return entry;
    }

    @Override
    public long size() {
      long times = Math.max(1, Math.max(min, max));
      return Math.min(Integer.MAX_VALUE, 1 + times * body.size());
    }

    @Override
    public boolean anchored() {
      return min > 0 && body.anchored();
    }
  }
}
