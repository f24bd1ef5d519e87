package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalKeyTest {
  @ParameterizedTest
  @CsvSource({
    "a.b, a.b",
    "a, a",
    "a..b, a.b",
    ".a.b, a.b",
    "a.b., a.b",
    "...a....b.., a.b",
    "a..b;x=1, a..b;x=1",
    "a;b=1, a;b=1",
    "a;b=1;c=2, a;b=1;c=2",
    "a;c=2;b=1, a;b=1;c=2",
    "a;a1=1;a=1, a;a1=1;a=1",
    "a;a=1;a1=1, a;a1=1;a=1",
    "a;b=1;b=2, a;b=2",
    "a;b=1;c=1;b=2, a;b=2;c=1",
    "a;b, a;b",
    "a;c;b, a;c;b"
  })
  void hasOneFormForOneSeries(String key, String normal) {
    byte[] bytes = ("x" + key + "x").getBytes(UTF_8);
    int end = bytes.length - 1;

    byte[] found =
        NormalKey.isOther(bytes, 1, end) ? NormalKey.of(bytes, 1, end) : key.getBytes(UTF_8);

    assertThat(new String(found, UTF_8)).isEqualTo(normal);
  }
}
