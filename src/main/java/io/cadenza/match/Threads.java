package io.cadenza.match;

import java.util.Arrays;

/**
 * What is alive in a {@link Program} after each byte, as states that can be compared: an int array
 * of the kind of byte before (0 when no step asks), the atoms that have matched, and the steps that
 * wait, sorted. An atom that has matched is settled and has no steps any more. One thread's.
 */
final class Threads {
  private static final int NOT_SEEN = -2; // the byte after is not known yet
  private static final int[] BEFORE = {-1, '\n', 'a', ' '}; // a byte of each kind

  private final Program program;
  private final int words;
  private final long[] matched;
  private final int[] now;
  private final int[] then;
  private final int[] stack;
  private final int[] mark;
  private int stamp;
  private int count;

  Threads(Program program, int words) {
    this.program = program;
    this.words = words;
    matched = new long[words];
    int steps = program.op.length;
    now = new int[steps];
    then = new int[steps];
    stack = new int[2 * steps + 1];
    mark = new int[steps];
  }

  int[] start() {
    Arrays.fill(matched, 0);
    begin();
    for (int start : program.starts) {
      follow(then, start, -1, NOT_SEEN);
    }
    return state(-1);
  }

  int[] after(int[] state, int b) {
    int alive = resolve(state, b);
    begin();
    for (int i = 0; i < alive; i++) {
      int step = now[i];
      if (program.op[step] == Program.BYTES
          && !settled(program.owner[step])
          && program.sets[program.x[step]].contains(b)) {
        follow(then, program.next[step], b, NOT_SEEN);
      }
    }
    return state(b);
  }

  /** The atoms that have matched when the text ends here. Valid until the next call. */
  long[] atEnd(int[] state) {
    resolve(state, -1);
    return matched;
  }

  /** Whether no byte can change anything any more, nor the end. */
  boolean isFinal(int[] state) {
    return state.length == 1 + 2 * words;
  }

  /** Puts what waits, and what follows when the byte after is {@code b}, into {@code now}. */
  private int resolve(int[] state, int b) {
    for (int i = 0; i < words; i++) {
      matched[i] = (state[1 + 2 * i] & 0xffffffffL) | (long) state[2 + 2 * i] << 32;
    }
    begin();
    int before = BEFORE[state[0]];
    for (int i = 1 + 2 * words; i < state.length; i++) {
      follow(now, state[i], before, b);
    }
    return count;
  }

  private void begin() {
    count = 0;
    stamp++;
  }

  /** Adds a step and all that is reached from it without a byte. */
  private void follow(int[] into, int first, int before, int after) {
    int depth = 0;
    stack[depth++] = first;
    while (depth > 0) {
      int step = stack[--depth];
      if (mark[step] == stamp) {
        continue;
      }
      mark[step] = stamp;
      switch (program.op[step]) {
        case Program.SPLIT:
          stack[depth++] = program.x[step];
          stack[depth++] = program.next[step];
          break;
        case Program.MATCH:
          matched[program.x[step] >> 6] |= 1L << program.x[step];
          break;
        case Program.BYTES:
          into[count++] = step;
          break;
        default:
          Assertion assertion = Assertion.ALL[program.x[step]];
          if (after == NOT_SEEN && assertion.looksAhead) {
            into[count++] = step;
          } else if (assertion.holds(before, after)) {
            stack[depth++] = program.next[step];
          }
      }
    }
  }

  private boolean settled(int atom) {
    return (matched[atom >> 6] >>> atom & 1) != 0;
  }

  private int[] state(int before) {
    int[] state = new int[1 + 2 * words + count];
    boolean asks = false;
    int n = 1 + 2 * words;
    for (int i = 0; i < count; i++) {
      int step = then[i];
      if (!settled(program.owner[step])) {
        state[n++] = step;
        asks |= program.op[step] == Program.PLACE;
      }
    }
    for (int i = 0; i < words; i++) {
      state[1 + 2 * i] = (int) matched[i];
      state[2 + 2 * i] = (int) (matched[i] >>> 32);
    }
    state[0] = asks ? kind(before) : 0;
    Arrays.sort(state, 1 + 2 * words, n);
    return n == state.length ? state : Arrays.copyOf(state, n);
  }

  private static int kind(int before) {
    return before < 0 ? 0 : before == '\n' ? 1 : Assertion.word(before) ? 2 : 3;
  }
}
