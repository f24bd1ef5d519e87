package io.cadenza.match;

/**
 * What replaces a match in Python's {@code re.sub}, in terms of {@link Rewrite}'s templates: {@code
 * \1} and {@code \g<name>} are groups, a dollar is one, and a backslash before anything but letters
 * and digits is one too.
 */
public final class PythonTemplate {
  private final String text;
  private final StringBuilder made = new StringBuilder();
  private int at;

  private PythonTemplate(String text) {
    this.text = text;
  }

  /**
   * The template that means the same.
   *
   * @throws PatternException when Python would refuse it, or it stands for a control character
   */
  public static String translated(String text) {
    return new PythonTemplate(text).translated();
  }

  private String translated() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '$' -> made.append("$$");
        case '\\' -> backslash(at - 1);
        default -> made.append(c);
      }
    }
    return made.toString();
  }

  private void backslash(int start) {
    char c = at < text.length() ? text.charAt(at++) : 0;
    if (c == 'g') {
      named(start);
    } else if (c >= '0' && c <= '9') {
      numbered(start);
    } else if (c == 0 || c < 0x80 && Character.isLetter(c)) {
      throw new PatternException(text, start, "\\ without a group (write \\\\ for a backslash)");
    } else if (c == '\\') {
      made.append("\\\\");
    } else {
      made.append("\\\\"); // Python leaves both
      at--;
    }
  }

  private void named(int start) {
    int close = text.indexOf('>', at);
    boolean named = at < text.length() && text.charAt(at) == '<' && close > at + 1;
    String name = named ? text.substring(at + 1, close) : "";
    if (name.isEmpty() || name.indexOf('}') >= 0) {
      throw new PatternException(text, start, "\\g without a group, as in \\g<1> or \\g<name>");
    }
    made.append("${").append(name).append('}');
    at = close + 1;
  }

  /** One digit or two; what begins with 0, or has three up to 377, is a character to Python. */
  private void numbered(int start) {
    int end = at;
    while (end < text.length() && end < start + 4 && isDigit(end)) {
      end++;
    }
    boolean octal = end == start + 4 && text.substring(start + 1, end).matches("[0-3][0-7]{2}");
    if (text.charAt(start + 1) == '0' || octal) {
      throw new PatternException(text, start, "character as a number; write the character itself");
    }
    at = Math.min(end, start + 3);
    made.append("${").append(text, start + 1, at).append('}');
  }

  private boolean isDigit(int index) {
    return text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }
}
