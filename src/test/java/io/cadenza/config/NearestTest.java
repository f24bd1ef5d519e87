package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("format", "max-frame", "max-line", "queue", "to", "url");

  @ParameterizedTest
  @CsvSource({
    "formt, format",
    "fromat, format",
    "max_line, max-line",
    "maxLine, max-line",
    "quee, queue",
    "t, to",
    "ulr, ''",
    "retention, ''",
    "x, ''"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertThat(Nearest.to(word, KNOWN)).isEqualTo(meant);
  }

  @Property
  void distanceIsTheSameBothWaysAndNoLongerThanTheLongerWord(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b) {
    assertThat(Nearest.distance(a, b))
        .isEqualTo(Nearest.distance(b, a))
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    assertThat(Nearest.distance(a, b) == 0).isEqualTo(a.equals(b));
  }
}
