package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CachedHashTest {
  /** Counts how often it is asked. */
  private static final class Counting extends KeyHash {
    private final KeyHash hash;
    private int asked;

    Counting(KeyHash hash) {
      this.hash = hash;
    }

    @Override
    long position(byte[] bytes, int start, int end) {
      asked++;
      return hash.position(bytes, start, end);
    }
  }

  private final KeyHash plain = HashKind.MD5_32.plain();
  private final Counting counting = new Counting(HashKind.MD5_32.plain());

  @Test
  void remembersKeys() {
    CachedHash cached = new CachedHash(counting, false, 42, 1 << 12);

    for (int i = 0; i < 1_000; i++) {
      cached.position("key." + i % 10);
    }

    assertThat(counting.asked).isEqualTo(10);
  }

  @Test
  void answersAsTheHashItself() {
    CachedHash cached = new CachedHash(counting, false, 42, 1 << 14);

    for (int i = 0; i < 60_000; i++) {
      String key = "a.rather.long.key.of.a.metric." + i % 7_000;
      assertThat(cached.position(key)).isEqualTo(plain.position(key));
    }
  }

  @Test
  void tellsKeysApartThatDifferInOneByteOrInLength() {
    CachedHash cached = new CachedHash(counting, false, 42, 1 << 12);
    String key = "servers.web01.cpu.user";

    for (int length = 0; length <= key.length(); length++) {
      for (char c = 'a'; c <= 'z'; c++) {
        String other = key.substring(0, length) + c;
        assertThat(cached.position(other)).isEqualTo(plain.position(other));
        assertThat(cached.position(other)).isEqualTo(plain.position(other));
      }
    }
  }

  @Test
  void growsToItsBoundAndNoFurther() {
    CachedHash cached = new CachedHash(counting, false, 42, 1 << 12);

    for (int i = 0; i < 100_000; i++) {
      cached.position("key." + i);
    }

    assertThat(cached.remembered()).isBetween(1L, 1L << 11);
  }

  @Test
  void keepsWhatItHasWhenThereAreTooManyKeys() {
    CachedHash cached = new CachedHash(counting, false, 42, 1 << 12);
    int rounds = 10;

    for (int i = 0; i < rounds * 3_000; i++) {
      cached.position("key." + i % 3_000);
    }

    assertThat(counting.asked).isLessThan(rounds * 3_000 * 6 / 10);
  }

  @Test
  void startsOverWhenTheKeysHaveChanged() {
    CachedHash cached = new CachedHash(counting, false, 42, 1 << 11);
    for (int i = 0; i < 1_000; i++) {
      cached.position("old." + i);
    }
    for (int i = 0; i < 50_000; i++) {
      cached.position("passing." + i);
    }
    for (int i = 0; i < 100_000; i++) {
      cached.position("new." + i % 500);
    }
    int before = counting.asked;

    for (int i = 0; i < 500; i++) {
      cached.position("new." + i);
    }

    assertThat(counting.asked - before).isLessThan(50);
  }

  @Test
  void keepsNarrowPositionsToo() {
    KeyHash md5 = HashKind.MD5_16.plain();
    Counting asked = new Counting(HashKind.MD5_16.plain());
    CachedHash cached = new CachedHash(asked, true, 42, 1 << 14);

    for (int i = 0; i < 60_000; i++) {
      String key = "a.rather.long.key.of.a.metric." + i % 7_000;
      assertThat(cached.position(key)).isEqualTo(md5.position(key));
    }

    assertThat(asked.asked).isLessThan(30_000);
  }
}
