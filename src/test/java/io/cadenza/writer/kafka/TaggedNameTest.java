package io.cadenza.writer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedNameTest {
  private static TaggedName of(String key) {
    return TaggedName.of(key.getBytes(UTF_8));
  }

  /** Seen of Cadent's later program. */
  @ParameterizedTest
  @CsvSource({
    "graphitetest.there.now.there, 18446706200657328339, 3w5dnlrj3clw3",
    "my.metric.is.good, 1049258213802558740, 7yzezt0ts1sk",
    "moo.goo.org, 7547512163462849187, 1lcbtrpk0iz6r"
  })
  void hasTheIdOfCadent(String name, String id, String uid) {
    assertThat(Long.toUnsignedString(of(name).id())).isEqualTo(id);
    assertThat(new FlatMessages().messageKey(name.getBytes(UTF_8))).isEqualTo(uid.getBytes(UTF_8));
  }

  @Test
  void doesNotDependOnTheOrderOfTags() {
    assertThat(of("a;b=1;c=2").id()).isEqualTo(of("a;c=2;b=1").id()).isNotEqualTo(of("a").id());
  }

  @Test
  void takesTagsApartWhateverTheyAre() {
    assertThat(of("a;b=1=2;;=x;c;d=").tags())
        .extracting(tag -> new String(tag.name(), UTF_8) + ":" + new String(tag.value(), UTF_8))
        .containsExactly("b:1=2", "d:");
  }
}
