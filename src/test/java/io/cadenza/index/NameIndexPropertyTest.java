package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a sorted set of names and a matcher that tries everything. */
class NameIndexPropertyTest {
  private record Change(boolean added, String name) {}

  @Property(tries = 500)
  void holdsWhatASetWouldHold(@ForAll("changes") List<Change> changes) {
    NameIndex index = new NameIndex();
    TreeSet<String> set = new TreeSet<>(TextOrder.CODE_POINTS);
    for (Change change : changes) {
      boolean changed =
          change.added ? Names.add(index, change.name) : Names.remove(index, change.name);
      assertThat(changed).isEqualTo(change.added ? set.add(change.name) : set.remove(change.name));
    }

    assertThat(index.names()).containsExactlyElementsOf(set);
    assertThat(index.count()).isEqualTo(set.size());
    assertThat(changes).allMatch(c -> Names.contains(index, c.name) == set.contains(c.name));
  }

  @Property(tries = 4000)
  void findsWhatTheNaiveMatcherDoes(
      @ForAll("nameLists") List<String> names, @ForAll("queries") String query) {
    NameIndex index = Names.index(names.toArray(String[]::new));
    NaiveQuery naive = new NaiveQuery(query);
    Set<String> branches = branches(names);
    TreeSet<String> paths = new TreeSet<>(TextOrder.CODE_POINTS);
    paths.addAll(names);
    paths.addAll(branches);
    List<String> expected = paths.stream().filter(naive::matches).toList();

    assertThat(index.expand(query, false, 1000)).isEqualTo(expected);
    assertThat(index.expand(query, true, 1000))
        .isEqualTo(expected.stream().filter(names::contains).toList());
    List<Node> found = index.find(query, 1000);
    assertThat(found).isSortedAccordingTo(Comparator.comparing(Node::name, TextOrder.CODE_POINTS));
    assertThat(found.stream().map(Node::path).collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(expected));
    assertThat(found)
        .allMatch(node -> node.leaf() == names.contains(node.path()))
        .allMatch(node -> node.branch() == branches.contains(node.path()))
        .allMatch(node -> node.name().equals(lastOf(node.path())));
  }

  private static Set<String> branches(List<String> names) {
    Set<String> branches = new HashSet<>();
    for (String name : names) {
      for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
        branches.add(name.substring(0, dot));
      }
    }
    return branches;
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  @Property(tries = 2000)
  void anyBytesAreANameOrRefused(@ForAll byte[] key) {
    NameIndex index = new NameIndex();

    boolean added = index.add(key, 0, key.length);

    assertThat(index.contains(key, 0, key.length)).isEqualTo(added);
    assertThat(index.refused()).isEqualTo(added ? 0 : 1);
    assertThat(index.remove(key, 0, key.length)).isEqualTo(added);
  }

  @Property(tries = 2000)
  void anyTextIsAQueryOrRefused(@ForAll String query) {
    NameIndex index = Names.index("a", "a.b", "a;b=c");
    try {
      assertThat(index.find(query, 10)).hasSizeLessThan(4);
    } catch (IllegalArgumentException | TooManyException e) {
      assertThat(e).hasMessageMatching("(?s)(longer|more) than .*|.* stands for more than .*");
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Boolean> added = Arbitraries.of(true, true, false);
    return Combinators.combine(added, wideNames()).as(Change::new).list().ofMaxSize(400);
  }

  /** Some with many neighbours, and with what is ordered before a dot and beyond U+FFFF. */
  private Arbitrary<String> wideNames() {
    Arbitrary<String> component =
        Arbitraries.oneOf(
            Arbitraries.of("a", "a-", "a!", "a-b", "a0", "b", "\uffff", "é", "😀"),
            Arbitraries.integers().between(0, 300).map(i -> "n" + i));
    return component.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join(".", parts));
  }

  @Provide
  Arbitrary<List<String>> nameLists() {
    return Arbitraries.of("a", "b", "ab", "é", "a-b", "{", "}", "*", ",", "b\\")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join(".", parts))
        .list()
        .ofMaxSize(12)
        .map(names -> new ArrayList<>(new HashSet<>(names)));
  }

  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> part =
        Arbitraries.of(
            "a",
            "b",
            "é",
            "-",
            ".",
            ".",
            ".",
            "*",
            "*",
            "?",
            "[ab]",
            "[!a]",
            "[",
            "{",
            "}",
            ",",
            "{a,b}",
            "{a.b,?}",
            "**",
            "**.",
            ".**.",
            "\\*",
            "\\{",
            "\\",
            "{*,b{a,}}");
    return part.list().ofMaxSize(8).map(parts -> String.join("", parts));
  }
}
