package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of Python 3's repr. */
class PythonTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a, 'a'",
        "o'brien, \"o'brien\"",
        "say\"so, 'say\"so'",
        "b'\"x, 'b\\'\"x'",
        "back\\slash, 'back\\\\slash'",
        "größe, 'größe'",
        "日本, '日本'",
        "\u00a0x, '\\xa0x'",
        "\u200bx, '\\u200bx'",
        "\ue000x, '\\ue000x'",
        "\ud83d\ude00, '\ud83d\ude00'",
        "\udb80\udc00x, '\\U000f0000x'",
        "x\u007f, 'x\\x7f'",
        "x\ty, 'x\\ty'"
      })
  void printsTextAsPython(String text, String printed) {
    assertThat(PythonText.repr(text)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      nullValues = "-",
      value = {"h | a | ('h', 'a')", "h | - | ('h', None)"})
  void printsPairsAsPython(String host, String instance, String printed) {
    assertThat(PythonText.tuple(host, instance)).isEqualTo(printed);
  }
}
