package io.cadenza.writer.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  private static final long LAST_SECOND = 253_402_300_799L;

  /** What was written is looked for where it is: these never change. */
  @ParameterizedTest
  @CsvSource({
    "1, 86400",
    "5, 86400",
    "10, 604800",
    "30, 2592000",
    "60, 2592000",
    "300, 2592000",
    "600, 31536000",
    "3600, 315360000",
    "86400, 315360000"
  })
  void isAsLongAsAPartitionMayBe(int step, long seconds) {
    assertThat(Buckets.of(step).seconds()).isEqualTo(seconds);
  }

  @Property
  void hasNoMoreRowsThanIsGood(@ForAll @IntRange(min = 1, max = 100_000_000) int step) {
    assertThat(Buckets.of(step).seconds() / step).isLessThanOrEqualTo(100_000);
  }

  @Property
  void everyTimeIsInOneBucket(
      @ForAll @IntRange(min = 1, max = 86_400) int step,
      @ForAll @LongRange(min = -1_000_000, max = LAST_SECOND) long time) {
    Buckets buckets = Buckets.of(step);
    long end = buckets.endOf(time);

    assertThat(end).isGreaterThan(time).isLessThanOrEqualTo(time + buckets.seconds());
    assertThat(buckets.at(end - 1)).isEqualTo(buckets.at(time));
    assertThat(buckets.at(end)).isEqualTo(buckets.at(time) + 1);
  }

  @Property
  void allOfTimeIsInTheOnlyOne(@ForAll @LongRange(min = 0, max = LAST_SECOND) long time) {
    assertThat(Buckets.NONE.at(time)).isZero();
    assertThat(Buckets.NONE.endOf(time)).isEqualTo(Long.MAX_VALUE);
  }
}
