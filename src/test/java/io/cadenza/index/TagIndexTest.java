package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagIndexTest {
  private static final int ALL = Integer.MAX_VALUE;

  private final TagIndex index = new TagIndex(1000);

  @BeforeEach
  void tagSome() {
    index.tagSeries("cpu;dc=dc1;host=web1");
    index.tagSeries("cpu;dc=dc1;host=web2");
    index.tagSeries("cpu;dc=dc2;host=db1");
    index.tagSeries("mem;host=web1");
    index.tagSeries("plain.name");
  }

  @Test
  void answersTheNormalForm() {
    assertThat(index.tagSeries("cpu;host=web1;dc=dc1")).isEqualTo("cpu;dc=dc1;host=web1");
    assertThat(index.count()).isEqualTo(5);
    assertThat(index.tagSeries("new{b=\"2\",a=\"1\"}")).isEqualTo("new;a=1;b=2");
    assertThat(index.count()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "name=cpu -> cpu;dc=dc1;host=web1 cpu;dc=dc1;host=web2 cpu;dc=dc2;host=db1",
        "name=plain.name -> plain.name",
        "name=cpu host=web1 -> cpu;dc=dc1;host=web1",
        "host=web1 -> cpu;dc=dc1;host=web1 mem;host=web1",
        "host=web1 dc= -> mem;host=web1",
        "host=web1 dc!= -> cpu;dc=dc1;host=web1",
        "name=cpu dc!=dc1 -> cpu;dc=dc2;host=db1",
        "host!=web1 name=mem -> ''",
        "host=~web -> cpu;dc=dc1;host=web1 cpu;dc=dc1;host=web2 mem;host=web1",
        "host=~eb -> ''",
        "host=~^web[2-9]$ -> cpu;dc=dc1;host=web2",
        "host=~web1|db1 dc=~dc -> cpu;dc=dc1;host=web1 cpu;dc=dc2;host=db1",
        "host=~.*1 dc!=~.*1 -> cpu;dc=dc2;host=db1 mem;host=web1",
        "name=~.+ dc=~(dc2)? host=~db|$ -> cpu;dc=dc2;host=db1 plain.name",
        "name!= host= -> plain.name",
        "name!=~x host!=~$ dc=dc2 -> cpu;dc=dc2;host=db1",
        "no=such -> ''",
        "name=cpu no=such -> ''",
        "no=~s -> ''",
        "name=cpu host=web1 dc=dc2 -> ''",
        "name=a=b -> ''",
      })
  void findsTheSeriesThatMatchAllExpressions(String expressions, String found) {
    assertThat(String.join(" ", index.findSeries(List.of(expressions.split(" ")), ALL)))
        .isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "=b", "!=b", "a!b", "a!~b", "a;b=c", "a=b;c", "~=", "a=~("})
  void saysWhatIsNoExpression(String expression) {
    if (expression.equals("~=")) {
      assertThatThrownBy(() -> index.findSeries(List.of(expression), ALL))
          .hasMessageStartingWith("at least one tag expression must not match the empty string");
      return;
    }
    assertThatThrownBy(() -> index.findSeries(List.of("name=cpu", expression), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "no tag expression, such as tag=value: .*|no regex: missing closing \\): \\(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=", "a!=b", "a=~.*", "a=~b?", "a!=~b"})
  void oneExpressionHasToMatchLessThanTheEmptyString(String expression) {
    assertThatThrownBy(() -> index.findSeries(List.of(expression, "b!=c"), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "at least one tag expression must not match the empty string: "
                + expression
                + ", b!=c");
  }

  @Test
  void someExpressionIsNeeded() {
    assertThatThrownBy(() -> index.findSeries(List.of(), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tag expressions specified");
  }

  @Test
  void saysWhatIsTooMuch() {
    assertThat(index.findSeries(List.of("name=cpu"), 3)).hasSize(3);
    assertThatThrownBy(() -> index.findSeries(List.of("name=cpu"), 2))
        .isInstanceOf(TooManyException.class)
        .hasMessage("more than 2 series match name=cpu");
  }

  @Test
  void refusesWhatWouldTakeTooLong() {
    assertThatThrownBy(() -> index.findSeries(List.of("a=~" + "b".repeat(4097)), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("regex of more than 4096 characters: bbb");
    assertThatThrownBy(() -> index.findSeries(List.of("a=~(.{300}c.{300}d){20}"), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("regex too large: .*|no regex: .*");
    TagIndex large = new TagIndex(100_000);
    IntStream.range(0, 2000).forEach(i -> large.tagSeries("m;a=" + "x".repeat(500) + i));
    assertThatThrownBy(() -> large.findSeries(List.of("a=~.*y.{900}z"), ALL))
        .isInstanceOf(TooManyException.class)
        .hasMessageContaining("takes more than 100000000 steps");
  }

  @Test
  void listsTags() {
    assertThat(index.tags(null, ALL)).containsExactly("dc", "host", "name");
    assertThat(index.tags("", 2)).containsExactly("dc", "host");
    assertThat(index.tags("h|na", ALL)).containsExactly("host", "name");
    assertThat(index.tags("ost", ALL)).isEmpty();
    assertThat(index.hasTag("dc")).isTrue();
    assertThat(index.hasTag("d")).isFalse();
    assertThatThrownBy(() -> index.tags("(", ALL)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listsValuesWithTheirCount() {
    assertThat(index.values("host", null, ALL))
        .containsExactly(new TagValue("db1", 1), new TagValue("web1", 2), new TagValue("web2", 1));
    assertThat(index.values("host", "web", 1)).containsExactly(new TagValue("web1", 2));
    assertThat(index.values("name", ".*m", ALL))
        .extracting(TagValue::value)
        .containsExactly("mem", "plain.name");
    assertThat(index.values("no", null, ALL)).isEmpty();
  }

  @Test
  void completesTags() {
    assertThat(index.autoCompleteTags(List.of(), "", ALL)).containsExactly("dc", "host", "name");
    assertThat(index.autoCompleteTags(List.of(), "", 1)).containsExactly("dc");
    assertThat(index.autoCompleteTags(List.of(), "h", ALL)).containsExactly("host");
    assertThat(index.autoCompleteTags(List.of("name=cpu"), "", ALL)).containsExactly("dc", "host");
    assertThat(index.autoCompleteTags(List.of("name=cpu"), "", 1)).containsExactly("dc");
    assertThat(index.autoCompleteTags(List.of("name=cpu", "dc!="), "h", ALL))
        .containsExactly("host");
    assertThat(index.autoCompleteTags(List.of("name=mem"), "d", ALL)).isEmpty();
  }

  @Test
  void completesValues() {
    assertThat(index.autoCompleteValues(List.of(), "host", "", ALL))
        .containsExactly("db1", "web1", "web2");
    assertThat(index.autoCompleteValues(List.of(), "host", "w", 1)).containsExactly("web1");
    assertThat(index.autoCompleteValues(List.of(), "no", "", ALL)).isEmpty();
    assertThat(index.autoCompleteValues(List.of("dc=dc1"), "host", "", ALL))
        .containsExactly("web1", "web2");
    assertThat(index.autoCompleteValues(List.of("name=~.+"), "host", "", 2))
        .containsExactly("db1", "web1");
    assertThat(index.autoCompleteValues(List.of("name=~.+"), "host", "web2", ALL))
        .containsExactly("web2");
  }

  @Test
  void forgetsWhatIsDeleted() {
    assertThat(index.delSeries("cpu;host=db1;dc=dc2")).isTrue();
    assertThat(index.delSeries("cpu;host=db1;dc=dc2")).isFalse();
    assertThat(index.values("dc", null, ALL)).containsExactly(new TagValue("dc1", 2));
    assertThat(index.findSeries(List.of("name=cpu"), ALL)).hasSize(2);
    List.of("cpu;dc=dc1;host=web1", "cpu;dc=dc1;host=web2").forEach(index::delSeries);
    assertThat(index.tags(null, ALL)).containsExactly("host", "name");
    List.of("mem;host=web1", "plain.name").forEach(index::delSeries);
    assertThat(index.tags(null, ALL)).isEmpty();
    assertThat(index.count()).isZero();
    assertThatThrownBy(() -> index.delSeries(";")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesSoManySeriesAndNoMore() {
    TagIndex small = new TagIndex(1);
    small.tagSeries("m;a=1");

    assertThat(small.tagSeries("m;a=1")).isEqualTo("m;a=1");
    assertThatThrownBy(() -> small.tagSeries("m;a=2"))
        .isInstanceOf(TooManyException.class)
        .hasMessage("there are 1 series with tags already");
  }
}
