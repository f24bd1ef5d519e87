package io.cadenza.writer.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.format.DoubleText;
import java.util.Arrays;

/** An object of JSON as it is written, member by member. One thread. */
final class Json {
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

  private byte[] bytes = new byte[1024];
  private int length;

  /** Begins an object. */
  void clear() {
    length = 0;
    room(1);
    bytes[length++] = '{';
  }

  /** Ends the object. */
  byte[] end() {
    room(1);
    bytes[length++] = '}';
    return Arrays.copyOf(bytes, length);
  }

  /** What follows the name of a member, or an element in front, comes from the caller. */
  void raw(String ascii) {
    room(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Names a member, behind a comma where there is one in front. */
  void name(String ascii) {
    room(ascii.length() + 4);
    if (bytes[length - 1] != '{') {
      bytes[length++] = ',';
    }
    bytes[length++] = '"';
    raw(ascii);
    bytes[length++] = '"';
    bytes[length++] = ':';
  }

  void member(String name, long number) {
    name(name);
    room(DoubleText.LONGEST);
    length = DoubleText.write(number, bytes, length);
  }

  /** JSON has neither infinity nor what is no number: they are 0, as Cadent writes them. */
  void member(String name, double number) {
    name(name);
    room(DoubleText.LONGEST);
    length = DoubleText.write(Double.isFinite(number) ? number : 0.0, bytes, length);
  }

  void member(String name, byte[] text, int from, int to) {
    name(name);
    text(text, from, to);
  }

  /** A text in quotes, from UTF-8. */
  void text(byte[] text, int from, int to) {
    room(6 * (to - from) + 2);
    bytes[length++] = '"';
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b >= 0 && b < ' ') {
        control(b);
      } else {
        if (b == '"' || b == '\\') {
          bytes[length++] = '\\';
        }
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
  }

  private void control(byte b) {
    raw("\\u00");
    bytes[length++] = HEX[b >> 4];
    bytes[length++] = HEX[b & 15];
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
