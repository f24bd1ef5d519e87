package io.cadenza.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A query with alternatives in braces, {@code {a,b{1,2}}}, and the texts it stands for. A brace
 * without partner stands for itself, and so does what follows a backslash, which stays. Braces
 * without a comma are as if they were not there.
 */
final class Braces {
  /** What a query may stand for at most: more than the list of all hosts that a dashboard sends. */
  static final int MOST_VARIANTS = 10_000;

  /** How long all those may be together, in characters. */
  private static final int MOST_TEXT = 1_000_000;

  private static final int MOST_OPEN = 64;

  private final String text;
  private final int[] closes; // for a brace that opens and has a partner its place, else 0
  private boolean aroundDots;

  /**
   * Finds the braces.
   *
   * @throws IllegalArgumentException if too many are open at once
   */
  Braces(String text) {
    this.text = text;
    closes = new int[text.length()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '{' -> open(open, i);
        case '}' -> close(open, i);
        default -> {}
      }
    }
  }

  private void open(Deque<Integer> open, int at) {
    open.push(at);
    if (open.size() > MOST_OPEN) {
      throw new IllegalArgumentException(
          "more than " + MOST_OPEN + " braces are open in " + TooManyException.shown(text));
    }
  }

  private void close(Deque<Integer> open, int at) {
    if (!open.isEmpty()) {
      int opening = open.pop();
      closes[opening] = at;
      aroundDots |= text.substring(opening, at).indexOf('.') >= 0;
    }
  }

  /** Whether dots stand between braces, so that alternatives are not of one component alone. */
  boolean holdDots() {
    return aroundDots;
  }

  /** The components: what stands between dots that are not within braces. None is empty. */
  List<String> components() {
    List<String> components = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (closes[i] > 0) {
        i = closes[i];
      } else if (text.charAt(i) == '.' || text.startsWith("\\.", i)) {
        add(components, start, i);
        i += text.charAt(i) == '.' ? 0 : 1; // a backslash makes no name of a dot
        start = i + 1;
      } else if (text.charAt(i) == '\\') {
        i++;
      }
    }
    add(components, start, text.length());
    return components;
  }

  private void add(List<String> components, int from, int to) {
    if (from < to) {
      components.add(text.substring(from, to));
    }
  }

  /**
   * All that the text stands for, in the order of the alternatives.
   *
   * @throws TooManyException if that is too much
   */
  List<String> variants() {
    return variants(0, text.length());
  }

  private List<String> variants(int from, int to) {
    List<String> heads = List.of("");
    int start = from;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (closes[i] > 0) {
        heads = joined(heads, text.substring(start, i), alternatives(i + 1, closes[i]));
        i = closes[i];
        start = i + 1;
      }
    }
    return joined(heads, text.substring(start, to), List.of(""));
  }

  private List<String> alternatives(int from, int to) {
    List<String> all = new ArrayList<>();
    int start = from;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (closes[i] > 0) {
        i = closes[i];
      } else if (text.charAt(i) == ',') {
        all.addAll(variants(start, i));
        check(all.size(), length(all));
        start = i + 1;
      }
    }
    all.addAll(variants(start, to));
    return all;
  }

  private List<String> joined(List<String> heads, String between, List<String> tails) {
    long count = (long) heads.size() * tails.size();
    long headsLength = tails.size() * length(heads);
    check(count, headsLength + count * between.length() + heads.size() * length(tails));
    List<String> joined = new ArrayList<>((int) count);
    for (String head : heads) {
      for (String tail : tails) {
        joined.add(head + between + tail);
      }
    }
    return joined;
  }

  private void check(long count, long characters) {
    if (count > MOST_VARIANTS || characters > MOST_TEXT) {
      throw tooMany(text);
    }
  }

  static TooManyException tooMany(String query) {
    return new TooManyException(
        "%s stands for more than %d patterns, or for more than %d characters of them"
            .formatted(TooManyException.shown(query), MOST_VARIANTS, MOST_TEXT));
  }

  private static long length(List<String> texts) {
    long length = 0;
    for (String text : texts) {
      length += text.length();
    }
    return length;
  }
}
