package io.cadenza.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The beginning of a cryptographic digest. Reuses one digest and one buffer. */
final class DigestHash extends KeyHash {
  private final MessageDigest digest;
  private final byte[] out;
  private final boolean two;

  /**
   * @param two the first two bytes, big-endian; else the first four, little-endian
   */
  DigestHash(String algorithm, boolean two) {
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
    out = new byte[digest.getDigestLength()];
    this.two = two;
  }

  @Override
  long position(byte[] bytes, int start, int end) {
    digest.update(bytes, start, end - start);
    try {
      digest.digest(out, 0, out.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer has the digest's length", e);
    }
    if (two) {
      return (out[0] & 0xff) << 8 | (out[1] & 0xff);
    }
    return (out[0] & 0xffL)
        | (out[1] & 0xffL) << 8
        | (out[2] & 0xffL) << 16
        | (out[3] & 0xffL) << 24;
  }
}
