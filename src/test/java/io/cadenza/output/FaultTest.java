package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.output.Bench.Destination;
import io.cadenza.scenario.Ports;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private static List<String> numbers(int to) {
    return IntStream.range(0, to).mapToObj(i -> "n." + i + " 1 1700000000").toList();
  }

  @Test
  void keepsLinesForAPeerThatRefusesUntilItListens() throws Exception {
    int port = Ports.free();
    Destination destination = bench.to("tcp://127.0.0.1:" + port, "");
    destination.sendNumbers(0, 1000, 10);
    Bench.until(() -> assertThat(destination.failures("refused")).isGreaterThan(2));
    assertThat(destination.state.up()).isFalse();
    assertThat(destination.figure("connections")).isZero();

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      destination.settle();
      Bench.until(() -> assertThat(peer.lines()).isEqualTo(numbers(1000)));
      assertThat(destination.state.up()).isTrue();
      destination.stop();
    }
  }

  @Test
  void arraysOfLinesThatWereWrittenComeBackOnceTheyWillNotBeWrittenAgain() throws Exception {
    try (Peer peer = Peer.that(Peer::readAll)) {
      Destination kept = bench.to(peer.url(), "resend = 1MiB");
      kept.sendNumbers(0, 1000, 100);
      kept.settle();
      assertThat(kept.cameBack()).isZero();
      kept.stop();
      assertThat(kept.cameBack()).isEqualTo(10);

      Destination forgotten = bench.to(peer.url(), "resend = 0");
      forgotten.sendNumbers(0, 1000, 100);
      Bench.until(() -> assertThat(forgotten.cameBack()).isEqualTo(10));
      forgotten.stop();
    }
  }

  @Test
  void arraysOfWhatIsDroppedDoNotComeBack() throws Exception {
    Destination destination = bench.to("tcp://127.0.0.1:" + Ports.free(), "shutdown-deadline = 0s");
    destination.sendNumbers(0, 100, 10);
    destination.stop();

    assertThat(destination.dropped("shutdown")).isEqualTo(100);
    assertThat(destination.cameBack()).isZero();
  }

  @Test
  void bringsEveryLineToAPeerThatClosesHalfWay() throws Exception {
    Peer.Behaviour half =
        (socket, number, peer) -> peer.read(socket, number < 3 ? 700 : Integer.MAX_VALUE);
    try (Peer peer = Peer.that(half)) {
      Destination destination = bench.to(peer.url(), "");

      destination.sendNumbers(0, 20_000, 100);

      Bench.until(() -> assertThat(new HashSet<>(peer.lines())).hasSize(20_000));
      destination.settle();
      List<String> came = peer.lines();
      assertThat(came.stream().distinct()).isEqualTo(numbers(20_000));
      assertThat(destination.figure("lines-out")).isEqualTo(20_000);
      assertThat(came.size() - 20_000L).isBetween(0L, destination.figure("resent"));
      assertThat(destination.figure("disconnects")).isEqualTo(3);
      destination.stop();
    }
  }

  @Test
  void slowsItsSenderOnlyForAPeerThatNeverReads() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Peer.Behaviour deaf =
        (socket, number, peer) -> {
          if (number == 0) {
            await(over);
          } else {
            Peer.readAll(socket, number, peer);
          }
        };
    try (Peer peer = Peer.that(deaf);
        Peer healthy = Peer.that(Peer::readAll)) {
      Destination slow =
          bench.to(peer.url(), "write-timeout = 500ms, queue = 256KiB, resend = 64MiB");
      Destination other = bench.to(healthy.url(), "");
      int[] sent = new int[1];

      Bench.until(
          () -> {
            while (!slow.state.blocks() && slow.failures("stalled") == 0) {
              slow.sendNumbers(sent[0], sent[0] += 1000, 1000);
            }
            assertThat(slow.failures("stalled")).isPositive();
          });
      assertThat(slow.state.queue().taken()).isLessThan(320 * 1024);
      other.sendNumbers(0, 20_000, 100);
      other.settle();

      Bench.until(() -> assertThat(new HashSet<>(peer.lines())).hasSize(sent[0]));
      slow.settle();
      Bench.until(() -> assertThat(healthy.lines()).hasSize(20_000));
      assertThat(slow.figure("dropped") + other.figure("resent")).isZero();
      slow.stop();
      over.countDown();
    }
  }

  @Test
  void dropsTheOldestForAPeerThatNeverReads() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Peer peer = Peer.that((socket, number, p) -> await(over))) {
      Destination destination =
          bench.to(peer.url(), "queue = 256KiB, on-full = drop-oldest, connections = 2");

      int[] sent = new int[1];
      Bench.until(
          () -> {
            destination.sendNumbers(sent[0], sent[0] += 10_000, 500);
            assertThat(destination.dropped("queue-full")).isGreaterThan(20_000);
          });

      Bench.until(() -> assertThat(destination.state.queue().taken()).isLessThan(320 * 1024));
      assertThat(destination.state.blocks()).isFalse();
      destination.stop();
      assertThat(destination.dropped("shutdown")).isPositive();
      over.countDown();
    }
  }

  @Test
  void bringsAgainWhatTheKernelsHeldForAPeerThatHungAndDied() throws Exception {
    CountDownLatch dies = new CountDownLatch(1);
    Peer.Behaviour hangs =
        (socket, number, own) -> {
          if (number > 0) {
            Peer.readAll(socket, number, own);
            return;
          }
          own.read(socket, 1000);
          await(dies);
          socket.setSoLinger(true, 0);
        };
    try (Peer peer = Peer.that(hangs)) {
      Destination destination = bench.to(peer.url(), "resend = 64KiB");
      destination.sendNumbers(0, 200_000, 500);
      Bench.until(() -> assertThat(destination.figure("lines-out")).isGreaterThan(20_000));

      dies.countDown();

      Bench.until(() -> assertThat(new HashSet<>(peer.lines())).hasSize(200_000));
      destination.settle();
      destination.stop();
    }
  }

  @Test
  void doesNotTrustAPeerThatAcceptsAndCloses() throws Exception {
    AtomicBoolean well = new AtomicBoolean();
    Peer.Behaviour flaps =
        (socket, number, peer) -> {
          if (well.get()) {
            Peer.readAll(socket, number, peer);
          }
        };
    try (Peer peer = Peer.that(flaps)) {
      Destination destination = bench.to(peer.url(), "");
      destination.sendNumbers(0, 500, 10);
      Bench.until(() -> assertThat(destination.failures("closed")).isGreaterThan(3));
      assertThat(destination.state.up()).isFalse();

      well.set(true);

      Bench.until(() -> assertThat(new HashSet<>(peer.lines())).hasSize(500));
      destination.settle();
      Bench.until(() -> assertThat(destination.state.up()).isTrue());
      assertThat(peer.lines().stream().distinct()).isEqualTo(numbers(500));
      destination.stop();
    }
  }

  @Test
  void aNameThatDoesNotResolveHoldsNobodyBack() throws Exception {
    try (Peer healthy = Peer.that(Peer::readAll)) {
      Destination nowhere = bench.to("tcp://no-such-host.invalid:2003", "connect-timeout = 200ms");
      Destination datagrams =
          bench.to("udp://no-such-host.invalid:2003", "connect-timeout = 200ms");
      Destination other = bench.to(healthy.url(), "");

      nowhere.sendNumbers(0, 100, 10);
      datagrams.sendNumbers(0, 100, 10);
      other.sendNumbers(0, 10_000, 100);

      other.settle();
      for (Destination lost : List.of(nowhere, datagrams)) {
        Bench.until(
            () -> assertThat(lost.failures("unresolved") + lost.failures("timeout")).isPositive());
        assertThat(lost.state.up()).isFalse();
        assertThat(lost.figure("queue-lines")).isEqualTo(100);
        lost.stop();
        assertThat(lost.dropped("shutdown")).isEqualTo(100);
      }
    }
  }

  @Test
  void asksAgainForAUnixSocketThatIsNotThere() {
    Destination destination = bench.to("unix:///no/such/socket", "");

    Bench.until(() -> assertThat(destination.failures("refused")).isGreaterThan(2));

    assertThat(destination.state.up()).isFalse();
    destination.stop();
  }

  @Test
  void renewsOldConnectionsWithoutLossOrDisorder() throws Exception {
    try (Peer peer = Peer.that(Peer::readAll)) {
      Destination destination = bench.to(peer.url(), "max-age = 100ms");
      int[] sent = new int[1];

      Bench.until(
          () -> {
            destination.sendNumbers(sent[0], sent[0] += 50, 10);
            assertThat(peer.accepted.get()).isGreaterThan(3);
          });

      destination.settle();
      Bench.until(
          () -> assertThat(peer.lines()).containsExactlyInAnyOrderElementsOf(numbers(sent[0])));
      assertThat(destination.figure("resent") + destination.figure("disconnects")).isZero();
      assertThat(destination.figure("connections")).isBetween(1L, 2L);
      destination.stop();
    }
  }

  @Test
  void writesWhatItHasBeforeItStops() throws Exception {
    try (Peer peer = Peer.that(Peer::readAll)) {
      Destination destination = bench.to(peer.url(), "connections = 3");
      destination.sendNumbers(0, 30_000, 100);

      destination.stop();

      assertThat(destination.figure("lines-out")).isEqualTo(30_000);
      Bench.until(() -> assertThat(new HashSet<>(peer.lines())).hasSize(30_000));
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
