package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.index.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of several stores are found as if they were in one. */
class FinderTest {
  private final Holding one =
      ApiRig.holding("one", List.of("a.b", "a.c", "b", "z.\uff5e"), new SlowStore());
  private final Holding two =
      ApiRig.holding("two", List.of("a.b.x", "a.c", "c", "z.\ud83d\ude00"), new SlowStore());
  private final Finder finder = new Finder(() -> List.of(one, two), 4);

  @Test
  void aNodeIsWhatItIsInAnyOfThem() {
    assertThat(finder.find("a.*"))
        .containsExactly(new Node("a.b", "b", true, true), new Node("a.c", "c", true, false));
  }

  @Test
  void pathsAreThereOnce() {
    assertThat(finder.expand("*", false)).containsExactly("a", "b", "c", "z");
    assertThat(finder.expand("*", true)).containsExactly("b", "c");
  }

  @Test
  void seriesKnowTheirStores() {
    assertThat(finder.series("a.*").keySet()).containsExactly("a.b", "a.c");
    assertThat(finder.series("a.*").get("a.b")).containsExactly(one);
    assertThat(finder.series("a.*").get("a.c")).containsExactly(one, two);
  }

  /** Characters beyond U+FFFF are behind all others, as their bytes are. */
  @Test
  void namesOfAllAreInOrder() {
    List<String> names = new ArrayList<>();
    finder.names().forEachRemaining(names::add);

    assertThat(names)
        .containsExactly("a.b", "a.b.x", "a.c", "b", "c", "z.\uff5e", "z.\ud83d\ude00");
  }

  @Test
  void whatIsTooMuchTogetherIsRefused() {
    Finder narrow = new Finder(() -> List.of(one, two), 3);

    assertThatThrownBy(() -> narrow.expand("*", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("More than 3");
  }

  @Test
  void withoutAStoreThereIsNothing() {
    Finder none = new Finder(List::of, 4);

    assertThat(none.find("*")).isEmpty();
    assertThat(none.expand("*", false)).isEmpty();
    assertThat(none.names()).isExhausted();
  }
}
