package io.cadenza.hash;

/** Text as Python 3 prints it: carbon hashes a printed tuple. */
final class PythonText {
  private PythonText() {}

  /** A (host, instance) pair; null prints as {@code None}. */
  static String tuple(String host, String instance) {
    return "(" + repr(host) + ", " + (instance == null ? "None" : repr(instance)) + ")";
  }

  /** A string between quotes: single ones, unless that would need an escape and double ones not. */
  static String repr(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> append(out, c, quote));
    return out.append(quote).toString();
  }

  private static void append(StringBuilder out, int c, char quote) {
    switch (c) {
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        if (c == quote || c == '\\') {
          out.append('\\').append((char) c);
        } else if (printable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(escape(c));
        }
      }
    }
  }

  private static String escape(int c) {
    if (c <= 0xff) {
      return String.format("\\x%02x", c);
    }
    return c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
  }

  /** As {@code str.isprintable}: no controls, no surrogates, no blanks but the space. */
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
