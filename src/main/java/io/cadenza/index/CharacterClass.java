package io.cadenza.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What stands between brackets in a {@link Glob}: characters and ranges of them, or all others when
 * an exclamation mark comes first. As in {@code fnmatch}, a bracket that comes first is one of
 * them, a hyphen at an end too, and a range whose ends are the wrong way round is empty. Immutable.
 */
final class CharacterClass {
  private record Range(int first, int last) {}

  private final boolean others;
  private final int[] firsts;
  private final int[] lasts;

  private CharacterClass(boolean others, List<Range> ranges) {
    this.others = others;
    firsts = ranges.stream().mapToInt(Range::first).toArray();
    lasts = ranges.stream().mapToInt(Range::last).toArray();
  }

  /** Where the class ends that the bracket at {@code open} begins; -1 when nothing closes it. */
  static int end(String pattern, int open) {
    int at = open + 1;
    if (at < pattern.length() && pattern.charAt(at) == '!') {
      at++;
    }
    for (int first = at; at < pattern.length(); at++) {
      if (pattern.charAt(at) == '\\') {
        at++;
      } else if (pattern.charAt(at) == ']' && at > first) {
        return at;
      }
    }
    return -1;
  }

  /** The class between the brackets at {@code open} and {@code end}. */
  static CharacterClass of(String pattern, int open, int end) {
    boolean others = pattern.charAt(open + 1) == '!';
    List<Range> ranges = new ArrayList<>();
    int[] at = {open + (others ? 2 : 1)};
    while (at[0] < end) {
      int first = next(pattern, at);
      int last = first;
      if (at[0] + 1 < end && pattern.charAt(at[0]) == '-') {
        at[0]++;
        last = next(pattern, at);
      }
      if (first <= last) {
        ranges.add(new Range(first, last));
      }
    }
    return new CharacterClass(others, merged(ranges));
  }

  /** The character at {@code at[0]}, or that behind a backslash there; goes on behind it. */
  private static int next(String pattern, int[] at) {
    if (pattern.charAt(at[0]) == '\\') {
      at[0]++;
    }
    int code = pattern.codePointAt(at[0]);
    at[0] += Character.charCount(code);
    return code;
  }

  /** In order, and none within another, so that one is found by halving. */
  private static List<Range> merged(List<Range> ranges) {
    ranges.sort(Comparator.comparingInt(Range::first));
    List<Range> merged = new ArrayList<>();
    for (Range range : ranges) {
      Range before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (before == null || range.first > before.last) {
        merged.add(range);
      } else if (range.last > before.last) {
        merged.set(merged.size() - 1, new Range(before.first, range.last));
      }
    }
    return merged;
  }

  boolean has(int codePoint) {
    int low = 0;
    int high = firsts.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (codePoint < firsts[middle]) {
        high = middle - 1;
      } else if (codePoint > lasts[middle]) {
        low = middle + 1;
      } else {
        return !others;
      }
    }
    return others;
  }
}
