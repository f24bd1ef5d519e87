package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "web*, web1, true",
    "web*, web, true",
    "web*, awe, false",
    "*1, web1, true",
    "w*b*1, web01, true",
    "w*b*1, web10, false",
    "web?, web1, true",
    "web?, web, false",
    "web?, web12, false",
    "web[12], web2, true",
    "web[12], web3, false",
    "web[!12], web3, true",
    "web[!12], web1, false",
    "web[0-4], web4, true",
    "web[0-4], web5, false",
    "web[4-0], web3, false",
    "web[!4-0], web3, true",
    "[]a], ], true",
    "[!]a], ], false",
    "[a-], -, true",
    "[-a], -, true",
    "web[1, web[1, true",
    "web[, web[, true",
    "a], a], true",
    "Web, web, false",
    "\\*, *, true",
    "\\*, a, false",
    "[\\]x], ], true",
    "a\\, a\\, true",
    "?, ü, true",
    "??, ü, false",
    "*ü?, aüb, true",
    "[à-ü], é, true",
    "[!a], é, true",
    "?, 😀, true",
    "[😀-😂], 😁, true",
    "{a}, {a}, true",
  })
  void matchesAsFnmatchDoes(String pattern, String name, boolean matches) {
    assertThat(matches(pattern, name)).isEqualTo(matches);
  }

  @Test
  void knowsWhatAllThatMatchBeginWith() {
    assertThat(prefix("web0*1")).isEqualTo("web0");
    assertThat(prefix("w\\*b?")).isEqualTo("w*b");
    assertThat(prefix("*a")).isEmpty();
    assertThat(prefix("web")).isEqualTo("web");
  }

  @Test
  void isLiteralWithoutWildcards() {
    assertThat(Glob.of("web").isLiteral()).isTrue();
    assertThat(Glob.of("w\\*b").isLiteral()).isTrue();
    assertThat(Glob.of("we[").isLiteral()).isTrue();
    assertThat(Glob.of("web*").isLiteral()).isFalse();
    assertThat(Glob.of("we[b]").isLiteral()).isFalse();
  }

  /** Each star in turn would be gone back to by who tries all: more than 10^30 ways. */
  @Test
  void manyStarsDoNotMultiply() {
    String name = "a".repeat(4000);

    assertThat(matches("*a".repeat(40) + "*b", name)).isFalse();
    assertThat(matches("*a".repeat(40) + "*", name)).isTrue();
  }

  private static boolean matches(String pattern, String name) {
    byte[] b = (":" + name + ":").getBytes(StandardCharsets.UTF_8);
    return Glob.of(pattern).matches(b, 1, b.length - 1);
  }

  private static String prefix(String pattern) {
    return new String(Glob.of(pattern).prefix(), StandardCharsets.UTF_8);
  }
}
