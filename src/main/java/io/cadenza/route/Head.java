package io.cadenza.route;

import io.cadenza.line.Shards;
import io.cadenza.match.KeyTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an aggregation rule makes of a key: the head of the line that goes to its accumulator. Equal
 * to another of the same bytes, which has the same shard.
 *
 * @param bytes the number of the rule, {@link Shards#RULE_BYTES} of them, the highest first; then
 *     the new key
 * @param shard where it goes
 */
record Head(byte[] bytes, int shard) {
  /** The number of the rule. */
  int rule() {
    return Shards.rule(bytes, 0);
  }

  /** The new key as people write it. */
  String text() {
    if (bytes.length == Shards.RULE_BYTES) {
      return "no key: it is refused";
    }
    String key =
        new String(
            bytes, Shards.RULE_BYTES, bytes.length - Shards.RULE_BYTES, StandardCharsets.UTF_8);
    return key.replace(String.valueOf((char) KeyTemplate.FUNCTION), "${function}");
  }

  static byte[] bytes(int rule, byte[] key, int length) {
    byte[] head = new byte[Shards.RULE_BYTES + length];
    head[0] = (byte) (rule >>> 8);
    head[1] = (byte) rule;
    System.arraycopy(key, 0, head, Shards.RULE_BYTES, length);
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
