package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.cadenza.line.Validation;
import java.util.Arrays;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumberTextTest {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern NAN = Pattern.compile("[+-]?(?i:nan)");
  private static final Pattern INFINITE = Pattern.compile("[+-]?(?i:inf(inity)?)");
  private static final Pattern TIME = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)");

  @Provide
  Arbitrary<String> numberLike() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(22);
    Arbitrary<String> odd =
        Arbitraries.of("", ".", "e", "E", "-", "+", "inf", "NaN", "nity", "e30", "e-3", "_", "d");
    return Arbitraries.of("", "-", "+", "x")
        .flatMap(
            a ->
                digits.flatMap(
                    b -> odd.flatMap(c -> digits.flatMap(d -> odd.map(e -> a + b + c + d + e)))));
  }

  @Property(tries = 5000)
  void agreesWithTheGrammarAsARegex(@ForAll("numberLike") String text) {
    int code = checked(text, false);
    assertThat(code == 0 ? null : Invalid.of(code)).isEqualTo(expected(text));
  }

  @Property
  void agreesWithTheGrammarAsARegexOnAnyText(@ForAll String text) {
    String bytes = new String(text.getBytes(ISO_8859_1), ISO_8859_1);
    int code = checked(bytes, false);
    assertThat(code == 0 ? null : Invalid.of(code)).isEqualTo(expected(bytes));
  }

  private static Invalid expected(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return Double.isInfinite(Double.parseDouble(text)) ? Invalid.INFINITE : null;
    }
    if (NAN.matcher(text).matches()) {
      return Invalid.NAN;
    }
    return INFINITE.matcher(text).matches() ? Invalid.INFINITE : Invalid.VALUE;
  }

  @Property(tries = 3000)
  void readsNumbersAsTheLibraryDoes(@ForAll("numberLike") String text) {
    if (DECIMAL.matcher(text).matches()) {
      byte[] b = text.getBytes(ISO_8859_1);
      assertThat(NumberText.value(b, 0, b.length)).isEqualTo(Double.parseDouble(text));
    }
  }

  @Property
  void readsEveryDoubleBack(@ForAll double number) {
    String text = Double.toString(number);
    byte[] b = ("7" + text + "7").getBytes(ISO_8859_1);
    assertThat(NumberText.value(b, 1, b.length - 1)).isEqualTo(number);
  }

  @Property(tries = 3000)
  void agreesWithTheGrammarOfTimesAsARegex(@ForAll("numberLike") String text) {
    boolean negative = text.startsWith("-");
    String rest = negative ? text.substring(1) : text;
    boolean number = TIME.matcher(rest).matches();
    Invalid expected = Invalid.TIME;
    if (number) {
      boolean late = Double.parseDouble(rest) >= 4294967296.0;
      expected = negative ? Invalid.NEGATIVE_TIME : late ? Invalid.TIME : null;
    }
    int code = checked(text, true);
    assertThat(code == 0 ? null : Invalid.of(code)).isEqualTo(expected);
  }

  /** Looks at the text both alone and with digits around it, which must not matter. */
  private static int checked(String text, boolean time) {
    byte[] alone = text.getBytes(ISO_8859_1);
    byte[] among = new byte[alone.length + 20];
    Arrays.fill(among, (byte) '1');
    System.arraycopy(alone, 0, among, 7, alone.length);
    int to = 7 + alone.length;
    int code =
        time
            ? NumberText.checkTime(alone, 0, alone.length)
            : NumberText.check(alone, 0, alone.length);
    assertThat(time ? NumberText.checkTime(among, 7, to) : NumberText.check(among, 7, to))
        .isEqualTo(code);
    return code;
  }

  @Property(tries = 5000)
  void readsWholeLinesAsTheirFieldsAlone(
      @ForAll("shortNumbers") String value, @ForAll("times") String time) {
    String line = "k " + value + " " + time;
    byte[] b = line.getBytes(ISO_8859_1);
    Sample sample = new Sample();
    Invalid bad = new GraphiteFormat().check(Validation.MEDIUM, b, 0, 1, b.length);
    boolean number = DECIMAL.matcher(value).matches();
    boolean right =
        number && TIME.matcher(time).matches() && Double.parseDouble(time) < 4294967296.0;
    assertThat(bad == null).isEqualTo(right);
    assertThat(GraphiteFormat.parse(b, 1, b.length, sample)).isEqualTo(right);
    if (right) {
      assertThat(sample.value()).isEqualTo(Double.parseDouble(value));
      assertThat(sample.time()).isEqualTo((long) Double.parseDouble(time));
    }
  }

  @Provide
  Arbitrary<String> shortNumbers() {
    return Arbitraries.strings()
        .withChars("0123456789012345678901234567890123456789..-/\u00ff")
        .ofMaxLength(9);
  }

  @Provide
  Arbitrary<String> times() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(999_999_990L, 5_000_000_000L).map(String::valueOf),
        Arbitraries.strings().withChars("0123456789.:/").ofMinLength(9).ofMaxLength(11));
  }
}
