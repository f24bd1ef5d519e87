package io.cadenza.admin;

import java.util.Locale;

/** Puts text in quotes as node's {@code util.inspect} does: {@code strEscape}. */
final class InspectText {
  private static final char DELETE = 0x7f;
  private static final char LAST_CONTROL = 0x9f;

  private InspectText() {}

  static String quoted(String text) {
    char quote = quote(text);
    StringBuilder all = new StringBuilder(text.length() + 2).append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '\'' && quote == '\'') {
        all.append('\\').append(c);
      } else if (c < ' ' || c >= DELETE && c <= LAST_CONTROL) {
        all.append(control(c));
      } else if (isLone(text, i)) {
        all.append("\\u").append(Integer.toHexString(c));
      } else {
        all.append(c);
      }
    }
    return all.append(quote).toString();
  }

  /** The first of three that need not be escaped. */
  private static char quote(String text) {
    if (text.indexOf('\'') < 0) {
      return '\'';
    }
    if (text.indexOf('"') < 0) {
      return '"';
    }
    return text.indexOf('`') < 0 && !text.contains("${") ? '`' : '\'';
  }

  private static String control(char c) {
    return switch (c) {
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default -> String.format(Locale.ROOT, "\\x%02X", (int) c);
    };
  }

  /** Half of a pair without the other. */
  private static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
