package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagOrderTest {
  private final TagOrder order = new TagOrder();

  @ParameterizedTest
  @CsvSource({
    "a;y=1;x=2, a;x=2;y=1",
    "a;x=1;x=2, a;x=2",
    "a;b=1;a=2;b=3, a;a=2;b=3",
    "a;ab=1;a=2, a;a=2;ab=1",
    "a;b=x=y;a=1, a;a=1;b=x=y"
  })
  void tagsAreSortedAndTheLastOfANameCounts(String key, String expected) {
    assertThat(ordered(key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a;x=1", "a;x=1;y=2", "a;y=1;x", "a;;y=1;x=2", "a;y=1;=2", "a;y=1;"})
  void aKeyInOrderOrWithOtherThanTagsStays(String key) {
    byte[] bytes = key.getBytes(UTF_8);

    assertThat(order.order(bytes, 0, bytes.length)).isNegative();
  }

  @Property(tries = 500)
  void allOrdersAreOne(@ForAll("tags") List<String> tags) {
    Map<String, String> sorted = new TreeMap<>();
    for (String tag : tags) {
      sorted.put(tag.substring(0, tag.indexOf('=')), tag);
    }
    String expected =
        sorted.values().stream().map(tag -> ";" + tag).collect(Collectors.joining("", "name", ""));
    String key = tags.stream().map(tag -> ";" + tag).collect(Collectors.joining("", "name", ""));

    assertThat(ordered(key)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> tags() {
    return Arbitraries.of("a=1", "a=2", "b=1", "ab=", "abc=3", "Z=9", "é=ü", "c==").list();
  }

  private String ordered(String key) {
    byte[] bytes = ("x" + key).getBytes(UTF_8);
    int length = order.order(bytes, 1, bytes.length);
    return length < 0 ? key : new String(order.bytes(), 0, length, UTF_8);
  }
}
