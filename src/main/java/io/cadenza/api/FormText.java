package io.cadenza.api;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads {@code a=b&c=d}, as addresses and forms have it. Nothing is a mistake in it: what is no
 * escape stands for itself, and what is no UTF-8 becomes the character that says so, as in Django.
 * A semicolon is part of a name with tags.
 */
final class FormText {
  private FormText() {}

  /** Reads all pairs; null for no text. */
  static void read(String text, BiConsumer<String, String> each) {
    int length = text == null ? 0 : text.length();
    for (int from = 0; from < length; ) {
      int end = text.indexOf('&', from);
      end = end < 0 ? length : end;
      if (end > from) {
        pair(text, from, end, each);
      }
      from = end + 1;
    }
  }

  private static void pair(String text, int from, int to, BiConsumer<String, String> each) {
    int equals = text.indexOf('=', from);
    int nameEnd = equals < 0 || equals > to ? to : equals;
    String value = nameEnd == to ? "" : decoded(text, nameEnd + 1, to);
    each.accept(decoded(text, from, nameEnd), value);
  }

  private static String decoded(String text, int from, int to) {
    byte[] bytes = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int code = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
      if (code >= 0) {
        bytes[length++] = (byte) code;
        i += 2;
      } else {
        bytes[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The byte that two digits are; -1 where one is none. */
  static int hex(int high, int low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : 16 * first + second;
  }
}
