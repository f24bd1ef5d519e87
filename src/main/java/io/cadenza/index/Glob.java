package io.cadenza.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pattern for one component, as Python's {@code fnmatch} has them: {@code *} stands for any text,
 * {@code ?} for one character, {@code [a-z]} for one of those and {@code [!a-z]} for any other;
 * what follows a backslash stands for itself. A bracket that nothing closes is one. Braces are none
 * of its business ({@link Braces}). Immutable.
 *
 * <p>Only the last star is ever gone back to: at most as many steps as the name's length times the
 * pattern's.
 */
final class Glob {
  private static final int ONE = -1;
  private static final int STAR = -2;

  /** Classes are {@code CLASS - index}. */
  private static final int CLASS = -3;

  private static final int COST_OF_CLASS = 4;

  private final int[] tokens; // bytes as they are, or one of the above
  private final CharacterClass[] classes;
  private final int again;

  private Glob(int[] tokens, CharacterClass[] classes) {
    this.tokens = tokens;
    this.classes = classes;
    again = longestBehindStar();
  }

  static Glob of(String pattern) {
    return new Reader(pattern).read();
  }

  /**
   * How much may have to be compared at each place of a name, beyond going through it once: the
   * longest piece behind a star, where a class counts as some bytes.
   */
  int again() {
    return again;
  }

  private int longestBehindStar() {
    int longest = 0;
    int length = 0;
    boolean star = false;
    for (int token : tokens) {
      star |= token == STAR;
      length = token == STAR ? 0 : length + (token <= CLASS ? COST_OF_CLASS : 1);
      longest = star ? Math.max(longest, length) : 0;
    }
    return longest;
  }

  /** Whether it stands for nothing but itself. */
  boolean isLiteral() {
    return literalLength() == tokens.length;
  }

  /** What all that it matches begins with, as UTF-8; of a literal, all of it. */
  byte[] prefix() {
    byte[] prefix = new byte[literalLength()];
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] = (byte) tokens[i];
    }
    return prefix;
  }

  private int literalLength() {
    int length = 0;
    while (length < tokens.length && tokens[length] >= 0) {
      length++;
    }
    return length;
  }

  /** Whether it matches all of {@code name[from, to)}, which is UTF-8. */
  boolean matches(byte[] name, int from, int to) {
    int token = 0;
    int at = from;
    int behindStar = -1;
    int starEnd = 0;
    while (at < to) {
      if (token < tokens.length && tokens[token] == STAR) {
        behindStar = ++token;
        starEnd = at;
        if (token == tokens.length) {
          return true;
        }
      } else {
        int taken = token < tokens.length ? taken(tokens[token], name, at) : 0;
        if (taken > 0) {
          token++;
          at += taken;
        } else if (behindStar < 0) {
          return false;
        } else {
          token = behindStar;
          at = ++starEnd;
        }
      }
    }
    return token == tokens.length || token == tokens.length - 1 && tokens[token] == STAR;
  }

  /** How many bytes of the name a token takes; 0 when it does not match, or within a character. */
  private int taken(int token, byte[] name, int at) {
    if (token >= 0) {
      return (name[at] & 0xff) == token ? 1 : 0;
    }
    int length = NameText.length(name[at]);
    boolean good =
        token == ONE || length > 0 && classes[CLASS - token].has(NameText.codePoint(name, at));
    return good ? length : 0;
  }

  /** Reads one pattern. */
  private static final class Reader {
    private final String pattern;
    private int at;
    private int[] tokens;
    private int count;
    private CharacterClass[] classes = {};

    Reader(String pattern) {
      this.pattern = pattern;
      tokens = new int[3 * pattern.length()]; // no character of a string has more bytes
    }

    Glob read() {
      while (at < pattern.length()) {
        switch (pattern.charAt(at)) {
          case '*' -> star();
          case '?' -> add(ONE);
          case '[' -> bracket();
          case '\\' -> {
            at += at + 1 < pattern.length() ? 1 : 0;
            literal();
          }
          default -> literal();
        }
        at++;
      }
      return new Glob(Arrays.copyOf(tokens, count), classes);
    }

    private void add(int token) {
      tokens[count++] = token;
    }

    private void star() {
      if (count == 0 || tokens[count - 1] != STAR) {
        add(STAR);
      }
    }

    private void literal() {
      int code = pattern.codePointAt(at);
      for (byte b : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
        add(b & 0xff);
      }
      at += Character.charCount(code) - 1;
    }

    private void bracket() {
      int end = CharacterClass.end(pattern, at);
      if (end < 0) {
        literal();
        return;
      }
      add(CLASS - classes.length);
      classes = Arrays.copyOf(classes, classes.length + 1);
      classes[classes.length - 1] = CharacterClass.of(pattern, at, end);
      at = end;
    }
  }
}
