package io.cadenza.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LoopsTest {
  @Test
  void aLoopHasTheSameNumberWheneverItAsks() {
    Loops loops = new Loops(2);

    assertThat(loops.here()).isEqualTo(loops.here());
  }

  @Test
  void everyLoopHasANumberOfItsOwn() throws InterruptedException, ExecutionException {
    Loops loops = new Loops(3);
    Set<Integer> numbers = new TreeSet<>();

    for (int i = 0; i < 3; i++) {
      numbers.add(onAThreadOfItsOwn(loops));
    }

    assertThat(numbers).containsExactly(0, 1, 2);
  }

  @Test
  void aThreadTooManyIsGivenANumberThatExists() throws InterruptedException, ExecutionException {
    Loops loops = new Loops(1);
    loops.here();

    assertThat(onAThreadOfItsOwn(loops)).isZero();
  }

  @Test
  void aLoopHasOneRouter() {
    Loops loops = new Loops(2);
    loops.claim();

    assertThatThrownBy(loops::claim)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two routers on event loop 0");
  }

  private static int onAThreadOfItsOwn(Loops loops)
      throws InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(loops::here).get();
    } finally {
      thread.shutdown();
    }
  }
}
