package io.cadenza.config;

/**
 * Lets blocks stand side by side on a line, {@code a { x = 1 } b { y = 2 }}, where HOCON wants a
 * comma or a new line between them. Only what HOCON refuses is changed: a block or list that is
 * followed by a key.
 */
final class SideBySide {
  private final String text;
  private final StringBuilder out;
  private int at;

  private SideBySide(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length() + 16);
  }

  /** The same text with a comma between a block and the key that follows it. */
  static String separated(String text) {
    SideBySide pass = new SideBySide(text);
    while (pass.at < text.length()) {
      pass.step();
    }
    return pass.out.toString();
  }

  private void step() {
    char c = text.charAt(at);
    if (text.startsWith("\"\"\"", at)) {
      copyTo(behind("\"\"\"", at + 3));
    } else if (c == '"') {
      copyTo(endOfString());
    } else if (c == '#' || text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      copyTo(end < 0 ? text.length() : end);
    } else {
      copyTo(at + 1);
      if ((c == '}' || c == ']') && keyFollows()) {
        out.append(',');
      }
    }
  }

  private void copyTo(int end) {
    out.append(text, at, end);
    at = end;
  }

  private int behind(String what, int from) {
    int found = text.indexOf(what, from);
    return found < 0 ? text.length() : found + what.length();
  }

  private int endOfString() {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"' || c == '\n') {
        return i + 1;
      }
    }
    return text.length();
  }

  private boolean keyFollows() {
    int next = at;
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    if (next == text.length()) {
      return false;
    }
    char c = text.charAt(next);
    return Character.isLetterOrDigit(c) || c == '_' || c == '"';
  }
}
