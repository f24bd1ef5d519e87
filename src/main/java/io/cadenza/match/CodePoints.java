package io.cadenza.match;

import java.util.Arrays;

/** An immutable set of code points: sorted, disjoint ranges. What a regex's character class is. */
final class CodePoints {
  static final int MAX = 0x10ffff;
  static final CodePoints NONE = new CodePoints(new int[0]);
  static final CodePoints ALL = range(0, MAX);
  static final CodePoints WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');

  private static final int KELVIN = 0x212a; // folds to k
  private static final int LONG_S = 0x17f; // folds to s

  private final int[] bounds; // first and last of each range

  private CodePoints(int[] bounds) {
    this.bounds = bounds;
  }

  static CodePoints range(int first, int last) {
    return new CodePoints(new int[] {first, last});
  }

  /** Of sorted, disjoint pairs of first and last. */
  static CodePoints of(int... bounds) {
    return new CodePoints(bounds);
  }

  int ranges() {
    return bounds.length / 2;
  }

  int first(int range) {
    return bounds[2 * range];
  }

  int last(int range) {
    return bounds[2 * range + 1];
  }

  CodePoints or(CodePoints other) {
    long[] all = new long[ranges() + other.ranges()];
    for (int i = 0; i < all.length; i++) {
      CodePoints from = i < ranges() ? this : other;
      int at = i < ranges() ? i : i - ranges();
      all[i] = (long) from.first(at) << 32 | from.last(at);
    }
    Arrays.sort(all);
    return merged(all);
  }

  private static CodePoints merged(long[] sorted) {
    int[] bounds = new int[2 * sorted.length];
    int n = 0;
    for (long range : sorted) {
      int first = (int) (range >> 32);
      int last = (int) range;
      if (n > 0 && first <= bounds[n - 1] + 1) {
        bounds[n - 1] = Math.max(bounds[n - 1], last);
      } else {
        bounds[n++] = first;
        bounds[n++] = last;
      }
    }
    return new CodePoints(Arrays.copyOf(bounds, n));
  }

  CodePoints not() {
    int[] others = new int[bounds.length + 2];
    int n = 0;
    int next = 0;
    for (int i = 0; i < ranges(); i++) {
      if (first(i) > next) {
        others[n++] = next;
        others[n++] = first(i) - 1;
      }
      next = last(i) + 1;
    }
    if (next <= MAX) {
      others[n++] = next;
      others[n++] = MAX;
    }
    return new CodePoints(Arrays.copyOf(others, n));
  }

  /** Whether all of it is 7-bit, so that {@link #folded} knows every other case. */
  boolean ascii() {
    return bounds.length == 0 || bounds[bounds.length - 1] < 0x80;
  }

  /** Whether it holds every code point beyond the 7-bit ones, as a negated class mostly does. */
  boolean allBeyondAscii() {
    int last = ranges() - 1;
    return last >= 0 && first(last) <= 0x80 && last(last) == MAX;
  }

  /** With the other case of each 7-bit letter, by Unicode's simple folding. */
  CodePoints folded() {
    CodePoints all = this;
    for (int upper = 'A'; upper <= 'Z'; upper++) {
      int lower = upper | 0x20;
      if (contains(upper) || contains(lower)) {
        all = all.or(range(upper, upper)).or(range(lower, lower));
      }
    }
    if (all.contains('k')) {
      all = all.or(range(KELVIN, KELVIN));
    }
    return all.contains('s') ? all.or(range(LONG_S, LONG_S)) : all;
  }

  boolean contains(int c) {
    for (int i = 0; i < ranges(); i++) {
      if (first(i) <= c && c <= last(i)) {
        return true;
      }
    }
    return false;
  }
}
