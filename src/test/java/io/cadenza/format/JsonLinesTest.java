package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.cadenza.line.Validation;
import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

  private final Lines got = new Lines();

  private int read(String json) {
    byte[] b = ("[7," + json + "]]").getBytes(UTF_8);
    return new JsonLines(CLOCK).read(b, 3, b.length - 2, got);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "{\"path\":\"a.b\",\"value\":1.50,\"time\":1700000001} > a.b 1.50 1700000001",
        "{\"name\":\"a\",\"value\":1E5,\"timestamp\":\"1700000001\"} > a 1E5 1700000001",
        "{\"metric\":\"a\",\"value\":-0.0} > a -0.0 1700000000",
        "{\"value\":\"12\",\"path\":\"a\",\"time\":null,\"x\":{\"y\":[1,{}]}} > a 12 1700000000",
        "{\"path\":\"a\",\"value\":12345678901234567890123,\"time\":1.5} > a 12345678901234567890123 1.5",
        "{\"path\":\"a\",\"value\":1,\"time\":1.7e9} > a 1 1700000000",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"z\":\"1\",\"a\":2,\"m\":true}} > a;a=2;m=true;z=1 1 1700000000",
        "{\"path\":\"a\",\"value\":1,\"tags\":[\"z=1\",\"a:b:c\",\"k=x:y\"]} > a;a=b:c;k=x:y;z=1 1 1700000000",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k\":1,\"k\":2}} > a;k=2 1 1700000000",
        "{\"path\":\"gr\u00f6\u00dfe.\\ud83d\\ude00\",\"value\":1} > gr\u00f6\u00dfe.\ud83d\ude00 1 1700000000",
        "{\"path\":\"a\",\"value\":1,\"tags\":null} > a 1 1700000000"
      })
  void readsAnObject(String json, String line) {
    assertThat(read(json)).isEqualTo(1);
    assertThat(got.lines).containsExactly(line);
    assertThat(got.refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "1",
        "\"a 1 2\"",
        "null",
        "{\"path\":\"a\"}",
        "{\"value\":1}",
        "{\"path\":\"a b\",\"value\":1}",
        "{\"path\":\"a\\nb 1 2\\nc\",\"value\":1}",
        "{\"path\":\"a\\tb\",\"value\":1}",
        "{\"path\":\"\",\"value\":1}",
        "{\"path\":\"a\\u0000\",\"value\":1}",
        "{\"path\":\"a\\ud800\",\"value\":1}",
        "{\"path\":1,\"value\":1}",
        "{\"path\":[\"a\"],\"value\":1}",
        "{\"path\":\"a\",\"value\":true}",
        "{\"path\":\"a\",\"value\":\"nan\"}",
        "{\"path\":\"a\",\"value\":\"1 2\",\"time\":\"\"}",
        "{\"path\":\"a\",\"value\":\"\",\"time\":\"1 2\"}",
        "{\"path\":\"a\",\"value\":1e999}",
        "{\"path\":\"a\",\"value\":{}}",
        "{\"path\":\"a\",\"value\":1,\"time\":-1}",
        "{\"path\":\"a\",\"value\":1,\"time\":1700000000000}",
        "{\"path\":\"a\",\"value\":1,\"time\":\"now\"}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k\":\"\"}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"\":\"v\"}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k\":\"v;w=x\"}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k;x\":\"v\"}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k=x\":\"v\"}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k\":\"v w\"}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k\":[1]}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":{\"k\":null}}",
        "{\"path\":\"a\",\"value\":1,\"tags\":[\"kv\"]}",
        "{\"path\":\"a\",\"value\":1,\"tags\":[1]}",
        "{\"path\":\"a\",\"value\":1,\"tags\":\"k=v\"}",
        "{\"path\":\";a\",\"value\":1}",
        "{\"path\":\"a\\u007f\",\"value\":1}"
      })
  void refusesAnItemThatIsNoMetric(String json) {
    assertThat(read(json)).isZero();
    assertThat(got.lines).isEmpty();
    assertThat(got.refused).containsExactly(Invalid.ITEM);
  }

  @Test
  void givesUpOnWhatIsNoJsonAtAll() {
    read("{\n".repeat(100_000));

    assertThat(got.refused).hasSize(1001).containsOnly(Invalid.JSON);
  }

  @Test
  void readsArraysAndKeepsWhatIsRight() {
    assertThat(read("[{\"path\":\"a\",\"value\":1}, 5, [], {\"path\":\"b\",\"value\":2}]"))
        .isEqualTo(2);
    assertThat(got.lines).containsExactly("a 1 1700000000", "b 2 1700000000");
    assertThat(got.refused).containsExactly(Invalid.ITEM, Invalid.ITEM);
  }

  @Test
  void readsObjectsBehindOneAnother() {
    read(
        "{\"path\":\"a\",\"value\":1}\n{\"path\":\"b\",\"value\":2} {\"path\":\"c\",\"value\":3}\n\n");
    assertThat(got.lines).containsExactly("a 1 1700000000", "b 2 1700000000", "c 3 1700000000");
    assertThat(got.refused).isEmpty();
  }

  @Test
  void losesOnlyTheLineThatIsNoJson() {
    read(
        "{\"path\":\"a\",\"value\":1}\n{\"path\":\"b\",\"val\n{\"path\":\"c\",\"value\":3}\nnonsense\n"
            + " {\"path\":\"d\",\"value\":4}");
    assertThat(got.lines).containsExactly("a 1 1700000000", "c 3 1700000000", "d 4 1700000000");
    assertThat(got.refused).containsExactly(Invalid.JSON, Invalid.JSON);
  }

  @Test
  void readsNoItemTwice() {
    read("{\"path\":\"a\",\"value\":1,\"x\":[\n{\"path\":\"b\",\"value\":2}]}\n]\n");
    assertThat(got.lines).containsExactly("a 1 1700000000");
    assertThat(got.refused).containsExactly(Invalid.JSON);
  }

  @Test
  void keepsTheItemsBeforeTheEndOfABrokenArray() {
    read("[{\"path\":\"a\",\"value\":1}, {\"path\":\"b\"");
    assertThat(got.lines).containsExactly("a 1 1700000000");
    assertThat(got.refused).containsExactly(Invalid.JSON);
  }

  @Test
  void refusesDepthWithoutEnd() {
    read("[".repeat(100_000));
    assertThat(got.refused).containsOnly(Invalid.JSON);
  }

  @Provide
  Arbitrary<String> jsonLike() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"path\":",
            "\"a\"",
            "\"value\":",
            "1",
            "1e9",
            ",",
            "\n",
            "\"tags\":",
            "\"k=v\"",
            ":",
            "\"time\":",
            "{\"path\":\"a\",\"value\":1}",
            "\0",
            "null",
            " ")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 3000)
  void neverThrowsAndMakesOnlyLines(@ForAll("jsonLike") String json) {
    readsOnlyLines(json.getBytes(UTF_8));
  }

  @Property
  void neverThrowsWhateverTheBytes(@ForAll byte[] bytes) {
    readsOnlyLines(bytes);
  }

  private static void readsOnlyLines(byte[] b) {
    Lines got = new Lines();
    int lines = new JsonLines(CLOCK).read(b, 0, b.length, got);
    assertThat(got.lines).hasSize(lines);
    GraphiteFormat format = new GraphiteFormat();
    for (String line : got.lines) {
      byte[] text = line.getBytes(UTF_8);
      long key = format.key(text, 0, text.length);
      assertThat(key).isNotNegative();
      assertThat(format.check(Validation.MEDIUM, text, (int) (key >>> 32), (int) key, text.length))
          .isNull();
    }
  }
}
