package io.cadenza.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private int ended;
  private final Failures failures =
      new Failures(meters, InstantSource.fixed(Instant.EPOCH), () -> ended++);

  private long count() {
    return meters.process().counter("failures", "").sum();
  }

  @Test
  void countsMistakesAndGoesOn() {
    failures.happened(new IllegalStateException("a mistake"));
    failures.uncaughtException(Thread.currentThread(), new StackOverflowError());

    assertThat(count()).isEqualTo(2);
    assertThat(ended).isZero();
  }

  @Test
  void endsTheProcessWhenTheHeapIsFull() {
    failures.happened(new RuntimeException(new OutOfMemoryError("Java heap space")));

    assertThat(ended).isEqualTo(1);
  }
}
