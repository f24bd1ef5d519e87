package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Keys as text, for stores that keep them as such. */
public final class KeyText {
  private static final char REPLACEMENT = '\uFFFD';

  private KeyText() {}

  /** The key as text; null when it is empty, has a NUL or is not UTF-8, so that it is no text. */
  public static String of(byte[] key) {
    String text = new String(key, UTF_8);
    boolean mended = text.indexOf(REPLACEMENT) >= 0 && !isUtf8(key);
    return text.isEmpty() || text.indexOf(0) >= 0 || mended ? null : text;
  }

  /** Slowly: for the few keys that have a replacement character, of their own or as a mend. */
  private static boolean isUtf8(byte[] key) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(key));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }
}
