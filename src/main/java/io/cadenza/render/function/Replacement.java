package io.cadenza.render.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.cadenza.render.RenderException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in the place of a match, in Python's words: {@code \1}, {@code \g<1>} and {@code
 * \g<name>} are groups, {@code \n} and its like characters, {@code \\} a backslash.
 */
final class Replacement {
  /** A name that replacing makes. */
  static final int LONGEST = 100_000;

  private static final String LETTERS = "abfnrtv\\";
  private static final String CHARACTERS = "\u0007\b\f\n\r\t\u000b\\";

  /** A piece of text, or a group. */
  private interface Part {
    void append(Matcher matcher, StringBuilder into);
  }

  private final String text;
  private final Pattern pattern;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  /**
   * @param pattern that has the groups
   * @throws RenderException when Python would refuse it
   */
  Replacement(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
    while (at < text.length()) {
      int backslash = text.indexOf('\\', at);
      int end = backslash < 0 ? text.length() : backslash;
      literal(text.substring(at, end));
      at = end;
      if (backslash >= 0) {
        at++;
        escape();
      }
    }
  }

  /** Writes what stands in the place of this match. */
  void append(Matcher matcher, StringBuilder into) {
    parts.forEach(part -> part.append(matcher, into));
  }

  private void literal(String piece) {
    parts.add((matcher, into) -> into.append(piece));
  }

  private void escape() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    int letter = LETTERS.indexOf(c);
    if (letter >= 0) {
      literal(CHARACTERS.substring(letter, letter + 1));
    } else if (c == 'g') {
      named();
    } else if (c >= '0' && c <= '9') {
      numbered();
    } else if (c == 0 || c < 0x80 && Character.isLetter(c)) {
      throw refused("a backslash without a group");
    } else {
      literal("\\" + c);
    }
  }

  private void named() {
    int close = text.indexOf('>', at);
    if (at >= text.length() || text.charAt(at) != '<' || close < 0) {
      throw refused("\\g without a group, as in \\g<1>");
    }
    String name = text.substring(at + 1, close);
    at = close + 1;
    if (!name.isEmpty() && name.length() < 4 && name.chars().allMatch(Character::isDigit)) {
      group(Integer.parseInt(name));
      return;
    }
    Integer index = pattern.namedGroups().get(name);
    if (index == null) {
      throw refused("unknown group '" + name + "'");
    }
    group(index);
  }

  /** One digit or two; what begins with 0, or has three digits up to 377, is a character. */
  private void numbered() {
    int start = at - 1;
    int digits = start;
    while (digits < Math.min(text.length(), start + 3) && isDigit(digits, '9')) {
      digits++;
    }
    boolean octal = digits == start + 3 && isDigit(start, '3') && isOctal(start, start + 3);
    if (text.charAt(start) == '0' || octal) {
      int end = start + 1;
      while (end < Math.min(text.length(), start + 3) && isDigit(end, '7')) {
        end++;
      }
      literal(String.valueOf((char) Integer.parseInt(text.substring(start, end), 8)));
      at = end;
      return;
    }
    at = Math.min(digits, start + 2);
    group(Integer.parseInt(text.substring(start, at)));
  }

  private boolean isOctal(int from, int to) {
    return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '7');
  }

  private boolean isDigit(int index, char most) {
    return text.charAt(index) >= '0' && text.charAt(index) <= most;
  }

  private void group(int index) {
    if (index > pattern.groupCount()) {
      throw refused("no group " + index);
    }
    parts.add(
        (matcher, into) -> {
          String group = matcher.group(index);
          into.append(group == null ? "" : group);
        });
  }

  private RenderException refused(String why) {
    return RenderException.invalid("Invalid replacement '" + text + "': " + why);
  }
}
