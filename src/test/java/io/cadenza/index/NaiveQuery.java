package io.cadenza.index;

import java.util.ArrayList;
import java.util.List;

/**
 * What a query matches, the slow way: braces are written out from the innermost outwards, and each
 * star tries every length. Characters behind a backslash are moved to a place where nothing is
 * special.
 */
final class NaiveQuery {
  private static final int MOVED = 0xE000;

  private final List<List<List<String>>> paths = new ArrayList<>(); // components, each of variants

  NaiveQuery(String query) {
    String moved = moved(query);
    for (String path : bracesHoldDots(moved) ? writtenOut(moved) : List.of(moved)) {
      List<List<String>> components = new ArrayList<>();
      for (String component : splitOutsideBraces(path)) {
        if (!component.isEmpty()) {
          components.add(component.equals("**") ? List.of("**") : plain(writtenOut(component)));
        }
      }
      if (!components.isEmpty() && components.get(components.size() - 1).equals(List.of("**"))) {
        components.add(List.of("*"));
      }
      paths.add(components);
    }
  }

  /** Two stars that are not all of a component mean no more than one. */
  private static List<String> plain(List<String> variants) {
    return variants.stream().map(text -> text.equals("**") ? "*" : text).toList();
  }

  private static String moved(String query) {
    StringBuilder moved = new StringBuilder();
    for (int i = 0; i < query.length(); i++) {
      boolean escape = query.charAt(i) == '\\' && i + 1 < query.length();
      char c = query.charAt(escape ? ++i : i);
      moved.append(escape && c != '.' && c < 128 ? (char) (MOVED + c) : c);
    }
    return moved.toString();
  }

  private static boolean bracesHoldDots(String text) {
    int close = text.indexOf('}');
    while (close >= 0) {
      int open = text.lastIndexOf('{', close);
      if (open >= 0 && text.substring(open, close).indexOf('.') >= 0) {
        return true;
      }
      String rest = open < 0 ? text.substring(close + 1) : null;
      text = open < 0 ? rest : text.substring(0, open) + text.substring(close + 1);
      close = text.indexOf('}');
    }
    return false;
  }

  private static List<String> writtenOut(String text) {
    for (int close = text.indexOf('}'); close >= 0; close = text.indexOf('}', close + 1)) {
      int open = text.lastIndexOf('{', close);
      if (open >= 0) {
        List<String> all = new ArrayList<>();
        for (String variant : text.substring(open + 1, close).split(",", -1)) {
          all.addAll(writtenOut(text.substring(0, open) + variant + text.substring(close + 1)));
        }
        return all;
      }
    }
    return List.of(text);
  }

  private static List<String> splitOutsideBraces(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '.') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  boolean matches(String path) {
    List<String> components = List.of(path.split("\\."));
    return paths.stream()
        .anyMatch(pattern -> !pattern.isEmpty() && matches(pattern, 0, components, 0));
  }

  private static boolean matches(
      List<List<String>> pattern, int p, List<String> components, int c) {
    if (p == pattern.size()) {
      return c == components.size();
    }
    if (pattern.get(p).equals(List.of("**"))) {
      return matches(pattern, p + 1, components, c)
          || c < components.size() && matches(pattern, p, components, c + 1);
    }
    return c < components.size()
        && pattern.get(p).stream().anyMatch(glob -> glob(glob, components.get(c)))
        && matches(pattern, p + 1, components, c + 1);
  }

  /** Whether a glob without braces matches a text; escapes are moved already. */
  static boolean glob(String glob, String text) {
    return glob(glob.codePoints().toArray(), 0, text.codePoints().toArray(), 0);
  }

  private static boolean glob(int[] glob, int g, int[] text, int t) {
    if (g == glob.length) {
      return t == text.length;
    }
    if (glob[g] == '*') {
      return glob(glob, g + 1, text, t) || t < text.length && glob(glob, g, text, t + 1);
    }
    if (t == text.length) {
      return false;
    }
    int close = glob[g] == '[' ? close(glob, g) : -1;
    if (close > 0) {
      return inClass(glob, g + 1, close, text[t]) && glob(glob, close + 1, text, t + 1);
    }
    return (glob[g] == '?' || back(glob[g]) == text[t]) && glob(glob, g + 1, text, t + 1);
  }

  private static int close(int[] glob, int open) {
    int first = glob.length > open + 1 && glob[open + 1] == '!' ? open + 2 : open + 1;
    for (int i = first + 1; i < glob.length; i++) {
      if (glob[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private static boolean inClass(int[] glob, int from, int to, int c) {
    boolean others = glob[from] == '!';
    boolean in = false;
    for (int i = others ? from + 1 : from; i < to; i++) {
      if (i + 2 < to && glob[i + 1] == '-') {
        in |= back(glob[i]) <= c && c <= back(glob[i + 2]);
        i += 2;
      } else {
        in |= back(glob[i]) == c;
      }
    }
    return in != others;
  }

  private static int back(int c) {
    return c >= MOVED && c < MOVED + 128 ? c - MOVED : c;
  }
}
