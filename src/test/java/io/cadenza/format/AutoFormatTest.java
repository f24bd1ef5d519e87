package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoFormatTest extends LineFormatContract {
  @Override
  LineFormat format() {
    return new AutoFormat();
  }

  @Override
  Map<String, String> goodLines() {
    return Map.of(
        "a.b.c 1 1700000000", "a.b.c",
        "gorets:1|c|@0.1|#env:prod", "gorets",
        "a;k=x:y|z 1 1700000000", "a;k=x:y|z",
        "_sc|Redis|0", "Redis",
        "_e{1,1}:a|b", "_e{1,1}");
  }

  @Override
  String alphabet() {
    return "ab.:|@ 12c_se{}";
  }

  @Test
  void checksEachLineByItsOwnRules() {
    assertThat(medium("a:b 1 x")).isEqualTo(Invalid.TIME);
    assertThat(medium("a:x|c")).isEqualTo(Invalid.VALUE);
    assertThat(medium("a b:1|c")).isNull();
    assertThat(medium("a:1")).isEqualTo(Invalid.FIELDS);
  }

  @ParameterizedTest
  @CsvSource({
    "'a.b 1 2', LINES",
    "'[{', JSON",
    "'\n {', JSON",
    "'', LINES",
    "'  ', LINES",
    "a{, LINES"
  })
  void tellsStreamsByTheirFirstBytes(String text, AutoFormat.Kind kind) {
    byte[] b = text.getBytes(UTF_8);
    assertThat(AutoFormat.detect(b, 0, b.length)).isEqualTo(kind);
  }

  @Test
  void tellsFramesByTheirLength() {
    assertThat(AutoFormat.detect(new byte[] {9, 0, 0, 1, 2}, 1, 5))
        .isEqualTo(AutoFormat.Kind.PICKLE);
  }
}
