package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.route.MatcherConfig.Condition;
import io.cadenza.route.MatcherConfig.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MatcherTableTest {
  @Test
  void looksAtTheNameOnlyUnlessAskedForTags() {
    MatcherTable.Builder builder = new MatcherTable.Builder();
    int name = builder.add(matcher(false, Kind.SUBSTRING, "east"));
    int tagged = builder.add(matcher(true, Kind.SUBSTRING, "east"));
    MatcherTable table = builder.build();

    int byTag = outcome(table, "disk;dc=east");
    int byName = outcome(table, "east.disk");

    assertThat(table.holds(name, byTag)).isFalse();
    assertThat(table.holds(tagged, byTag)).isTrue();
    assertThat(table.holds(name, byName)).isTrue();
    assertThat(table.holds(tagged, byName)).isTrue();
  }

  @Test
  void endsTheNameForADollarAtTheFirstTag() {
    MatcherTable.Builder builder = new MatcherTable.Builder();
    int end = builder.add(matcher(false, Kind.REGEX, "used$"));
    MatcherTable table = builder.build();

    assertThat(table.holds(end, outcome(table, "disk.used;dc=east"))).isTrue();
  }

  @Test
  void holdsForEveryKeyWithoutConditions() {
    MatcherTable.Builder builder = new MatcherTable.Builder();
    int all = builder.add(MatcherConfig.ALL);
    MatcherTable table = builder.build();

    assertThat(table.indifferent()).isTrue();
    assertThat(table.holds(all, outcome(table, "anything"))).isTrue();
  }

  @Provide
  Arbitrary<List<MatcherConfig>> matchers() {
    Arbitrary<Condition> condition =
        Arbitraries.of(Kind.values())
            .flatMap(
                kind ->
                    (kind == Kind.REGEX || kind == Kind.NOT_REGEX
                            ? Arbitraries.of("^a", "b$", "a.*b", "[0-9]+", ";t=(a|b)", "^[^;]*$")
                            : Arbitraries.of("a", "b", "ab", "t=a", ";", "1"))
                        .map(text -> new Condition(kind, text)));
    return Combinators.combine(condition.list().ofMaxSize(3), Arbitraries.of(true, false))
        .as(MatcherConfig::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> keys() {
    return Combinators.combine(
            Arbitraries.strings().withChars("ab1.").ofMinLength(1).ofMaxLength(6),
            Arbitraries.of("", ";t=a", ";t=b", ";u=1;t=a"))
        .as((name, tags) -> name + tags)
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 300)
  void agreesWithEachConditionByItself(
      @ForAll("matchers") List<MatcherConfig> matchers, @ForAll("keys") List<String> keys) {
    MatcherTable.Builder builder = new MatcherTable.Builder();
    matchers.forEach(builder::add);
    MatcherTable table = builder.build();

    for (String key : keys) {
      int outcome = outcome(table, key);
      List<Boolean> found = new ArrayList<>();
      List<Boolean> expected = new ArrayList<>();
      for (int i = 0; i < matchers.size(); i++) {
        found.add(table.holds(i, outcome));
        expected.add(holds(matchers.get(i), key));
      }
      assertThat(found).as(key).isEqualTo(expected);
    }
  }

  private static boolean holds(MatcherConfig matcher, String key) {
    String seen = matcher.tags() ? key : key.replaceAll(";.*", "");
    return matcher.conditions().stream()
        .allMatch(
            condition ->
                switch (condition.kind()) {
                  case PREFIX -> seen.startsWith(condition.text());
                  case NOT_PREFIX -> !seen.startsWith(condition.text());
                  case SUBSTRING -> seen.contains(condition.text());
                  case NOT_SUBSTRING -> !seen.contains(condition.text());
                  case REGEX -> Pattern.compile(condition.text()).matcher(seen).find();
                  case NOT_REGEX -> !Pattern.compile(condition.text()).matcher(seen).find();
                });
  }

  private static MatcherConfig matcher(boolean tags, Kind kind, String text) {
    return new MatcherConfig(List.of(new Condition(kind, text)), tags);
  }

  private static int outcome(MatcherTable table, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return table.outcome(bytes, 0, bytes.length);
  }
}
