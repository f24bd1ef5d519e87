package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.Leave;
import io.cadenza.output.Bench.Destination;
import io.cadenza.scenario.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a cluster that take over what waits for one of them. */
class HandOverTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static Set<String> numbers(int to) {
    return new HashSet<>(IntStream.range(0, to).mapToObj(i -> "n." + i + " 1 1700000000").toList());
  }

  private static List<Substitute> as(Destination... others) {
    return Stream.of(others).map(o -> new Substitute(o.state, o.figures)).toList();
  }

  @Test
  void givesAllThatWaitsToThoseThatAreUpWhenItGoesDown() throws Exception {
    try (Peer one = Peer.that(Peer::readAll);
        Peer two = Peer.that(Peer::readAll)) {
      Destination first = bench.to(one.url(), "");
      Destination second = bench.to(two.url(), "");
      Destination gone = bench.to("tcp://127.0.0.1:" + Ports.free(), "");
      gone.sendNumbers(0, 1000, 10);
      Bench.until(() -> assertThat(gone.failures("refused")).isPositive());
      assertThat(gone.figure("queue-lines")).isEqualTo(1000);

      gone.substitutes = as(first, second);
      gone.sendNumbers(1000, 2000, 10);

      Set<String> came = new HashSet<>();
      Bench.until(
          () -> {
            came.addAll(one.lines());
            came.addAll(two.lines());
            assertThat(came).isEqualTo(numbers(2000));
          });
      assertThat(one.lines().size() + two.lines().size()).isEqualTo(2000);
      assertThat(one.lines()).isNotEmpty();
      assertThat(two.lines()).isNotEmpty();
      assertThat(gone.figure("handed-over")).isEqualTo(2000);
      gone.stop();
      first.stop();
      second.stop();
    }
  }

  @Test
  void keepsItsLinesWhileTheOthersAreDownAsWell() {
    Destination other = bench.to("tcp://127.0.0.1:" + Ports.free(), "");
    Destination gone = bench.to("tcp://127.0.0.1:" + Ports.free(), "");
    Bench.until(() -> assertThat(other.state.up()).isFalse());
    gone.substitutes = as(other);

    gone.sendNumbers(0, 1000, 10);

    Bench.until(() -> assertThat(gone.failures("refused")).isGreaterThan(3));
    assertThat(gone.figure("handed-over")).isZero();
    assertThat(gone.figure("queue-lines")).isEqualTo(1000);
    gone.stop();
    other.stop();
  }

  @Test
  void givesNothingToAnotherThatIsAboutToStop() throws Exception {
    try (Peer peer = Peer.that(Peer::readAll)) {
      Destination other = bench.to(peer.url(), "");
      Destination gone = bench.to("tcp://127.0.0.1:" + Ports.free(), "");
      Bench.until(() -> assertThat(gone.state.up()).isFalse());
      other.state.leave(new Leave(Duration.ZERO, Duration.ofMillis(100), true));
      gone.substitutes = as(other);

      gone.sendNumbers(0, 100, 10);

      Bench.until(() -> assertThat(gone.failures("refused")).isGreaterThan(3));
      assertThat(gone.figure("handed-over")).isZero();
      assertThat(gone.figure("queue-lines")).isEqualTo(100);
      gone.stop();
      other.stop();
    }
  }

  @Test
  void givesWhatComesToOthersWhenItIsAlmostFull() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Peer.Behaviour mute = (socket, number, own) -> await(over);
    try (Peer slow = Peer.that(mute);
        Peer quick = Peer.that(Peer::readAll)) {
      Destination other = bench.to(quick.url(), "");
      Destination full = bench.to(slow.url(), "queue = 256KiB");
      full.substitutes = as(other);

      int[] sent = new int[1];
      Bench.until(
          () -> {
            full.sendNumbers(sent[0], sent[0] += 5000, 100);
            assertThat(quick.lines()).hasSizeGreaterThan(10_000);
          });

      Bench.until(() -> assertThat(full.state.queue().full()).isFalse());
      full.stop();
      other.settle();
      other.stop();
      over.countDown();
    }
  }

  @Test
  void spoolsOnlyWhatNobodyTakes(@TempDir Path folder) throws Exception {
    try (Peer one = Peer.that(Peer::readAll)) {
      Destination other = bench.to(one.url(), "");
      String nowhere = "tcp://127.0.0.1:" + Ports.free();
      Destination gone = bench.spooling(nowhere, folder, "", "sync = none");
      gone.substitutes = as(other);
      Bench.until(() -> assertThat(gone.state.up()).isFalse());

      gone.sendNumbers(0, 1000, 10);

      Bench.until(() -> assertThat(new HashSet<>(one.lines())).isEqualTo(numbers(1000)));
      assertThat(gone.figure("spooled")).isZero();
      gone.stop();
      other.stop();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
