package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.line.Invalid;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanserTest {
  private final Cleanser cleanser = new Cleanser(Cleanser.EXTRA);

  private static String clean(Cleanser cleanser, String line) {
    byte[] b = ("~~" + line + "~").getBytes(UTF_8);
    byte[] into = new byte[b.length];
    int length = cleanser.clean(b, 2, b.length - 1, into, 3);
    return length < 0 ? Invalid.of(length).name() : new String(into, 3, length, UTF_8);
  }

  private static boolean isClean(Cleanser cleanser, String line) {
    byte[] b = ("~~" + line + "~").getBytes(UTF_8);
    return cleanser.isClean(b, 2, b.length - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a..b 1 2>a.b 1 2", "a...b 1 2>a.b 1 2", ".a.b 1 2>a.b 1 2", "..a.b. 1 2>a.b 1 2",
        "  a.b \t 1\t\t2>a.b 1 2", "a b c d e>a b c d e", "a/b 1 2>a_b 1 2",
            "caf\u00e9 1 2>caf__ 1 2",
        "a-_:#b 1 2>a-_:#b 1 2", "m .5 2>m .5 2", "m 1..5 2>m 1..5 2", "a 1 2  >a 1 2",
        "a..b;x=..y/;z 1 2>a.b;x=..y/;z 1 2", "a.;b=c 1 2>a;b=c 1 2",
            "a(b)(c) -1.e5 2>a_b__c_ -1.e5 2"
      })
  void mends(String line, String mended) {
    assertThat(clean(cleanser, line)).isEqualTo(mended);
    assertThat(isClean(cleanser, line)).isEqualTo(line.equals(mended));
  }

  @Test
  void endsTheLineAtACarriageReturn() {
    assertThat(clean(cleanser, "a 1 2\rb 3 4")).isEqualTo("a 1 2");
    assertThat(clean(cleanser, "a\r 1 2")).isEqualTo("FIELDS");
  }

  @Test
  void replacesNul() {
    assertThat(clean(cleanser, "a\0b 1 2")).isEqualTo("a_b 1 2");
  }

  @ParameterizedTest
  @CsvSource({
    "a, FIELDS",
    "'a  ', FIELDS",
    "a;b=c, FIELDS",
    "'', EMPTY",
    "'  ', EMPTY",
    "... 1 2, KEY",
    ";a=b 1 2, KEY",
    ".;a=b 1 2, KEY"
  })
  void refusesWhatHasNoNameOrData(String line, String reason) {
    assertThat(clean(cleanser, line)).isEqualTo(reason);
    assertThat(isClean(cleanser, line)).isFalse();
  }

  @Test
  void takesOtherExtraCharacters() {
    Cleanser own = new Cleanser("/;");
    assertThat(clean(own, "a/b;c-d 1 2")).isEqualTo("a/b;c_d 1 2");
    assertThat(clean(own, "a;..b 1 2")).isEqualTo("a;.b 1 2");
    assertThatThrownBy(() -> new Cleanser("- ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.strings().withChars("ab..;=/ \t\r19\u00e9").ofMaxLength(20);
  }

  @Property(tries = 3000)
  void mendsTwiceAsOnce(@ForAll("lines") String line) {
    String once = clean(cleanser, line);
    if (once.equals("EMPTY") || once.equals("KEY") || once.equals("FIELDS")) {
      assertThat(isClean(cleanser, line)).isFalse();
      return;
    }
    assertThat(clean(cleanser, once)).isEqualTo(once);
    assertThat(isClean(cleanser, once)).isTrue();
    assertThat(isClean(cleanser, line)).isEqualTo(once.equals(line));
  }

  @Property
  void mendsInPlaceAnyBytes(@ForAll byte[] line) {
    byte[] into = new byte[line.length];
    int length = cleanser.clean(line, 0, line.length, into, 0);
    byte[] same = line.clone();
    assertThat(cleanser.clean(same, 0, same.length, same, 0)).isEqualTo(length);
    if (length > 0) {
      assertThat(new String(same, 0, length, ISO_8859_1))
          .isEqualTo(new String(into, 0, length, ISO_8859_1));
    }
  }
}
