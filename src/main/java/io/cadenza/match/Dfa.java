package io.cadenza.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the atoms of a {@link Program} as one deterministic automaton whose states are made when
 * they are first reached. A key costs a table look-up a byte, and none after the byte that settles
 * all atoms. One thread's.
 *
 * <p>The states have a budget; when it is used up all are forgotten. A DFA that has to forget too
 * often says so by {@link #worn()}.
 */
final class Dfa implements Part {
  private static final int UNKNOWN = Integer.MIN_VALUE; // other negatives: ~row of a final state
  private static final int SHORT_LIVES = 3; // so many in a row, and it is worn
  private static final int KEYS_A_STATE = 100; // fewer than this: a short life
  private static final int KEYS_A_STATE_ALONE = 10; // of one atom, as RE2/J is much slower
  private static final int STATE_OVERHEAD = 96; // the objects that hold a state, about

  final List<Atom> atoms;
  private final Threads threads;
  private final Outcomes outcomes;
  private final byte[] classes;
  private final int stride; // a column for each class, then one for the outcome
  private final Budget budget;

  private final Map<State, Integer> rows = new HashMap<>();
  private final List<State> states = new ArrayList<>();
  private int[] table;
  private long used;
  private int start;
  private boolean beyondAscii;
  private long keys;
  private int shortLives;
  private int resets;

  /** How much the states may take. */
  record Budget(int states, long bytes) {
    static final Budget DEFAULT = new Budget(4_096, 16L << 20);
    private static final long LEAST = 256 << 10;

    Budget half() {
      return new Budget(states, Math.max(LEAST, bytes / 2));
    }
  }

  private record State(int[] alive, int hash) {
    static State of(int[] alive) {
      return new State(alive, Arrays.hashCode(alive));
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof State other && Arrays.equals(alive, other.alive);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  Dfa(List<Atom> atoms, Program program, Outcomes outcomes, int words, Budget budget) {
    this.atoms = atoms;
    this.outcomes = outcomes;
    this.budget = budget;
    threads = new Threads(program, words);
    classes = program.classes;
    stride = program.classCount + 1;
    forget();
  }

  /** The number of the outcome. */
  int match(byte[] bytes, int from, int to) {
    keys++;
    final byte[] kinds = classes;
    int[] rowsThen = table;
    int row = start;
    int all = 0;
    for (int at = row < 0 ? to : from; at < to; at++) {
      int b = bytes[at];
      all |= b;
      int next = rowsThen[row + (kinds[b & 0xff] & 0xff)];
      if (next < 0) {
        next = next == UNKNOWN ? step(row, b & 0xff) : next;
        rowsThen = table;
        if (next < 0) {
          row = next;
          break;
        }
      }
      row = next;
    }
    beyondAscii = all < 0;
    return outcome(row < 0 ? ~row : row);
  }

  @Override
  public void match(byte[] bytes, int from, int to, long[] into) {
    outcomes.addTo(match(bytes, from, to), into);
  }

  /** Whether the last key had a byte beyond ASCII before all was settled. */
  boolean sawBeyondAscii() {
    return beyondAscii;
  }

  boolean worn() {
    return shortLives >= SHORT_LIVES;
  }

  Budget budget() {
    return budget;
  }

  int resets() {
    return resets;
  }

  int size() {
    return states.size();
  }

  /** What the states take, about. */
  long bytes() {
    return used;
  }

  private int outcome(int row) {
    int known = table[row + stride - 1];
    return known != UNKNOWN ? known : end(row);
  }

  private int end(int row) {
    int number = outcomes.number(threads.atEnd(states.get(row / stride).alive));
    if (!outcomes.isLoose(number)) {
      table[row + stride - 1] = number;
    }
    return number;
  }

  private int step(int row, int b) {
    State next = State.of(threads.after(states.get(row / stride).alive, b));
    Integer known = rows.get(next);
    int target;
    if (known != null) {
      target = known;
    } else if (full(next)) {
      wear();
      forget();
      return add(next); // the row it came from is forgotten
    } else {
      target = add(next);
    }
    table[row + (classes[b] & 0xff)] = target;
    return target;
  }

  private boolean full(State next) {
    return states.size() >= budget.states || used + cost(next) > budget.bytes && states.size() > 1;
  }

  private long cost(State state) {
    return 4L * (state.alive.length + stride) + STATE_OVERHEAD;
  }

  private void wear() {
    resets++;
    long enough = atoms.size() == 1 ? KEYS_A_STATE_ALONE : KEYS_A_STATE;
    shortLives = keys < enough * states.size() ? shortLives + 1 : 0;
    keys = 0;
  }

  private void forget() {
    rows.clear();
    states.clear();
    used = 0;
    table = new int[16 * stride];
    start = add(State.of(threads.start()));
  }

  /** The row of a new state, or what stands for it when it is final. */
  private int add(State state) {
    int row = states.size() * stride;
    if (row == table.length) {
      table = Arrays.copyOf(table, 2 * table.length);
    }
    Arrays.fill(table, row, row + stride, UNKNOWN);
    states.add(state);
    int value = threads.isFinal(state.alive) ? ~row : row;
    rows.put(state, value);
    used += cost(state);
    return value;
  }
}
