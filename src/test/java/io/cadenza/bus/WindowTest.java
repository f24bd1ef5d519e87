package io.cadenza.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WindowTest {
  @Test
  void hasRoomUntilTheBoundIsReached() {
    Window window = new Window(10);

    assertThat(window.take(9)).isTrue();
    assertThat(window.full()).isFalse();
    assertThat(window.take(1)).isFalse();
    assertThat(window.full()).isTrue();
  }

  @Test
  void takesAPieceThatIsLargerThanTheWholeBound() {
    Window window = new Window(10);

    assertThat(window.take(1000)).isFalse();
    assertThat(window.taken()).isEqualTo(1000);
  }

  @Test
  void wakesWhoWaitsWhenHalfIsFreeAndNotBefore() {
    Window window = new Window(10);
    AtomicInteger woken = new AtomicInteger();
    window.take(12);
    window.whenRoom(woken::incrementAndGet);

    window.giveBack(6);
    assertThat(woken).hasValue(0);
    window.giveBack(1);
    assertThat(woken).hasValue(1);
  }

  @Test
  void wakesAtOnceWhenThereIsRoomAlready() {
    Window window = new Window(10);
    AtomicInteger woken = new AtomicInteger();

    window.whenRoom(woken::incrementAndGet);

    assertThat(woken).hasValue(1);
  }

  @Test
  void wakesEveryoneWhoWaitsOnce() {
    Window window = new Window(10);
    List<String> woken = new ArrayList<>();
    window.take(10);
    window.whenRoom(() -> woken.add("first"));
    window.whenRoom(() -> woken.add("second"));

    window.giveBack(10);
    window.take(10);
    window.giveBack(10);

    assertThat(woken).containsExactly("first", "second");
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(-1, 8).list().ofMaxSize(200);
  }

  /** 1 to 8: take so much; 0: give the oldest piece back; -1: leave word. */
  @Property(tries = 500)
  void neverKeepsAnyoneWaitingWhileHalfIsFree(
      @ForAll("steps") List<Integer> steps, @ForAll @IntRange(min = 1, max = 20) int limit) {
    Window window = new Window(limit);
    Deque<Integer> out = new ArrayDeque<>();
    AtomicInteger woken = new AtomicInteger();
    int asked = 0;
    long taken = 0;
    for (int step : steps) {
      if (step > 0) {
        out.add(step);
        taken += step;
        assertThat(window.take(step)).isEqualTo(taken < limit);
      } else if (step == 0 && !out.isEmpty()) {
        taken -= out.peek();
        window.giveBack(out.remove());
      } else if (step < 0) {
        asked++;
        window.whenRoom(woken::incrementAndGet);
      }
      assertThat(window.taken()).isEqualTo(taken);
      assertThat(window.full()).isEqualTo(taken >= limit);
      assertThat(woken.get()).isLessThanOrEqualTo(asked);
      if (taken <= limit / 2) {
        assertThat(woken).hasValue(asked);
      }
    }
  }

  @Test
  @Timeout(60)
  void losesNoWakeUpBetweenTwoThreads() throws Exception {
    Window window = new Window(1);
    SynchronousQueue<Integer> pieces = new SynchronousQueue<>();
    int rounds = 20_000;
    CountDownLatch done = new CountDownLatch(1);
    Thread receiver =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < rounds; i++) {
                  window.giveBack(pieces.take());
                }
                done.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    receiver.start();

    Semaphore woken = new Semaphore(0);
    for (int i = 0; i < rounds; i++) {
      window.take(1);
      pieces.put(1);
      // Races with giveBack on the other thread: whoever is last has to wake.
      window.whenRoom(woken::release);
      assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).as("round %d", i).isTrue();
    }

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(window.taken()).isZero();
    assertThat(woken.availablePermits()).isZero();
  }
}
