package io.cadenza.writer.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KnownTest {
  private static Interval interval(double value) {
    return new Interval(value, value, value, value, value, 1);
  }

  private final Known known = new Known();

  @Test
  void knowsNothingAtFirst() {
    assertThat(known.knows(0)).isFalse();
    assertThat(known.knows(1_000)).isFalse();
  }

  @Test
  void knowsThatNothingIsInASpanButWhatIsLearnt() {
    known.learnSpan(100, 200);
    known.learn(150, interval(1));

    assertThat(known.knows(99)).isFalse();
    assertThat(known.knows(100)).isTrue();
    assertThat(known.at(100)).isNull();
    assertThat(known.at(150)).isEqualTo(interval(1));
    assertThat(known.knows(200)).isFalse();
  }

  @Test
  void joinsSpansThatTouch() {
    known.learnSpan(100, 200);
    known.learnSpan(200, 300);
    known.learnSpan(50, 120);

    assertThat(known.knows(50)).isTrue();
    assertThat(known.knows(299)).isTrue();
    assertThat(known.knows(300)).isFalse();
  }

  @Test
  void keepsTheLaterOfSpansThatDoNotTouch() {
    known.learnSpan(100, 200);
    known.learnSpan(10, 20);
    known.learnSpan(400, 500);

    assertThat(known.knows(15)).isFalse();
    assertThat(known.knows(150)).isFalse();
    assertThat(known.knows(450)).isTrue();
  }

  @Test
  void doesNotTakeWhatItForgetsForNothing() {
    known.learnSpan(100, 200);
    for (int time = 100; time < 150; time += 10) {
      known.learn(time, interval(time));
    }

    known.keepNewest(2);

    assertThat(known.size()).isEqualTo(2);
    assertThat(known.knows(120)).isFalse();
    assertThat(known.at(130)).isEqualTo(interval(130));
    assertThat(known.at(140)).isEqualTo(interval(140));
    assertThat(known.knows(150)).isTrue();
    assertThat(known.at(150)).isNull();
  }

  /** Whatever is learnt and forgotten: what is known is what is stored. */
  @Property(tries = 300)
  void isNeverWrong(@ForAll long seed) {
    var random = new Random(seed);
    var stored = new TreeMap<Long, Interval>();
    Known some = new Known();
    for (int i = 0; i < 60; i++) {
      long time = random.nextInt(40);
      switch (random.nextInt(4)) {
        case 0 -> {
          stored.put(time, interval(i));
          some.learn(time, interval(i));
        }
        case 1 -> some.learn(time, stored.get(time));
        case 2 -> {
          long end = time + 1 + random.nextInt(15);
          stored.subMap(time, end).forEach(some::learn);
          some.learnSpan(time, end);
        }
        default -> some.keepNewest(random.nextInt(4));
      }
      for (long t = -1; t < 60; t++) {
        if (some.knows(t)) {
          assertThat(some.at(t)).isEqualTo(stored.get(t));
        }
      }
    }
  }
}
