package io.cadenza.render.target;

/** Reads a text, a number or a word that is a value. What only begins like one is a path. */
final class ConstantReader {
  private final TargetText text;
  private Object value;

  ConstantReader(TargetText text) {
    this.text = text;
  }

  /** A String, Long, Double, Boolean, or null for none. */
  Object value() {
    return value;
  }

  boolean isTextOrNumber() {
    return value instanceof String || value instanceof Long || value instanceof Double;
  }

  /** Reads one if there is one here. */
  boolean read() {
    char c = text.peek();
    if (c == '"' || c == '\'') {
      value = quoted(c);
      return true;
    }
    return word("true", Boolean.TRUE)
        || word("false", Boolean.FALSE)
        || word("none", null)
        || word("inf", Double.POSITIVE_INFINITY)
        || number();
  }

  private String quoted(char quote) {
    int start = text.at();
    int i = start + 1;
    while (text.charAt(i) != quote || text.charAt(i + 1) == quote) {
      char c = text.charAt(i);
      if (c == 0 || c == '\n' || c == '\r') {
        throw text.mistake(start, "expected another " + quote + " at the end of the text");
      }
      boolean pair = c == '\\' || c == quote;
      i += pair && text.charAt(i + 1) != 0 ? 2 : 1;
    }
    text.to(i);
    String inside = text.since(start).substring(1);
    text.to(i + 1);
    return inside;
  }

  private boolean word(String word, Object meaning) {
    for (int i = 0; i < word.length(); i++) {
      if ((text.charAt(text.at() + i) | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    int end = text.at() + word.length();
    if (!text.endsArgument(end)) {
      return false;
    }
    value = meaning;
    text.to(end);
    return true;
  }

  private boolean number() {
    int start = text.at();
    int i = text.peek() == '-' ? start + 1 : start;
    int whole = digits(i);
    int fraction = text.charAt(whole) == '.' ? digits(whole + 1) : whole;
    int end = exponent(fraction);
    boolean none = whole == i && fraction <= whole + 1;
    if (none || fraction == whole + 1 || !text.endsArgument(end)) {
      return false;
    }
    text.to(end);
    value = parsed(text.since(start), end == whole);
    return true;
  }

  private static Object parsed(String digits, boolean whole) {
    return whole && digits.length() < 19
        ? (Object) Long.valueOf(digits)
        : (Object) Double.valueOf(digits);
  }

  private int digits(int from) {
    int i = from;
    while (TargetText.isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int exponent(int from) {
    if ((text.charAt(from) | 0x20) != 'e') {
      return from;
    }
    char sign = text.charAt(from + 1);
    int digits = sign == '-' || sign == '+' ? from + 2 : from + 1;
    int end = digits(digits);
    return end == digits ? from : end;
  }
}
