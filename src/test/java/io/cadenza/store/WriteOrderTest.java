package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteOrderTest {
  private final WriteOrder order = new WriteOrder();

  private static CachedSeries series(String key) {
    return new CachedSeries(key.getBytes(UTF_8), 0, 0, 0);
  }

  private void found(int points, String... keys) {
    for (String key : keys) {
      order.found(series(key), points);
    }
  }

  private List<String> round(boolean fewFirst) {
    order.begin(fewFirst);
    List<String> keys = new ArrayList<>();
    while (!order.isOver()) {
      keys.add(new String(order.next().key, UTF_8));
    }
    return keys;
  }

  @Test
  void thoseWithTheMostPointsAreFirst() {
    order.part();
    found(1, "one");
    found(5000, "many");
    found(3, "three");
    found(1024, "as-many");

    assertThat(round(false)).containsExactly("many", "as-many", "three", "one");
  }

  @Test
  void orThoseWithTheFewest() {
    order.part();
    found(3, "three");
    found(1, "one");
    found(2000, "many");

    assertThat(round(true)).containsExactly("one", "three", "many");
  }

  @Test
  void ofAsManyPointsEachPartHasItsTurn() {
    order.part();
    found(1, "a1", "a2", "a3");
    order.part();
    order.part();
    found(1, "c1");
    order.part();
    found(1, "d1", "d2");

    assertThat(round(false)).containsExactly("a1", "c1", "d1", "a2", "d2", "a3");
  }

  @Test
  void aRoundKnowsNothingOfTheOneBefore() {
    for (int size : new int[] {1000, 0, 3, 20}) {
      order.clear();
      for (int part = 0; part < 20; part++) {
        order.part();
        found(1, Collections.nCopies(size, "k").toArray(String[]::new));
      }

      assertThat(round(false)).hasSize(20 * size);
    }
  }
}
