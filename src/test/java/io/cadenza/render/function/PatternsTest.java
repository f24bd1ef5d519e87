package io.cadenza.render.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.cadenza.render.RenderException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python 3.11 answers for {@code re.sub} and {@code text % number}. */
class PatternsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "(^.*$) ~ \\1 A ~ a.b ~ a.b A",
        "(.*) ~ <\\1> ~ abc ~ <abc><>",
        "x* ~ - ~ abxd ~ -a-b--d-",
        "b ~ \\\\ ~ abc ~ a\\c",
        "(a)(b)? ~ \\2|\\1 ~ ac ~ |ac",
        "(?P<n>b) ~ [\\g<n>\\g<1>\\g<0>] ~ abc ~ a[bbb]c",
        "b ~ \\. ~ abc ~ a\\.c",
        "b ~ \\065 ~ abc ~ a5c",
        "b ~ \\101 ~ abc ~ aAc",
        "b ~ $1 & ~ abc ~ a$1 &c",
        "(a) ~ \\1\\1 ~ aa ~ aaaa",
        "z ~ x ~ abc ~ abc",
      })
  void replacesAsPython(String regex, String replacement, String name, String replaced) {
    Pattern pattern = Patterns.compile(regex);

    assertThat(Patterns.replace(pattern, name, new Replacement(replacement, pattern)))
        .isEqualTo(replaced);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "v %d ~ 24.75 ~ v 24",
        "v %d ~ -24.75 ~ v -24",
        "%s ~ 24.75 ~ 24.75",
        "%g ~ 1234567.0 ~ 1.23457e+06",
        "%.1f%% ~ 24.75 ~ 24.8%",
        "%f ~ 1.5 ~ 1.500000",
        "%.2e ~ 12345.678 ~ 1.23e+04",
        "[%8.2f] ~ 3.14159 ~ [    3.14]",
        "[%-8.2f] ~ 3.14159 ~ [3.14    ]",
        "[%08.2f] ~ -3.14159 ~ [-0003.14]",
        "[%+d] ~ 3.7 ~ [+3]",
      })
  void formatsAsPython(String format, double number, String text) {
    assertThat(NumberFormat.format(format, number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"none", "%d %d", "%q", "%", "%999999d", "%101d"})
  void refusesFormatsThatPythonRefuses(String format) {
    assertThatThrownBy(() -> NumberFormat.format(format, 1))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("Invalid format '" + format + "'");
  }
}
