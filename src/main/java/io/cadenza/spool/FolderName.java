package io.cadenza.spool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The folder's name for a destination's: readable, another one for each, and never one that means
 * something to the file system. Bytes that are not letters, digits or one of {@code _-.:@=+,#} are
 * percent-encoded, as is a dot at the beginning. A name too long for a file system is cut, with
 * {@code ~} and a hash of all of it behind.
 */
public final class FolderName {
  private static final String PLAIN = "_-.:@=+,#";
  private static final int LONGEST = 200;
  private static final int KEPT = 150;

  private FolderName() {}

  /** The folder's name. */
  public static String of(String destination) {
    byte[] bytes = destination.getBytes(StandardCharsets.UTF_8);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      if (isPlain(c) && !(i == 0 && c == '.')) {
        name.append(c);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
      }
    }
    if (bytes.length == 0) {
      return "%";
    }
    return name.length() <= LONGEST ? name.toString() : name.substring(0, KEPT) + "~" + hash(bytes);
  }

  /** The destination, or as much of it as the folder's name tells. */
  static String destination(String folder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < folder.length(); i++) {
      char c = folder.charAt(i);
      if (c == '%' && i + 2 < folder.length() && isHex(folder, i + 1)) {
        bytes.write(HexFormat.fromHexDigits(folder, i + 1, i + 3));
        i += 2;
      } else if (c != '%' || folder.length() > 1) {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException cutInACharacter) {
      return folder;
    }
  }

  private static boolean isHex(String text, int at) {
    return HexFormat.isHexDigit(text.charAt(at)) && HexFormat.isHexDigit(text.charAt(at + 1));
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PLAIN.indexOf(c) >= 0;
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sum, 0, 16);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
