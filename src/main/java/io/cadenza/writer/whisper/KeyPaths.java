package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cadenza.line.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where the file of a key is: {@code a.b.c} in {@code a/b/c.wsp}, and a key with tags in {@code
 * _tagged} by the hash of its normal form, as carbon has it. One thread.
 *
 * <p>No name leads out of the folder, and no two lead to one file: a key with an empty part, a
 * slash, or a control character has none.
 */
final class KeyPaths {
  static final String SUFFIX = ".wsp";

  /** The folder of keys with tags; no other key begins with it. */
  static final String TAGGED = "_tagged";

  /** What carbon writes for dots in the names of keys with tags, where they are not hashed. */
  static final String DOT = "_DOT_";

  private static final byte[] SUFFIX_BYTES = SUFFIX.getBytes(US_ASCII);
  private static final byte[] TAGGED_BYTES = TAGGED.getBytes(US_ASCII);
  private static final byte[] DOT_BYTES = DOT.getBytes(US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] SLASH = {'/'};
  private static final int PREFIX = 3;

  /** Folders that one name may make, so that it does not use up those of the disk. */
  private static final int MOST_FOLDERS = 128;

  private final byte[] root;
  private final MessageDigest sha256;
  private final byte[] hex = new byte[64];
  private final byte[] one = new byte[1];

  /**
   * @param root the folder, ending with a slash
   */
  KeyPaths(byte[] root) {
    this.root = root;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }

  /** How many bytes of every path are the folder's, with its slash. */
  int rootLength() {
    return root.length;
  }

  /** Has the path be the folder itself, with a slash. */
  void root(FilePath path) {
    path.cut(0);
    path.add(root);
  }

  static boolean hasTags(byte[] key) {
    return Bytes.nameEnd(key, 0, key.length) < key.length;
  }

  /**
   * Has the path be that of a key.
   *
   * @param hashed whether the name of the file is a hash, where the key has tags
   * @return false when there can be none
   */
  boolean set(FilePath path, byte[] key, boolean hashed) {
    root(path);
    if (key.length == 0 || key.length > FilePath.MOST || !isPrintable(key)) {
      return false;
    }
    return hasTags(key) ? setTagged(path, key, hashed) : setPlain(path, key);
  }

  private static boolean isPrintable(byte[] key) {
    for (byte b : key) {
      if (b >= 0 && b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private boolean setPlain(FilePath path, byte[] key) {
    if (Bytes.indexOf(key, 0, key.length, (byte) '/') >= 0) {
      return false;
    }
    int from = 0;
    int folders = 0;
    for (int dot = Bytes.indexOf(key, 0, key.length, (byte) '.');
        dot >= 0;
        dot = Bytes.indexOf(key, from, key.length, (byte) '.')) {
      boolean good = dot > from && dot - from <= FilePath.MOST_PART && ++folders <= MOST_FOLDERS;
      if (!good || from == 0 && isTagged(key, dot)) {
        return false;
      }
      if (!path.add(key, from, dot) || !path.add(SLASH)) {
        return false;
      }
      from = dot + 1;
    }
    return addFile(path, key, from);
  }

  private static boolean isTagged(byte[] key, int length) {
    return length == TAGGED.length() && Bytes.startsWith(key, 0, key.length, TAGGED_BYTES);
  }

  private static boolean addFile(FilePath path, byte[] name, int from) {
    int length = name.length - from;
    return length > 0
        && length + SUFFIX_BYTES.length <= FilePath.MOST_PART
        && path.add(name, from, name.length)
        && path.add(SUFFIX_BYTES);
  }

  private boolean setTagged(FilePath path, byte[] key, boolean hashed) {
    hash(key);
    boolean fits =
        path.add(TAGGED_BYTES)
            && path.add(SLASH)
            && path.add(hex, 0, PREFIX)
            && path.add(SLASH)
            && path.add(hex, PREFIX, 2 * PREFIX)
            && path.add(SLASH);
    if (!fits) {
      return false;
    }
    return hashed ? addFile(path, hex, 0) : addWithoutDots(path, key);
  }

  private boolean addWithoutDots(FilePath path, byte[] key) {
    int before = path.length();
    for (byte b : key) {
      one[0] = b;
      if (b == '/' || !path.add(b == '.' ? DOT_BYTES : one)) {
        return false;
      }
    }
    return path.add(SUFFIX_BYTES) && path.length() - before <= FilePath.MOST_PART;
  }

  /** The hash by which a key with tags is stored, 64 digits; good until the next one. */
  byte[] hash(byte[] key) {
    byte[] hash = sha256.digest(key);
    for (int i = 0; i < hash.length; i++) {
      hex[2 * i] = HEX[hash[i] >> 4 & 0xf];
      hex[2 * i + 1] = HEX[hash[i] & 0xf];
    }
    return hex;
  }
}
