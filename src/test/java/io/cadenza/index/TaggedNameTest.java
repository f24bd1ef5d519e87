package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedNameTest {
  @Test
  void sortsTagsAsWholeStrings() {
    assertThat(normal("disk.used;rack=a1;datacenter=dc1"))
        .isEqualTo("disk.used;datacenter=dc1;rack=a1");
    assertThat(normal("m;a=1;a1=1;B=2")).isEqualTo("m;B=2;a1=1;a=1");
  }

  @Test
  void ofSeveralValuesTheLastCounts() {
    assertThat(normal("m;a=1;b=2;a=3")).isEqualTo("m;a=3;b=2");
  }

  @Test
  void theNameIsATagToo() {
    TaggedName name = TaggedName.parse("m.n;name=other;a=1");

    assertThat(name.text()).isEqualTo("m.n;a=1");
    assertThat(name.tags()).containsExactly(Map.entry("a", "1"), Map.entry("name", "m.n"));
    assertThatThrownBy(() -> name.tags().put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theNameLosesTildesInFront() {
    assertThat(normal("~~m;a=1")).isEqualTo("m;a=1");
  }

  @Test
  void aNameWithoutTagsIsItself() {
    assertThat(normal("m.n")).isEqualTo("m.n");
    assertThat(TaggedName.parse("m.n").tags()).containsExactly(Map.entry("name", "m.n"));
  }

  @Test
  void valuesMayHoldEqualsSigns() {
    assertThat(TaggedName.parse("m;a==1=2").tags()).containsEntry("a", "=1=2");
  }

  @Test
  void readsTheFormOfOpenMetrics() {
    assertThat(normal("m.n{b=\"2\",a=\"1\"}")).isEqualTo("m.n;a=1;b=2");
    assertThat(normal("m{a=\"x,y=\\\"z\\\\\"}")).isEqualTo("m;a=x,y=\"z\\");
    assertThat(normal("m{a=\"{b}\"}")).isEqualTo("m;a={b}");
    assertThat(normal("m{}")).isEqualTo("m{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the name is empty",
        ";a=1|the name is empty",
        "~;a=1|the name is of tildes only",
        "m;|a tag is empty",
        "m;a=1;|a tag is empty",
        "m;;a=1|a tag has no equals sign",
        "m;a|a tag has no equals sign",
        "m;=1|a tag has no name",
        "m;a=|a tag has no value",
        "m;a=~1|the value of a tag begins with a tilde",
        "m;a!=1|one of ; ! ^ = is in the name of a tag",
        "m;a^b=1|one of ; ! ^ = is in the name of a tag",
        "m;a=\u0001b|it has a control character, or half of a surrogate pair",
        "m;a=\ud800|it has a control character, or half of a surrogate pair",
        "{a=\"1\"}|the name is empty",
        "m;n{a=\"1\"}|the name has a semicolon",
        "m{a=1\"}|a tag has no value in quotes",
        "m{\"}|a tag has no value in quotes",
        "m{a=\"1\"b=\"2\"}|a value is not followed by a comma or the end",
        "m{a=\"1\"}\"}|a value is not followed by a comma or the end",
        "m{a=\"\"}|a tag has no value",
        "m{a=\"1;2\"}|a semicolon is in the value of a tag",
        "m{a=\"\\x\"}|a backslash is not followed by a quote or another",
        "m{a=\"1\\\"}|a value is not followed by a comma or the end",
      })
  void saysWhatIsWrong(String path, String problem) {
    assertThatThrownBy(() -> TaggedName.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no name with tags: " + problem + ": " + path);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(normal("m;a=" + "b".repeat(4092))).hasSize(4096);
    assertThatThrownBy(() -> TaggedName.parse("m;a=" + "b".repeat(4093)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no name with tags: it has more than 4096 bytes: m;a=bbb");
  }

  @Property
  void normalisingTwiceIsNormalisingOnce(@ForAll("names") String name) {
    TaggedName once = TaggedName.parse(name);
    TaggedName twice = TaggedName.parse(once.text());

    assertThat(twice).isEqualTo(once);
  }

  @Property(tries = 5000)
  void anyTextIsANameOrRefused(@ForAll String text) {
    TagReader reader = new TagReader(text);
    TaggedName name = reader.read();

    assertThat(name == null).isEqualTo(reader.problem() != null);
  }

  @Property
  void bothFormsMeanTheSame(@ForAll("names") String name) {
    TaggedName read = TaggedName.parse(name);
    StringBuilder openMetrics = new StringBuilder(read.tags().get("name")).append('{');
    read.tags()
        .forEach(
            (tag, value) -> {
              String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
              openMetrics.append(tag).append("=\"").append(quoted).append("\",");
            });
    openMetrics.setCharAt(openMetrics.length() - 1, '}');

    assertThat(TaggedName.parse(openMetrics.toString())).isEqualTo(read);
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> key =
        Arbitraries.of("a", "a1", "B", "é", "name", "😀", "\uffff", "x y", "\"");
    Arbitrary<String> value = Arbitraries.of("1", "a=b", "\"", "\\", "{", "}", "\\\"", "ü~", ",");
    Arbitrary<String> tag = Combinators.combine(key, value).as((k, v) -> ";" + k + "=" + v);
    return Combinators.combine(
            Arbitraries.of("m", "m.n", "~m"), tag.list().ofMinSize(1).ofMaxSize(5))
        .as((name, tags) -> name + String.join("", tags) + ";end=1");
  }

  private static String normal(String path) {
    return TaggedName.parse(path).text();
  }
}
