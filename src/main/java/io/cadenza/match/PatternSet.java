package io.cadenza.match;

import io.cadenza.line.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All conditions of a pipeline, found in a key in one pass over its bytes, however many there are.
 *
 * <p>Each condition is an atom: a prefix, a substring, a suffix, a whole key, or a regex of RE2
 * syntax that is looked for anywhere, with the meaning of RE2/J's {@code find}. {@link #match}
 * answers a number for the set of atoms that match; the same set has the same number for the life
 * of the instance. A caller keeps what it decided in an array by that number and decides once for
 * each.
 *
 * <pre>{@code
 * int outcome = set.match(bytes, from, to);
 * Decision known = outcome == PatternSet.UNCACHED ? null : decisions[outcome];
 * Decision decision = known != null ? known : decide(outcome); // asks set.matched(outcome, atom)
 * }</pre>
 *
 * <p>Keys are UTF-8. A byte that is no part of a character counts as U+FFFD, as in Go; nothing
 * throws. The atoms run as one automaton that is built while it runs, within 4 096 states and 16
 * MiB, or what else is said; when keys keep overrunning that, the atoms are split between several,
 * and a single regex that still does runs in RE2/J, as do those with Unicode classes or {@code
 * (?i)} on letters beyond ASCII. These copy the key; nothing else allocates once the states are
 * made.
 *
 * <p>An instance belongs to one thread: {@link #copy} makes another for another thread.
 */
public final class PatternSet {
  /**
   * The number of every outcome after the first 65 536 different ones. What was decided for it must
   * not be kept, and {@link #matched} answers for it until the next {@link #match} only.
   */
  public static final int UNCACHED = 65_536;

  private final List<Atom> atoms;
  private final Program program; // of those that are native
  private final Dfa.Budget budget;
  private final int words;
  private final int limit;
  private final Outcomes outcomes;
  private Dfa only; // the one part, or null when there are several
  private Part[] parts;
  private long[] union;
  private byte[] mended = new byte[0];

  private PatternSet(List<Atom> atoms, Program program, Dfa.Budget budget, int limit) {
    this.atoms = atoms;
    this.program = program;
    this.budget = budget;
    this.limit = limit;
    words = Math.max(1, (atoms.size() + 63) / 64);
    outcomes = new Outcomes(words, limit);
    List<Atom> here = atoms.stream().filter(PatternSet::isNative).toList();
    if (here.size() == atoms.size()) {
      only = new Dfa(here, program, outcomes, words, budget);
    } else {
      several(here);
    }
  }

  private static boolean isNative(Atom atom) {
    return atom.syntax() != null;
  }

  private void several(List<Atom> here) {
    List<Part> all = new ArrayList<>();
    if (!here.isEmpty()) {
      all.add(new Dfa(here, program, new Outcomes(words, limit), words, budget));
    }
    for (Atom atom : atoms) {
      if (!isNative(atom)) {
        all.add(new Part.Single(atom.index(), atom.pattern()));
      }
    }
    parts = all.toArray(Part[]::new);
    union = new long[words];
  }

  /** The same atoms for another thread, with nothing learnt yet. */
  public PatternSet copy() {
    return new PatternSet(atoms, program, budget, limit);
  }

  /** How many atoms there are. */
  public int size() {
    return atoms.size();
  }

  /** How many different outcomes have been answered, {@link #UNCACHED} apart; at most that. */
  public int outcomes() {
    return outcomes.count();
  }

  /** Whether {@code atom} is in an outcome that {@link #match} of this instance answered. */
  public boolean matched(int outcome, int atom) {
    return outcomes.has(outcome, atom);
  }

  /** The outcome, at least 0, for the key {@code bytes[from, to)}. Never throws. */
  public int match(byte[] bytes, int from, int to) {
    Dfa dfa = only;
    if (dfa == null) {
      return matchParts(bytes, from, to);
    }
    int outcome = dfa.match(bytes, from, to);
    if (dfa.sawBeyondAscii() || dfa.worn()) {
      return again(dfa, outcome, bytes, from, to);
    }
    return outcome;
  }

  private int again(Dfa dfa, int outcome, byte[] bytes, int from, int to) {
    int answer = outcome;
    if (dfa.sawBeyondAscii() && !Utf8.valid(bytes, from, to)) {
      int length = mend(bytes, from, to);
      answer = dfa.match(mended, 0, length);
    }
    if (dfa.worn()) {
      only = null;
      parts = split(dfa);
      union = new long[words];
    }
    return answer;
  }

  private int mend(byte[] bytes, int from, int to) {
    if (mended.length < 3 * (to - from)) {
      mended = new byte[3 * (to - from)];
    }
    return Utf8.mended(bytes, from, to, mended);
  }

  private int matchParts(byte[] bytes, int from, int to) {
    if (!Bytes.plainAscii(bytes, from, to) && !Utf8.valid(bytes, from, to)) {
      int length = mend(bytes, from, to);
      return matchParts(mended, 0, length, union);
    }
    return matchParts(bytes, from, to, union);
  }

  private int matchParts(byte[] bytes, int from, int to, long[] into) {
    Arrays.fill(into, 0);
    boolean worn = false;
    for (Part part : parts) {
      part.match(bytes, from, to, into);
      worn |= part instanceof Dfa dfa && dfa.worn();
    }
    if (worn) {
      replaceWorn();
    }
    return outcomes.number(into);
  }

  private void replaceWorn() {
    List<Part> all = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Dfa dfa && dfa.worn()) {
        all.addAll(Arrays.asList(split(dfa)));
      } else {
        all.add(part);
      }
    }
    parts = all.toArray(Part[]::new);
  }

  /** The atoms of a DFA whose states are too many, in two, or one in RE2/J. */
  private Part[] split(Dfa worn) {
    List<Atom> all = worn.atoms;
    if (all.size() > 1) {
      int half = all.size() / 2;
      Dfa.Budget less = worn.budget().half();
      return new Part[] {
        part(all.subList(0, half), less), part(all.subList(half, all.size()), less)
      };
    }
    Atom atom = all.get(0);
    return new Part[] {new Part.Single(atom.index(), atom.pattern())};
  }

  private Dfa part(List<Atom> some, Dfa.Budget budget) {
    return new Dfa(some, Program.of(some), new Outcomes(words, limit), words, budget);
  }

  /** The memory that its states take now, about. */
  public long bytes() {
    long sum = 0;
    for (Dfa dfa : automata()) {
      sum += dfa.bytes();
    }
    return sum;
  }

  /** The memory that its states may take. */
  public long mostBytes() {
    return budget.bytes();
  }

  /** The states of its largest automaton. */
  public int states() {
    int most = 0;
    for (Dfa dfa : automata()) {
      most = Math.max(most, dfa.size());
    }
    return most;
  }

  /** The states that an automaton may have. */
  public int mostStates() {
    return budget.states();
  }

  private List<Dfa> automata() {
    if (only != null) {
      return List.of(only);
    }
    return Arrays.stream(parts).filter(Dfa.class::isInstance).map(Dfa.class::cast).toList();
  }

  /** How many automata and single regexes a key runs through: 1 unless the set was split. */
  int parts() {
    return only != null ? 1 : parts.length;
  }

  /** Collects atoms. The same atom added twice has one index. */
  public static final class Builder {
    private static final long MOST_STEPS = 1_000_000;

    private final Map<String, Integer> known = new HashMap<>();
    private final List<Atom> atoms = new ArrayList<>();
    private long steps;

    /** Keys that begin with {@code text}. */
    public int prefix(String text) {
      return literal("prefix", true, text, false);
    }

    /** Keys that contain {@code text}. */
    public int substring(String text) {
      return literal("substring", false, text, false);
    }

    /** Keys that end with {@code text}. */
    public int suffix(String text) {
      return literal("suffix", false, text, true);
    }

    /** The key {@code text}. */
    public int equal(String text) {
      return literal("equal", true, text, true);
    }

    /**
     * Keys in which {@code regex} is found.
     *
     * @throws PatternException when it is not RE2 syntax, or too large
     */
    public int regex(String regex) {
      Integer index = known.get("regex " + regex);
      return index != null ? index : add("regex " + regex, RegexParser.atom(atoms.size(), regex));
    }

    private int literal(String kind, boolean fromStart, String text, boolean toEnd) {
      String name = kind + " " + text;
      Integer index = known.get(name);
      if (index != null) {
        return index;
      }
      return add(name, Atom.literal(atoms.size(), fromStart, text, toEnd));
    }

    private int add(String name, Atom atom) {
      steps += atom.syntax() == null ? 0 : atom.syntax().size();
      if (steps > MOST_STEPS) {
        throw new PatternException(name, -1, "too large: too many conditions in one pipeline");
      }
      known.put(name, atom.index());
      atoms.add(atom);
      return atom.index();
    }

    /** The set. The builder may be used on. */
    public PatternSet build() {
      return build(Dfa.Budget.DEFAULT, UNCACHED);
    }

    /** The set, whose automata may have so many states, and take so many bytes for them. */
    public PatternSet build(int states, long bytes) {
      return build(new Dfa.Budget(states, bytes), UNCACHED);
    }

    PatternSet build(Dfa.Budget budget, int limit) {
      List<Atom> all = List.copyOf(atoms);
      Program program = Program.of(all.stream().filter(PatternSet::isNative).toList());
      return new PatternSet(all, program, budget, limit);
    }
  }
}
