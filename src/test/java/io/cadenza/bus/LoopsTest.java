package io.cadenza.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopsTest {
  @Test
  void findsTheRouterOfTheCurrentLoop() {
    Loops loops = new Loops();
    loops.enrol(3);

    assertThat(loops.here()).isEqualTo(3);
    assertThat(loops.count()).isOne();
  }

  @Test
  void spreadsThoseWithoutARouterOverAll() throws InterruptedException {
    Loops loops = new Loops();
    for (int i = 0; i < 3; i++) {
      int index = i;
      Thread loop = new Thread(() -> loops.enrol(index));
      loop.start();
      loop.join();
    }

    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      found.add(loops.here());
    }

    assertThat(found).containsExactly(0, 1, 2, 0, 1, 2);
  }
}
