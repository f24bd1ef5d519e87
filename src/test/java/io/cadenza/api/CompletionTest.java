package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static final double NONE = Double.NaN;

  private static Fetched fetched(long start, int step, double... values) {
    return new Fetched(start, step, Aggregate.LAST, values, null);
  }

  @Test
  void theMoreCompleteCountsAndTheOtherFillsIt() {
    Fetched less = fetched(100, 10, 1, NONE, NONE);
    Fetched more = fetched(100, 10, NONE, 2, 3);

    assertThat(Completion.of(less, more)).isSameAs(more);
    assertThat(more.values()).containsExactly(1, 2, 3);
  }

  @Test
  void ofTwoAsCompleteTheFirstCounts() {
    Fetched first = fetched(100, 10, 1, NONE);

    assertThat(Completion.of(first, fetched(100, 10, 5, NONE))).isSameAs(first);
    assertThat(first.values()[0]).isEqualTo(1);
  }

  @Test
  void otherIntervalsFillNothing() {
    Fetched more = fetched(100, 10, 1, NONE, 3);

    assertThat(Completion.of(more, fetched(100, 60, 2))).isSameAs(more);
    assertThat(Completion.of(more, fetched(110, 10, 2, 2))).isSameAs(more);
    assertThat(more.values()[1]).isNaN();
  }

  @Test
  void figuresAreFilledToo() {
    Fetched more = new Fetched(0, 1, Aggregate.LAST, new double[] {1, NONE, 2}, columns(3));
    Fetched less = new Fetched(0, 1, Aggregate.LAST, new double[] {NONE, 5, NONE}, columns(3));
    less.columns().sum()[1] = 7;
    less.columns().count()[1] = 2;

    Fetched both = Completion.of(more, less);

    assertThat(both.values()).containsExactly(1, 5, 2);
    assertThat(both.columns().sum()[1]).isEqualTo(7);
    assertThat(both.columns().count()[1]).isEqualTo(2);
  }

  private static Fetched.Columns columns(int size) {
    return Fetched.Columns.of(size);
  }
}
