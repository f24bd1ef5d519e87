package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against looking at each series. */
class TagIndexPropertyTest {
  private static final int ALL = Integer.MAX_VALUE;

  private record Expression(String tag, String operator, String value) {
    String text() {
      return tag + operator + value;
    }

    boolean matches(Map<String, String> tags) {
      String actual = tags.getOrDefault(tag, "");
      boolean same =
          operator.endsWith("~")
              ? Pattern.compile("(?:" + value + ")").matcher(actual).lookingAt()
              : actual.equals(value);
      return same != operator.startsWith("!");
    }
  }

  @Property(tries = 1000)
  void findsWhatMatchesOneByOne(
      @ForAll("series") List<String> series,
      @ForAll("removed") List<Integer> removed,
      @ForAll("expressions") List<Expression> expressions) {
    Assume.that(expressions.stream().anyMatch(e -> !e.matches(Map.of())));
    TagIndex index = new TagIndex(10_000);
    Map<String, TaggedName> names = new HashMap<>();
    series.forEach(name -> names.put(index.tagSeries(name), TaggedName.parse(name)));
    for (int i : removed) {
      String name = series.get(i % series.size());
      boolean was = names.remove(TaggedName.parse(name).text()) != null;
      assertThat(index.delSeries(name)).isEqualTo(was);
    }
    List<String> texts = expressions.stream().map(Expression::text).toList();

    List<TaggedName> expected =
        names.values().stream()
            .filter(name -> expressions.stream().allMatch(e -> e.matches(name.tags())))
            .toList();
    Set<String> asked = expressions.stream().map(Expression::tag).collect(Collectors.toSet());
    Set<String> tags = new TreeSet<>();
    expected.forEach(name -> tags.addAll(name.tags().keySet()));
    tags.removeAll(asked);
    assertThat(index.findSeries(texts, ALL))
        .isEqualTo(expected.stream().map(TaggedName::text).sorted().toList());
    assertThat(index.autoCompleteTags(texts, "", ALL)).containsExactlyElementsOf(tags);
    assertThat(index.count()).isEqualTo(names.size());
    assertThat(counts(index, "a")).isEqualTo(counts(names, "a"));
  }

  private static Map<String, Long> counts(TagIndex index, String tag) {
    return index.values(tag, null, ALL).stream()
        .collect(Collectors.toMap(TagValue::value, TagValue::count));
  }

  private static Map<String, Long> counts(Map<String, TaggedName> names, String tag) {
    Map<String, Long> counts = new TreeMap<>();
    for (TaggedName name : names.values()) {
      if (name.tags().containsKey(tag)) {
        counts.merge(name.tags().get(tag), 1L, Long::sum);
      }
    }
    return counts;
  }

  @Provide
  Arbitrary<List<String>> series() {
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of("x", "xy", "y", "web1"),
            Arbitraries.integers().between(0, 99).map(i -> "v" + i));
    Arbitrary<String> tag =
        Combinators.combine(Arbitraries.of("a", "b", "c"), value).as((t, v) -> ";" + t + "=" + v);
    return Combinators.combine(Arbitraries.of("m", "n"), tag.list().ofMaxSize(3))
        .as((name, tags) -> name + String.join("", tags))
        .list()
        .ofMinSize(1)
        .ofMaxSize(300);
  }

  @Provide
  Arbitrary<List<Integer>> removed() {
    return Arbitraries.integers().between(0, 299).list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Expression>> expressions() {
    Arbitrary<String> value =
        Arbitraries.of(
            "", "x", "xy", "m", "v1", "web?1", "we*b", "web1", "xy?", "^x", "x|y", "v[0-4]", "v1+",
            "v{1}3", "(?i)X", ".*1", "y$", "$", "\\w1");
    return Combinators.combine(
            Arbitraries.of("a", "b", "c", "name", "no"),
            Arbitraries.of("=", "!=", "=~", "!=~"),
            value)
        .as(Expression::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
