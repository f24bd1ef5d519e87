package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameIndexTest {
  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void saysWhetherANameIsNew() {
    NameIndex index = new NameIndex();

    assertThat(Names.add(index, "a.b.c")).isTrue();
    assertThat(Names.add(index, "a.b.c")).isFalse();
    assertThat(Names.add(index, "a.b.d")).isTrue();
    assertThat(Names.add(index, "a.b")).isTrue();
    assertThat(index.count()).isEqualTo(3);
    assertThat(index.refused()).isZero();
  }

  @Test
  void containsNamesButNotTheirBranches() {
    NameIndex index = Names.index("a.b.c");

    assertThat(Names.contains(index, "a.b.c")).isTrue();
    assertThat(Names.contains(index, "a.b")).isFalse();
    assertThat(Names.contains(index, "a.b.c.d")).isFalse();
    assertThat(Names.contains(index, "a.b.d")).isFalse();
    assertThat(Names.contains(index, "")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".a.b", "a.b.", "...a...b..."})
  void emptyComponentsDoNotCount(String name) {
    NameIndex index = Names.index("a.b");

    assertThat(Names.contains(index, name)).isTrue();
    assertThat(Names.add(index, name)).isFalse();
    assertThat(index.find(name, ALL)).containsExactly(new Node("a.b", "b", true, false));
    assertThat(Names.remove(index, name)).isTrue();
    assertThat(index.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "../../etc",
        "a.\0",
        "a\nb",
        "a\tb",
        "a\u007f",
        "a;b",
        ";a=b"
      })
  void refusesWhatIsNoName(String name) {
    NameIndex index = new NameIndex();

    assertThat(Names.add(index, name)).isFalse();
    assertThat(Names.contains(index, name)).isFalse();
    assertThat(index.count()).isZero();
    assertThat(index.refused()).isEqualTo(1);
    assertThat(index.names()).isEmpty();
  }

  @Test
  void refusesWhatIsNotUtf8() {
    NameIndex index = new NameIndex();
    byte[][] bad = {
      {'a', (byte) 0xff},
      {'a', (byte) 0xc3},
      {(byte) 0xc0, (byte) 0x80},
      {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0x80}
    };

    for (byte[] name : bad) {
      assertThat(index.add(name, 0, name.length)).isFalse();
    }
    assertThat(index.refused()).isEqualTo(bad.length);
  }

  @Test
  void takesNamesUpToABound() {
    NameIndex index = new NameIndex();
    String longest = "a".repeat(2000) + "." + "b".repeat(2095);
    String deepest = "d" + ".d".repeat(62);

    assertThat(Names.add(index, longest)).isTrue();
    assertThat(Names.add(index, longest + "b")).isFalse();
    assertThat(Names.add(index, deepest)).isTrue();
    assertThat(Names.add(index, deepest + ".d")).isFalse();
    assertThat(index.expand("**", true, ALL)).containsExactly(longest, deepest);
    assertThat(index.names()).containsExactly(longest, deepest);
    assertThat(index.expand("*" + ".*".repeat(62), true, ALL)).containsExactly(deepest);
  }

  @Test
  void takesSoManyNamesAndNoMore() {
    NameIndex index = new NameIndex(2, 1);

    assertThat(Names.add(index, "a")).isTrue();
    assertThat(Names.add(index, "b")).isTrue();
    assertThat(Names.add(index, "c")).isFalse();
    assertThat(Names.add(index, "a")).isFalse();
    assertThat(index.refused()).isEqualTo(1);
    assertThat(Names.add(index, "c;t=1")).isTrue();
    assertThat(Names.add(index, "d;t=1")).isFalse();
    Names.remove(index, "a");
    assertThat(Names.add(index, "c")).isTrue();
    assertThat(index.count()).isEqualTo(3);
  }

  @Test
  void aNameMayBeLeafAndBranch() {
    NameIndex index = Names.index("a.b", "a.b.c");

    assertThat(index.find("a.*", ALL)).containsExactly(new Node("a.b", "b", true, true));
    Names.remove(index, "a.b");
    assertThat(index.find("a.*", ALL)).containsExactly(new Node("a.b", "b", false, true));
    Names.add(index, "a.b");
    Names.remove(index, "a.b.c");
    assertThat(index.find("a.*", ALL)).containsExactly(new Node("a.b", "b", true, false));
  }

  @Test
  void removesTheBranchesThatLeadToNothing() {
    NameIndex index = Names.index("a.b.c.d", "a.b.e");

    assertThat(Names.remove(index, "a.b.c.d")).isTrue();
    assertThat(Names.remove(index, "a.b.c.d")).isFalse();
    assertThat(Names.remove(index, "a.b")).isFalse();
    assertThat(index.find("a.b.*", ALL)).containsExactly(new Node("a.b.e", "e", true, false));
    assertThat(Names.remove(index, "a.b.e")).isTrue();
    assertThat(index.find("*", ALL)).isEmpty();
  }

  @Test
  void findsByNameWithTheRealPath() {
    NameIndex index = Names.index("x.web2.cpu", "x.web1.mem", "x.web1.cpu", "y.web1.cpu");

    assertThat(index.find("x.*.*", ALL))
        .containsExactly(
            new Node("x.web1.cpu", "cpu", true, false),
            new Node("x.web2.cpu", "cpu", true, false),
            new Node("x.web1.mem", "mem", true, false));
    assertThat(index.find("x.web1", ALL)).containsExactly(new Node("x.web1", "web1", false, true));
    assertThat(index.find("", ALL)).isEmpty();
    assertThat(index.find("x.web1.cpu.user", ALL)).isEmpty();
  }

  @Test
  void expandsToPathsInOrder() {
    NameIndex index = Names.index("b.x", "a-b.x", "a", "a.x", "a.x.y");

    assertThat(index.expand("*", false, ALL)).containsExactly("a", "a-b", "b");
    assertThat(index.expand("*", true, ALL)).containsExactly("a");
    assertThat(index.expand("*.*", true, ALL)).containsExactly("a-b.x", "a.x", "b.x");
  }

  @Test
  void bracesMayHoldDots() {
    NameIndex index = Names.index("a.b.x", "a.c.d.x", "a.e.x");

    assertThat(index.expand("a.{b,c.d}.x", true, ALL)).containsExactly("a.b.x", "a.c.d.x");
    assertThat(index.expand("a.{b,b,?,c.d,*.d}.x", true, ALL))
        .containsExactly("a.b.x", "a.c.d.x", "a.e.x");
  }

  /** As graphite-web's own tests have it. */
  @Test
  void twoStarsStandForAnyDepth() {
    NameIndex index = Names.index("x.x", "x._.x", "x._._.x", "x.x.o", "o.x.x", "x._.x._.o", "x");

    assertThat(index.expand("x.**.x", true, ALL)).containsExactly("x._._.x", "x._.x", "x.x");
    assertThat(index.expand("o.**", false, ALL)).containsExactly("o.x", "o.x.x");
    assertThat(index.expand("**.o", true, ALL)).containsExactly("x._.x._.o", "x.x.o");
    assertThat(index.expand("x.**.**._.**.o", true, ALL)).containsExactly("x._.x._.o");
    assertThat(index.expand("**", true, ALL)).hasSize(7);
    assertThat(index.expand("x**", false, ALL)).containsExactly("x");
  }

  @Test
  void saysWhatIsTooMuch() {
    NameIndex index = Names.index("a.b", "a.c", "a.d");

    assertThat(index.find("a.*", 3)).hasSize(3);
    assertThatThrownBy(() -> index.find("a.*", 2))
        .isInstanceOf(TooManyException.class)
        .hasMessage("more than 2 names match a.*");
    assertThat(index.expand("*", true, 0)).isEmpty();
    assertThatThrownBy(() -> index.expand("*", false, 0)).isInstanceOf(TooManyException.class);
  }

  @Test
  void refusesQueriesBeyondItsBounds() {
    NameIndex index = Names.index("a");

    assertThatThrownBy(() -> index.find("a".repeat(65_537), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("longer than 65536 characters: aaa");
    assertThatThrownBy(() -> index.find("a.".repeat(64), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("more than 63 components: a.a.");
    assertThatThrownBy(() -> index.find(("{" + "a,".repeat(999) + "}.").repeat(11), ALL))
        .isInstanceOf(TooManyException.class);
  }

  @Test
  void cutsOffASearchThatLooksAtTooMuch() {
    NameIndex index = new NameIndex();
    IntStream.range(0, 30_000).forEach(i -> Names.add(index, "a" + i));
    StringBuilder query = new StringBuilder("{");
    IntStream.range(0, 5000).forEach(i -> query.append("*x").append(i).append(','));

    assertThatThrownBy(() -> index.find(query.append("b}").toString(), ALL))
        .isInstanceOf(TooManyException.class)
        .hasMessageContaining("takes more than 100000000 steps");
  }

  @Test
  void seriesWithTagsAreNotInTheTree() {
    NameIndex index = Names.index("a.b;x=1;c=2", "a.c");

    assertThat(index.expand("**", true, ALL)).containsExactly("a.c");
    assertThat(index.names()).containsExactly("a.c");
    assertThat(index.count()).isEqualTo(2);
    assertThat(Names.contains(index, "a.b;c=2;x=1")).isTrue();
    assertThat(Names.contains(index, "a.b;x=1;c=2")).isTrue();
    assertThat(Names.add(index, "a.b;c=3;c=2;x=1")).isFalse();
    assertThat(index.tags().findSeries(List.of("name=a.b"), ALL)).containsExactly("a.b;c=2;x=1");
    assertThat(index.find("a.b;x=1;c=2", ALL))
        .containsExactly(new Node("a.b;c=2;x=1", "a.b;c=2;x=1", true, false));
    assertThat(index.find("a.b;x=2", ALL)).isEmpty();
    assertThat(Names.remove(index, "a.b;x=1;c=2")).isTrue();
    assertThat(index.count()).isEqualTo(1);
  }

  @Test
  void slashesMayBeInTags() {
    assertThat(Names.add(new NameIndex(), "disk.used;mount=/var")).isTrue();
    assertThat(Names.add(new NameIndex(), "disk.used;mount=\n")).isFalse();
  }

  @Test
  void keepsManyNeighboursInOrderWhateverTheOrderTheyComeIn() {
    List<String> names = new ArrayList<>();
    IntStream.range(0, 20_000).forEach(i -> names.add("flat.n" + (100_000 + i * 7)));
    for (int round = 0; round < 3; round++) {
      List<String> sorted = List.copyOf(names);
      List<String> order = new ArrayList<>(names);
      if (round == 1) {
        Collections.reverse(order);
      } else if (round == 2) {
        Collections.shuffle(order, new Random(1));
      }
      NameIndex index = new NameIndex();
      order.forEach(name -> assertThat(Names.add(index, name)).isTrue());

      assertThat(index.names()).containsExactlyElementsOf(sorted);
      assertThat(order).allMatch(name -> Names.contains(index, name));
      Collections.shuffle(order, new Random(2));
      order.subList(0, 19_900).forEach(name -> assertThat(Names.remove(index, name)).isTrue());
      List<String> rest = order.subList(19_900, 20_000).stream().sorted().toList();
      assertThat(index.expand("flat.*", true, ALL)).containsExactlyElementsOf(rest);
    }
  }

  @Test
  void containsAllocatesNothing() {
    NameIndex index = new NameIndex();
    IntStream.range(0, 10_000).forEach(i -> Names.add(index, "servers.web" + i + ".cpu.load"));
    byte[] known = "servers.web777.cpu.load".getBytes(StandardCharsets.UTF_8);
    byte[] unknown = "servers.web777.cpu.user".getBytes(StandardCharsets.UTF_8);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int found = lookUp(index, known, unknown);

    long before = threads.getCurrentThreadAllocatedBytes();
    found += lookUp(index, known, unknown);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(found).isEqualTo(20_000);
    assertThat(allocated).isLessThan(10_000);
  }

  private static int lookUp(NameIndex index, byte[] known, byte[] unknown) {
    int found = 0;
    for (int i = 0; i < 10_000; i++) {
      found += index.contains(known, 0, known.length) ? 1 : 0;
      found += index.contains(unknown, 0, unknown.length) ? 1 : 0;
    }
    return found;
  }
}
