package io.cadenza.index;

import java.util.Comparator;

/** The order of text. */
final class TextOrder {
  /**
   * By code points, which is the order of the bytes of UTF-8, and Python's. Java's own puts what is
   * beyond U+FFFF before U+E000.
   */
  static final Comparator<String> CODE_POINTS = TextOrder::compare;

  private TextOrder() {}

  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean far = Character.isSurrogate(x);
        return far == Character.isSurrogate(y) ? x - y : far ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
