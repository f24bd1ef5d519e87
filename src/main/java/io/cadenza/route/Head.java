package io.cadenza.route;

import io.cadenza.match.KeyTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an aggregation rule makes of a key: the head of the line that goes to its accumulator. Equal
 * to another of the same bytes, which has the same shard.
 *
 * @param bytes the number of the rule, {@link #RULE_BYTES} of them, the highest first; then the new
 *     key
 * @param shard where it goes
 */
record Head(byte[] bytes, int shard) {
  /** How many bytes the number of a rule has. */
  static final int RULE_BYTES = 2;

  /** How many rules a pipeline may have. */
  static final int MOST_RULES = 1 << 16;

  /** The number of the rule. */
  int rule() {
    return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
  }

  /** The new key as people write it. */
  String text() {
    if (bytes.length == RULE_BYTES) {
      return "no key: it is refused";
    }
    String key = new String(bytes, RULE_BYTES, bytes.length - RULE_BYTES, StandardCharsets.UTF_8);
    return key.replace(String.valueOf((char) KeyTemplate.FUNCTION), "${function}");
  }

  static byte[] bytes(int rule, byte[] key, int length) {
    byte[] head = new byte[RULE_BYTES + length];
    head[0] = (byte) (rule >>> 8);
    head[1] = (byte) rule;
    System.arraycopy(key, 0, head, RULE_BYTES, length);
    return head;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head head && Arrays.equals(head.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
