package io.cadenza.render.target;

import io.cadenza.render.RenderException;

/** The text of a target and how far it is read: words, blanks, and where a mistake is. */
final class TargetText {
  private static final String SIGNS = "(){},.'\"\\|";
  private static final int SHOWN = 200;

  private final String text;
  private int at;

  TargetText(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The next character, 0 at the end. */
  char peek() {
    return charAt(at);
  }

  char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  void to(int index) {
    at = index;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  void skipBlanks() {
    at = afterBlanks(at);
  }

  int afterBlanks(int index) {
    int i = index;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Takes the character, if it is the next one after blanks. */
  boolean take(char sign) {
    int next = afterBlanks(at);
    if (charAt(next) != sign) {
      return false;
    }
    at = next + 1;
    return true;
  }

  /** Where a name of a function or parameter that begins here ends; here when none does. */
  int nameEnd() {
    int i = at;
    while (isNamePart(charAt(i)) && (i > at || !isDigit(charAt(i)))) {
      i++;
    }
    return i;
  }

  /** Whether a constant that ends there is one: something of the call has to follow. */
  boolean endsArgument(int index) {
    char next = charAt(afterBlanks(index));
    return next == ',' || next == ')' || next == '|' || afterBlanks(index) >= text.length();
  }

  /** A character that stands for itself in a path. */
  static boolean inPath(char c) {
    return c > ' ' && !isSign(c) && !Character.isISOControl(c) && !Character.isWhitespace(c);
  }

  static boolean isSign(char c) {
    return SIGNS.indexOf(c) >= 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_';
  }

  /** A mistake at the next character that isn't blank. */
  RenderException expected(String what) {
    return mistake(afterBlanks(at), "expected " + what);
  }

  RenderException mistake(int index, String what) {
    int column = Math.min(index, text.length());
    int from = Math.max(0, column - SHOWN / 2);
    int to = Math.min(text.length(), from + SHOWN);
    String shown =
        (from > 0 ? "..." : "") + text.substring(from, to) + (to < text.length() ? "..." : "");
    return RenderException.invalid(
        "Malformed target at column " + column + ": " + what + " in '" + shown + "'");
  }
}
