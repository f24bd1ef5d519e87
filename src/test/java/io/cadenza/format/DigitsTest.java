package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DigitsTest {
  private static long word(String text) {
    return Bytes.word(text.getBytes(ISO_8859_1), 0);
  }

  @Property(tries = 10_000)
  void readsWhatIsThere(
      @ForAll @IntRange(min = 0, max = 99_999_999) int number,
      @ForAll @IntRange(min = 0, max = 255) int behind) {
    String text = Integer.toString(number);
    boolean digit = behind >= '0' && behind <= '9';
    char after = digit ? '|' : (char) behind;
    long word = word((text + after + "1234567").substring(0, 8));
    assertThat(Digits.count(word)).isEqualTo(text.length());
    assertThat(Digits.value(word, text.length())).isEqualTo(number);
  }

  @Property(tries = 10_000)
  void countsAsOneByOne(@ForAll long word) {
    int count = 0;
    while (count < 8 && Character.isDigit((char) (word >>> 8 * count & 0xff))) {
      count++;
    }
    assertThat(Digits.count(word)).isEqualTo(count);
  }

  @Test
  void zerosInFrontAreNothing() {
    assertThat(Digits.count(word("00000000"))).isEqualTo(8);
    assertThat(Digits.value(word("00000000"), 8)).isZero();
    assertThat(Digits.value(word("00000042"), 8)).isEqualTo(42);
    assertThat(Digits.value(word("007|c\n  "), 3)).isEqualTo(7);
    assertThat(Digits.value(word("99999999"), 8)).isEqualTo(99_999_999);
  }
}
