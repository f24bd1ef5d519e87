package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphiteFormatTest extends LineFormatContract {
  @Override
  LineFormat format() {
    return new GraphiteFormat();
  }

  @Override
  Map<String, String> goodLines() {
    return Map.of(
        "a.b.c 1 1700000000", "a.b.c",
        "a 1 1", "a",
        "servers.web-01.cpu_user \t -1.5e-3\t 1700000000.75 ", "servers.web-01.cpu_user",
        "disk.used;dc=eu;rack=a/1 .5 4294967295", "disk.used;dc=eu;rack=a/1",
        "unit=B.host=x.mtype=gauge 5. 0", "unit=B.host=x.mtype=gauge");
  }

  @Override
  String alphabet() {
    return "ab.;=~ \t-+0123456789einf";
  }

  @Test
  void needsSomethingBehindTheKey() {
    assertThat(keyOf("a.b")).isEqualTo("fields");
    assertThat(keyOf("a.b \t ")).isEqualTo("fields");
    assertThat(keyOf("a.b x")).isEqualTo("a.b");
  }

  @Test
  void passesOverLeadingBlanks() {
    assertThat(keyOf(" \ta.b 1 2")).isEqualTo("a.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 1", "a 1 2 3", "a b c d e", "a x 1 2", "a 1 "})
  void asksForThreeFields(String line) {
    assertThat(medium(line)).isEqualTo(Invalid.FIELDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "-.5",
        "1e3",
        "1E+3",
        "1.5e-300",
        "1e308",
        "00000000000000000001",
        "1e-999999999999999999999",
        "0e99999999999",
        "1.7976931348623157e308",
        "123456789012345678901234567890",
        "0.0000000000000000000000001"
      })
  void takesDecimalValues(String value) {
    assertThat(medium("a " + value + " 1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x", "0x10", "1d", "1f", "1_000", "1e", "e1", "1e+", "1.2.3", ".", "-", "+-1", "1,5",
        "0x1p4", "--1", "1-", "\u0661", "in", "na", "-.", ".e1", "infinit"
      })
  void refusesValuesThatAreNoDecimals(String value) {
    assertThat(medium("a " + value + " 1")).isEqualTo(Invalid.VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "nan, NAN",
    "NaN, NAN",
    "-nan, NAN",
    "inf, INFINITE",
    "-Inf, INFINITE",
    "+INFINITY, INFINITE",
    "1e309, INFINITE",
    "-1e400, INFINITE",
    "1.7976931348623159e308, INFINITE",
    "1e999999999999999999999, INFINITE"
  })
  void tellsWhatIsNotFinite(String value, Invalid reason) {
    assertThat(medium("a " + value + " 1")).isEqualTo(reason);
  }

  @Test
  void tellsThatDigitsAloneAreTooLarge() {
    assertThat(medium("a " + "9".repeat(310) + " 1")).isEqualTo(Invalid.INFINITE);
    assertThat(medium("a " + "9".repeat(308) + " 1")).isNull();
    assertThat(medium("a 0." + "0".repeat(400) + "1 1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "1700000000", "1700000000.7", "4294967295", "0004294967295", "1.", ".5"})
  void takesTimes(String time) {
    assertThat(medium("a 1 " + time)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, NEGATIVE_TIME",
    "-1.5, NEGATIVE_TIME",
    "4294967296, TIME",
    "99999999999, TIME",
    "1.7e9, TIME",
    "nan, TIME",
    "inf, TIME",
    "-inf, TIME",
    "now, TIME",
    "N, TIME",
    "., TIME",
    "1700000000000000000000000, TIME",
    "0x10, TIME",
    "-, TIME",
    "+1, TIME"
  })
  void refusesTimes(String time, Invalid reason) {
    assertThat(medium("a 1 " + time)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a..b",
        ".a",
        "a.",
        "gr\u00f6\u00dfe",
        "a/b(c)*",
        "a;k=v",
        "a.b;k=v;k2=v=w",
        "a;k=v;k=v",
        "m{a=\"1\"}",
        "\ud83d\ude00",
        "unit=B.host=x",
        "x_is_y.z"
      })
  void takesPrintableKeysAtMedium(String key) {
    assertThat(medium(key + " 1 1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo.bar;",
        "foo.bar;k",
        "foo.bar;k=",
        "foo.bar;k!=v",
        "foo.bar;k=v;;k2=v2",
        "foo.bar;=v",
        ";k=v",
        "foo.bar;k=~v",
        "foo.bar;k^=v",
        "foo.bar;k=v;",
        ";"
      })
  void refusesMalformedTags(String key) {
    assertThat(medium(key + " 1 1")).isEqualTo(Invalid.TAGS);
    assertThat(strict(key + " 1 1")).isEqualTo(Invalid.TAGS);
  }

  @Test
  void takesAnEqualsSignInATagValueUnlessStrict() {
    assertThat(medium("foo.bar;k=v= 1 1")).isNull();
    assertThat(strict("foo.bar;k=v= 1 1")).isEqualTo(Invalid.TAGS);
  }

  @ParameterizedTest
  @CsvSource({
    "a..b, EMPTY_COMPONENT", ".a, EMPTY_COMPONENT", "a., EMPTY_COMPONENT", "., EMPTY_COMPONENT",
    "a/b, CHARACTER", "a=b.c=d.e/f, CHARACTER", "a.b=c, CHARACTER", "gr\u00f6\u00dfe, CHARACTER",
    "a.;k=v, EMPTY_COMPONENT", "a.b=c;k=v, CHARACTER", "a:b, CHARACTER"
  })
  void refusesOddNamesWhenStrict(String key, Invalid reason) {
    assertThat(strict(key + " 1 1")).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 0x1f, 0x7f, '\r', '\n', 0x1b})
  void refusesControlCharactersInKeys(int c) {
    if (c != 9) {
      assertThat(medium("abcdefgh" + (char) c + "i 1 1")).isEqualTo(Invalid.CHARACTER);
      assertThat(medium("a" + (char) c + "i 1 1")).isEqualTo(Invalid.CHARACTER);
    }
  }

  @Test
  void refusesNulInKeys() {
    assertThat(medium("abcd\0efghij\u00e9 1 1")).isEqualTo(Invalid.NUL);
    assertThat(medium("a\0 1 1")).isEqualTo(Invalid.NUL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u00c3",
        "a\u00c3(",
        "\u00c0\u00af",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00e2\u0082",
        "\u0080",
        "\u00f0\u0080\u0080\u0080",
        "\u00e0\u0080\u0080",
        "\u00f8\u0088\u0080\u0080\u0080",
        "\u00e2\u0082("
      })
  void refusesWhatIsNotUtf8(String latin1) {
    byte[] line = ("k." + latin1 + " 1 1").getBytes(ISO_8859_1);
    assertThat(check(Validation.MEDIUM, line)).isEqualTo(Invalid.UTF8);
  }

  @ParameterizedTest
  @CsvSource({
    "a 1.5 1700000000, 1.5, 1700000000", "a  -2e3\t17.9 , -2000, 17",
        "a .25 4294967295, 0.25, 4294967295",
    "a 1e22 5, 1e22, 5", "a 0.1234567890123456789 5, 0.12345678901234568, 5", "a -0 0, -0.0, 0"
  })
  void readsValueAndTime(String line, double value, long time) {
    byte[] b = line.getBytes(UTF_8);
    Sample sample = new Sample();
    assertThat(GraphiteFormat.parse(b, 1, b.length, sample)).isTrue();
    assertThat(sample.value()).isEqualTo(value);
    assertThat(sample.time()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a nan 1", "a 1", "a 1 -1", "a 1e999 1", "a x 1", "a 1 2 3"})
  void readsNothingFromABadLine(String line) {
    byte[] b = line.getBytes(UTF_8);
    assertThat(GraphiteFormat.parse(b, 1, b.length, new Sample())).isFalse();
  }
}
