package io.cadenza.match;

import java.nio.charset.StandardCharsets;

/**
 * A key as text for RE2/J, which knows for each character where its bytes are. Stray bytes are
 * U+FFFD there.
 *
 * @param offsets of each char in the bytes, and of the end; null when they are {@code from}, {@code
 *     from + 1}, and so on
 */
record KeyText(String chars, int from, int[] offsets) {

  static KeyText of(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return decoded(bytes, from, to);
      }
    }
    return new KeyText(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), from, null);
  }

  private static KeyText decoded(byte[] bytes, int from, int to) {
    StringBuilder chars = new StringBuilder(to - from);
    int[] offsets = new int[to - from + 1];
    for (int at = from; at < to; ) {
      int length = Utf8.length(bytes, at, to);
      int before = chars.length();
      if (length == 0) {
        chars.append('\ufffd');
      } else {
        chars.append(new String(bytes, at, length, StandardCharsets.UTF_8));
      }
      for (int i = before; i < chars.length(); i++) {
        offsets[i] = at;
      }
      at += Math.max(1, length);
    }
    offsets[chars.length()] = to;
    return new KeyText(chars.toString(), from, offsets);
  }

  /** Whether the char at {@code index} is the second half of a character. */
  boolean insideCharacter(int index) {
    return index > 0
        && index < chars.length()
        && Character.isSurrogatePair(chars.charAt(index - 1), chars.charAt(index));
  }

  /** Where in the bytes the char at {@code index} begins. */
  int offset(int index) {
    return offsets == null ? from + index : offsets[index];
  }
}
