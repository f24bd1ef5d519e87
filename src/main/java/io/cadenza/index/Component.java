package io.cadenza.index;

import java.util.Arrays;
import java.util.List;

/**
 * What one component of a query stands for: some names to be looked up, patterns to be tried, or
 * any number of components. Immutable.
 */
final class Component {
  private static final byte[] NONE = {};

  /** {@code **}: any number of components, also none. */
  static final Component ANY_DEPTH = new Component(null, new Glob[0], NONE);

  static final Component ANY = of(List.of("*"));

  private final byte[][] literals; // in order, none twice; null when there are patterns
  private final Glob[] globs;
  private final byte[] prefix;
  private final int again;

  private Component(byte[][] literals, Glob[] globs, byte[] prefix) {
    this.literals = literals;
    this.globs = globs;
    this.prefix = prefix;
    again = Arrays.stream(globs).mapToInt(Glob::again).sum();
  }

  /** One that is matched by what matches any of these, which hold no braces any more. */
  static Component of(List<String> variants) {
    // No component is empty, so what is left of {a,} is a.
    Glob[] globs =
        variants.stream().filter(text -> !text.isEmpty()).map(Glob::of).toArray(Glob[]::new);
    return Arrays.stream(globs).allMatch(Glob::isLiteral)
        ? new Component(literals(globs), globs, NONE)
        : new Component(null, globs, commonPrefix(globs));
  }

  private static byte[][] literals(Glob[] globs) {
    byte[][] all = Arrays.stream(globs).map(Glob::prefix).toArray(byte[][]::new);
    Arrays.sort(all, Arrays::compareUnsigned);
    int count = 0;
    for (byte[] literal : all) {
      if (count == 0 || !Arrays.equals(literal, all[count - 1])) {
        all[count++] = literal;
      }
    }
    return Arrays.copyOf(all, count);
  }

  private static byte[] commonPrefix(Glob[] globs) {
    byte[] common = globs[0].prefix();
    for (Glob glob : globs) {
      int mismatch = Arrays.mismatch(common, glob.prefix());
      common = mismatch < 0 ? common : Arrays.copyOf(common, mismatch);
    }
    return common;
  }

  /** The names it stands for, in order; null when it stands for patterns. */
  byte[][] literals() {
    return literals;
  }

  /** What all names that match begin with. */
  byte[] prefix() {
    return prefix;
  }

  /** How much it costs at most to try it on a name of a length. */
  long cost(int length) {
    return globs.length + ((long) length * again >>> 4);
  }

  /** Whether a name matches; never asked of {@link #ANY_DEPTH}. */
  boolean matches(byte[] name, int from, int to) {
    for (Glob glob : globs) {
      if (glob.matches(name, from, to)) {
        return true;
      }
    }
    return false;
  }
}
