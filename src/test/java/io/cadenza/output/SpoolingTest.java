package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.Leave;
import io.cadenza.output.Bench.Destination;
import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A destination that waits on disk, with real files and sockets. */
class SpoolingTest {
  /** Small pieces, so that much goes to disk and back in little time. */
  private static final String SMALL = "segment = 64KiB, sync = none";

  @TempDir private Path folder;

  private final Bench bench = new Bench();

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "n." + i + " 1 1700000000").toList();
  }

  private Destination to(int port, String keys, String spool) {
    return bench.spooling("tcp://127.0.0.1:" + port, folder, keys, spool);
  }

  @Test
  void bringsEveryLineInOrderToAPeerThatWasDown() throws Exception {
    int port = Ports.free();
    Destination destination = to(port, "", SMALL);
    Bench.until(() -> assertThat(destination.state.up()).isFalse());
    destination.sendNumbers(0, 30_000, 100);
    Bench.until(() -> assertThat(destination.figure("spool-lines")).isEqualTo(30_000));
    assertThat(destination.state.queue().taken()).isZero();
    Bench.until(() -> assertThat(destination.figure("spool-oldest-seconds")).isPositive());

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      destination.sendNumbers(30_000, 40_000, 100);

      Bench.until(() -> assertThat(peer.lines()).hasSize(40_000));
      destination.settle();
      assertThat(peer.lines()).isEqualTo(numbers(0, 40_000));
      destination.sendNumbers(40_000, 40_100, 100);
      Bench.until(() -> assertThat(peer.lines()).hasSize(40_100));
      assertThat(destination.figure("spooled")).isBetween(30_000L, 40_000L);
      assertThat(destination.figure("dropped")).isZero();
      Bench.until(() -> assertThat(destination.figure("spool-oldest-seconds")).isZero());
      destination.stop();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void holdsNothingBackForAPeerThatIsSlow() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    try (Peer peer = readsFrom(reads)) {
      Destination destination = toSlow(peer);
      int sent =
          sendUntil(
              destination,
              10_000,
              () -> assertThat(destination.figure("spool-lines")).isGreaterThan(50_000));
      Bench.until(() -> assertThat(destination.state.blocks()).isFalse());

      reads.countDown();

      Bench.until(() -> assertThat(peer.lines()).hasSize(sent));
      assertThat(peer.lines()).isEqualTo(numbers(0, sent));
      destination.settle();
      assertThat(destination.figure("dropped")).isZero();
      destination.stop();
    }
  }

  /** Sends so many lines at a time until it is enough; answers how many these were. */
  private static int sendUntil(Destination destination, int step, Runnable enough) {
    int[] sent = new int[1];
    Bench.until(
        () -> {
          sendCalmly(destination, sent[0], sent[0] += step);
          enough.run();
        });
    return sent[0];
  }

  /** As routers do: never more than the queue takes. */
  private static void sendCalmly(Destination destination, int from, int to) {
    for (int start = from; start < to; start += 1000) {
      Bench.until(() -> assertThat(destination.state.queue().full()).isFalse());
      destination.sendNumbers(start, start + 1000, 100);
    }
  }

  @Test
  void sendsTheFreshFirstWhereThatIsWanted() throws Exception {
    int port = Ports.free();
    String keys = "spool { order = fresh-first, replay-rate = 1000 }";
    Destination destination = to(port, keys, SMALL);
    Bench.until(() -> assertThat(destination.state.up()).isFalse());
    destination.sendNumbers(0, 5000, 10);
    Bench.until(() -> assertThat(destination.figure("spool-lines")).isEqualTo(5000));

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      Bench.until(() -> assertThat(destination.state.up()).isTrue());
      destination.sendNumbers(5000, 6000, 10);

      Bench.until(() -> assertThat(peer.lines()).containsAll(numbers(5000, 6000)));
      assertThat(destination.figure("spool-lines")).isPositive();
      destination.stop();
    }
    assertThat(left()).isNotEmpty();
  }

  @Test
  void keepsWhatIsLeftAtAStopForTheNextProcess() throws Exception {
    int port = Ports.free();
    Destination first = to(port, "connections = 3", SMALL);
    first.sendNumbers(0, 9000, 10);
    first.stop();
    assertThat(first.figure("spool-lines")).isEqualTo(9000);
    assertThat(first.figure("dropped")).isZero();

    try (Bench next = new Bench();
        Peer peer = Peer.at(port, Peer::readAll)) {
      Destination second =
          next.spooling("tcp://127.0.0.1:" + port, folder, "connections = 1", SMALL);

      Bench.until(() -> assertThat(peer.lines()).hasSize(9000));
      second.settle();
      assertThat(new HashSet<>(peer.lines())).isEqualTo(new HashSet<>(numbers(0, 9000)));
      assertThat(second.figure("recovered")).isEqualTo(9000);
      second.stop();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void keepsTheOrderOfWhatWasReadBackAndWhatCameLastAtAStop() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    try (Peer peer = readsFrom(reads)) {
      Destination destination = toSlow(peer);
      int[] sent = {
        sendUntil(destination, 1000, () -> assertThat(destination.figure("spooled")).isPositive())
      };
      long[] spooled = new long[1];
      Bench.until(
          () -> {
            long before = spooled[0];
            spooled[0] = destination.figure("spooled");
            destination.sendNumbers(sent[0], sent[0] += 10, 10);
            assertThat(before).isEqualTo(spooled[0]); // All is read back: the last ones wait.
          });
      destination.state.leave(new Leave(Duration.ZERO, Duration.ofSeconds(10), false));

      CompletableFuture<Void> stop = destination.beginStop();
      reads.countDown();
      destination.stopped(stop);

      Bench.until(() -> assertThat(peer.lines()).hasSize(sent[0]));
      assertThat(peer.lines()).isEqualTo(numbers(0, sent[0]));
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void asksADiskThatCannotBeReadNowAndThenAndGoesOnWriting() throws Exception {
    int port = Ports.free();
    try (Bench before = new Bench()) {
      Destination first = before.spooling("tcp://127.0.0.1:" + port, folder, "", SMALL);
      first.sendNumbers(0, 30_000, 100);
      first.stop();
    }
    Destination destination = to(port, "", SMALL);
    Bench.until(() -> assertThat(destination.figure("spool-lines")).isEqualTo(30_000));
    Path second = left().stream().sorted().toList().get(1);
    Path elsewhere = Files.move(second, folder.resolve("elsewhere"));
    Files.createDirectory(second);

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      Bench.until(() -> assertThat(destination.figure("spool-failures")).isGreaterThan(1));
      destination.sendNumbers(30_000, 31_000, 10);
      Bench.until(() -> assertThat(destination.figure("spooled")).isEqualTo(1000));
      assertThat(destination.figure("spool-failures")).isLessThan(20);
      Files.delete(second);
      Files.move(elsewhere, second);

      Bench.until(() -> assertThat(peer.lines()).isEqualTo(numbers(0, 31_000)));
      destination.settle();
      destination.stop();
    }
  }

  @Test
  void writesAgainAfterABreakWhatCameFromTheSpool() throws Exception {
    int port = Ports.free();
    Destination destination = to(port, "", SMALL);
    destination.sendNumbers(0, 30_000, 100);
    Bench.until(() -> assertThat(destination.figure("spool-lines")).isEqualTo(30_000));
    Peer.Behaviour half =
        (socket, number, own) -> own.read(socket, number < 3 ? 700 : Integer.MAX_VALUE);

    try (Peer peer = Peer.at(port, half)) {
      Bench.until(() -> assertThat(new HashSet<>(peer.lines())).hasSize(30_000));
      destination.settle();
      assertThat(peer.lines().stream().distinct()).isEqualTo(numbers(0, 30_000));
      assertThat(peer.lines().size() - 30_000L).isBetween(0L, destination.figure("resent"));
      destination.stop();
    }
  }

  @Test
  void dropsTheOldestOnDiskAtTheBound() throws Exception {
    int port = Ports.free();
    Destination destination = to(port, "", SMALL + ", max-bytes = 1MiB, on-full = drop-oldest");
    Bench.until(() -> assertThat(destination.state.up()).isFalse());
    sendCalmly(destination, 0, 100_000);
    Bench.until(() -> assertThat(destination.figure("queue-lines")).isZero());
    long dropped = destination.dropped("spool-full");
    assertThat(dropped)
        .isGreaterThan(40_000)
        .isEqualTo(100_000 - destination.figure("spool-lines"));
    assertThat(destination.figure("spool-bytes")).isLessThanOrEqualTo(1 << 20);

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      destination.settle();
      Bench.until(() -> assertThat(peer.lines()).isEqualTo(numbers((int) dropped, 100_000)));
      destination.stop();
    }
  }

  @Test
  void slowsSendersAtTheBoundWhereThatIsWanted() throws Exception {
    int port = Ports.free();
    String spool = SMALL + ", max-bytes = 1MiB, on-full = block";
    Destination destination = to(port, "queue = 256KiB", spool);
    Bench.until(() -> assertThat(destination.state.up()).isFalse());
    int sent = 0;
    for (; !destination.state.blocks() || destination.figure("spool-lines") < 20_000; sent += 100) {
      if (!destination.state.blocks()) {
        destination.sendNumbers(sent, sent + 100, 100);
      } else {
        sent -= 100;
      }
    }
    int all = sent;

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      destination.settle();
      Bench.until(() -> assertThat(peer.lines()).isEqualTo(numbers(0, all)));
      assertThat(destination.figure("dropped")).isZero();
      destination.stop();
    }
  }

  /** Where the folder should be there is a file, until it is removed. */
  private Destination onADiskThatFails(int port, String keys) {
    return bench.spooling("tcp://127.0.0.1:" + port, folder.resolve("file"), keys, SMALL);
  }

  @Test
  void keepsLinesInMemoryWhileTheDiskFailsAndRecovers() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "no folder");
    int port = Ports.free();
    Destination destination = onADiskThatFails(port, "queue = 1MiB");
    destination.sendNumbers(0, 5000, 100);
    Bench.until(() -> assertThat(destination.figure("spool-failures")).isPositive());
    assertThat(destination.figure("queue-lines")).isEqualTo(5000);

    Files.delete(inTheWay);

    Bench.until(() -> assertThat(destination.figure("spool-lines")).isEqualTo(5000));
    try (Peer peer = Peer.at(port, Peer::readAll)) {
      destination.settle();
      Bench.until(() -> assertThat(peer.lines()).isEqualTo(numbers(0, 5000)));
      destination.stop();
    }
  }

  @Test
  void hasNobodyWaitForADiskThatFails() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "no folder");
    int port = Ports.free();
    Destination destination = onADiskThatFails(port, "queue = 64KiB");

    destination.sendNumbers(0, 5000, 100);

    Bench.until(() -> assertThat(destination.state.drops()).isTrue());
    assertThat(destination.state.blocks()).isFalse();
    Files.delete(inTheWay);
    Bench.until(() -> assertThat(destination.figure("spool-lines")).isEqualTo(5000));
    Bench.until(() -> assertThat(destination.state.drops()).isFalse());
    destination.stop();
  }

  /** A pipe in the place of a file: who opens it to write waits until somebody reads. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void countsWhatADiskThatHangsHasNotTakenAtAStop() throws Exception {
    int port = Ports.free();
    Path pipe =
        Files.createDirectories(folder.resolve("tcp:%2F%2F127.0.0.1:" + port)).resolve("lock");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Destination destination = to(port, "", SMALL);
    destination.sendNumbers(0, 5000, 100);
    Bench.until(() -> assertThat(destination.figure("queue-lines")).isEqualTo(5000));

    CompletableFuture<Void> stop = destination.beginStop();

    Bench.until(() -> assertThat(destination.dropped("shutdown")).isEqualTo(5000));
    InputStream reader = Files.newInputStream(pipe);
    destination.stopped(stop);
    reader.close();
  }

  @Test
  void sendsWhatTheDiskDidNotTakeAsSoonAsThePeerIsThere() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "no folder");
    int port = Ports.free();
    Destination destination = onADiskThatFails(port, "queue = 1MiB");
    destination.sendNumbers(0, 5000, 100);
    Bench.until(() -> assertThat(destination.figure("spool-failures")).isPositive());

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      Bench.until(() -> assertThat(peer.lines()).isEqualTo(numbers(0, 5000)));
      destination.settle();
      destination.stop();
    }
  }

  /** The files of lanes that still have lines. */
  private List<Path> left() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.filter(file -> file.toString().endsWith(".seg")).forEach(all::add);
    }
    return all;
  }

  /** A peer that takes connections, and reads when it is told to. */
  private static Peer readsFrom(CountDownLatch told) {
    return Peer.that(
        (socket, number, own) -> {
          await(told);
          Peer.readAll(socket, number, own);
        });
  }

  private Destination toSlow(Peer peer) {
    return to(peer.port(), "queue = 64KiB, write-timeout = 1h", SMALL);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
