package io.cadenza.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.format.StatsdName;
import org.junit.jupiter.api.Test;

class ShardsTest {
  @Test
  void cleanNamesAreWhereStatsdPutsThem() {
    for (int i = 0; i < 200; i++) {
      byte[] key = ("some.key" + i + ";tag=" + i).getBytes(US_ASCII);
      long hash = StatsdName.hash(key, 0, key.length);

      assertThat(Shards.of(key, 0, key.length, 7)).isEqualTo(Shards.of(hash, 7));
    }
  }

  @Test
  void tagsDoNotMatter() {
    byte[] line = "xa.b;y=1;x=2".getBytes(US_ASCII);

    assertThat(Shards.of(line, 1, 4, 64)).isEqualTo(Shards.of(line, 1, line.length, 64));
  }

  /** The rule in front may have any bytes, that of a semicolon too. */
  @Test
  void keysAndRulesSpreadOverAllShards() {
    int[] ofKeys = new int[4];
    int[] ofRules = new int[4];
    for (int i = 0; i < 4000; i++) {
      byte[] one = ("\0;key" + i).getBytes(US_ASCII);
      byte[] other = {(byte) (i >> 8), (byte) i, 'a'};
      ofKeys[Shards.ofRule(one, 0, one.length, 4)]++;
      ofRules[Shards.ofRule(other, 0, other.length, 4)]++;
    }

    assertThat(ofKeys).satisfies(ShardsTest::isEven);
    assertThat(ofRules).satisfies(ShardsTest::isEven);
  }

  private static void isEven(int[] counts) {
    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }
}
