package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BracesTest {
  @Test
  void standForEachAlternative() {
    assertThat(new Braces("web{1,2}*").variants()).containsExactly("web1*", "web2*");
    assertThat(new Braces("{a,b}{1,2}").variants()).containsExactly("a1", "a2", "b1", "b2");
    assertThat(new Braces("{a,b{1,2}c}").variants()).containsExactly("a", "b1c", "b2c");
    assertThat(new Braces("{a,,b}").variants()).containsExactly("a", "", "b");
  }

  @Test
  void areNothingWithoutComma() {
    assertThat(new Braces("foo{}").variants()).containsExactly("foo");
    assertThat(new Braces("{fo{o}}").variants()).containsExactly("foo");
  }

  @Test
  void standForThemselvesWithoutPartner() {
    assertThat(new Braces("{a,b").variants()).containsExactly("{a,b");
    assertThat(new Braces("a,b}").variants()).containsExactly("a,b}");
    assertThat(new Braces("{a{b,c}").variants()).containsExactly("{ab", "{ac");
    assertThat(new Braces("}{").variants()).containsExactly("}{");
  }

  @Test
  void standForThemselvesBehindABackslash() {
    assertThat(new Braces("\\{a,b}").variants()).containsExactly("\\{a,b}");
    assertThat(new Braces("{a\\,b,c\\}}").variants()).containsExactly("a\\,b", "c\\}");
  }

  @Test
  void dotsPartComponentsOutsideOfThemOnly() {
    Braces braces = new Braces("a.{b.c,d}.e");

    assertThat(braces.components()).containsExactly("a", "{b.c,d}", "e");
    assertThat(braces.holdDots()).isTrue();
    assertThat(new Braces("a.{b.c").components()).containsExactly("a", "{b", "c");
    assertThat(new Braces("a.{b.c").holdDots()).isFalse();
    assertThat(new Braces("..a..b\\.c\\\\.").components()).containsExactly("a", "b", "c\\\\");
  }

  @Test
  void mayListThousands() {
    String hosts =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "h" + i)
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(new Braces(hosts).variants()).hasSize(10_000).contains("h9999");
  }

  @Test
  void mayNotStandForMoreThanIsSensible() {
    String query = "{a,b}".repeat(14);

    assertThatThrownBy(new Braces(query)::variants)
        .isInstanceOf(TooManyException.class)
        .hasMessageContaining("stands for more than 10000 patterns");
    assertThatThrownBy(new Braces("x".repeat(500) + "{a,b}".repeat(12))::variants)
        .isInstanceOf(TooManyException.class)
        .hasMessageContaining("1000000 characters");
    assertThatThrownBy(new Braces("{" + ("{a,b}".repeat(10) + ",").repeat(100) + "}")::variants)
        .isInstanceOf(TooManyException.class);
  }

  @Test
  void mayNotBeNestedTooDeeply() {
    String query = "{".repeat(65) + "}".repeat(65);

    assertThatThrownBy(() -> new Braces(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("more than 64 braces are open in {{{");
  }
}
