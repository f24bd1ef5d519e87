package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTextTest {
  private static String text(double number) {
    LineText line = new LineText();
    line.add(number);
    return new String(line.bytes(), 0, line.length(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-3.0, -3",
    "2.5, 2.5",
    "0.1, 0.1",
    "-0.05, -0.05",
    "100.001, 100.001",
    "1e15, 1000000000000000",
    "1e300, 1e300",
    "-1.5e300, -1.5e300",
    "2.0e-3, 0.002",
    "1e-5, 1e-5",
    "1.5e-7, 1.5e-7",
    "4.9e-324, 5e-324",
    "2.0e23, 2e23",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "12.345678901234567, 12.345678901234567",
    "9007199254740993, 9.007199254740992e15",
    "1700000000.7, 1700000000.7",
    "0.30000000000000004, 0.30000000000000004"
  })
  void printsAsFewDigitsAsNeeded(double number, String text) {
    assertThat(text(number)).isEqualTo(text);
  }

  @Property(tries = 3000)
  void printsWhatReadsBackTheSame(@ForAll double number) {
    assertThat(Double.parseDouble(text(number)) + 0.0).isEqualTo(number + 0.0);
  }

  @Property(tries = 3000)
  void printsAnyBitsSoThatTheyReadBack(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      byte[] text = text(number).getBytes(UTF_8);
      assertThat(NumberText.check(text, 0, text.length)).isZero();
      assertThat(NumberText.value(text, 0, text.length) + 0.0).isEqualTo(number + 0.0);
    }
  }

  @Property
  void printsDecimalsAsTheyWereWritten(
      @ForAll @IntRange(min = 1, max = 999_999) int whole,
      @ForAll @IntRange(min = 1, max = 9) int last) {
    String text = whole + ".00" + last;
    assertThat(text(Double.parseDouble(text))).isEqualTo(text);
  }

  @Property
  void writesTextAsUtf8OrRefusesIt(@ForAll String any) {
    LineText line = new LineText();
    boolean whole = any.equals(new String(any.getBytes(UTF_8), UTF_8));
    assertThat(line.addText(any)).isEqualTo(whole);
    if (whole) {
      assertThat(new String(line.bytes(), 0, line.length(), UTF_8)).isEqualTo(any);
    }
  }

  @Property
  void printsWholeNumbers(@ForAll long number) {
    LineText line = new LineText();
    line.add(number);
    assertThat(new String(line.bytes(), 0, line.length(), UTF_8)).isEqualTo(Long.toString(number));
  }
}
