package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuessTest {
  @Test
  void theFirstRuleOfTheUserGoesBefore() {
    KeyRule begins = (key, from, to) -> Bytes.startsWith(key, from, to, "a.".getBytes(UTF_8));
    Guess guess =
        new Guess(
            List.of(
                new Guess.Rule(begins, Function.LAST),
                new Guess.Rule((key, from, to) -> true, Function.SUM)));

    assertThat(guess.of("a.max".getBytes(UTF_8), 0, 5)).isEqualTo(Function.LAST);
    assertThat(guess.of("b.max".getBytes(UTF_8), 0, 5)).isEqualTo(Function.SUM);
  }

  @Test
  void theTableDecidesOfOthers() {
    Guess guess = new Guess(List.of());

    assertThat(guess.of("a.max".getBytes(UTF_8), 0, 5)).isEqualTo(Function.MAX);
    assertThat(guess.of("a.b".getBytes(UTF_8), 0, 3)).isEqualTo(Function.MEAN);
  }
}
