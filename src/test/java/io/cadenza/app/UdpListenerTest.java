package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UdpListenerTest {
  private static final String JSON = "{\"path\":\"j.a\",\"value\":1,\"time\":10}";

  private static void send(int port, byte[]... datagrams) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (byte[] bytes : datagrams) {
        socket.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
      }
    }
  }

  private static void send(int port, String... datagrams) throws IOException {
    for (String text : datagrams) {
      send(port, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String listener(int port, String more) {
    return "in { url = \"udp://127.0.0.1:" + port + "\", " + more + " }";
  }

  @Test
  void lastLineOfADatagramNeedsNoNewline() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, ""))) {
      send(port, "a.b 1 10\nc.d 2 20\ne.f 3 30", "g.h 4 40", "i.j 5 50\r\n");
      relay.awaitLines(5);
      assertThat(relay.sink.lines())
          .containsExactlyInAnyOrder("a.b 1 10", "c.d 2 20", "e.f 3 30", "g.h 4 40", "i.j 5 50");
      relay.assertBalanced("in");
    }
  }

  @Test
  void takesTheLongestDatagram() throws Exception {
    int port = Ports.free();
    StringBuilder text = new StringBuilder();
    int lines = 0;
    while (text.length() + 12 <= 65_000) {
      text.append(String.format("k.%05d 1 10\n", lines++));
    }
    try (ListeningRelay relay = ListeningRelay.with(listener(port, ""))) {
      send(port, text.toString());
      relay.awaitLines(lines);
      assertThat(relay.sink.count()).isEqualTo(lines);
    }
  }

  @Test
  void countsABadLineAndGoesOnBehindIt() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, "max-line = 64"))) {
      send(port, "nothing\na.b 1 10\n\n" + "x".repeat(100) + " 1 10\nc.d 1 10");
      relay.awaitLines(2);
      assertThat(relay.invalid("in", "fields")).isEqualTo(1);
      assertThat(relay.invalid("in", "empty")).isEqualTo(1);
      assertThat(relay.invalid("in", "too-long")).isEqualTo(1);
      relay.assertBalanced("in");
    }
  }

  @Test
  void keepsNothingOfADatagramForTheNext() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, "instances = 1"))) {
      send(port, "a.b 1", "c.d 1 10");
      relay.awaitLines(1);
      assertThat(relay.sink.lines()).containsExactly("c.d 1 10");
    }
  }

  @Test
  void tellsEachDatagramByItsFirstBytes() throws Exception {
    int port = Ports.free();
    byte[] frame = {0, 0, 0, 2, '(', '.'};
    try (ListeningRelay relay = ListeningRelay.with(listener(port, "format = auto"))) {
      send(port, JSON, "a:1|c", "b.c 1 10");
      send(port, frame);
      relay.awaitLines(3);
      relay.awaitInvalid("in", "pickle", 1);
      assertThat(relay.sink.lines()).containsExactlyInAnyOrder("j.a 1 10", "a:1|c", "b.c 1 10");
      relay.assertBalanced("in");
    }
  }

  @Test
  void dropsAndCountsWhatComesWhileThePipelineIsFull() throws Exception {
    int port = Ports.free();
    String line = "k".repeat(1000) + " 1 10\n";
    String datagram = line.repeat(20);
    try (ListeningRelay relay = ListeningRelay.with(Sink.stopped(), listener(port, ""))) {
      while (relay.counted("in", "dropped").getOrDefault("pipeline-full", 0L) == 0) {
        send(port, datagram);
      }
      relay.assertBalanced("in");
      relay.sink.read();
      relay.awaitLines((int) relay.figure("in", "lines-out"));
      relay.assertBalanced("in");
    }
  }

  @Test
  void refusesAPortThatAnotherHas() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      other.setReuseAddress(true);
      assertThatThrownBy(() -> ListeningRelay.with(listener(other.getLocalPort(), "")).close())
          .hasMessageContaining("listener in on udp://127.0.0.1:" + other.getLocalPort());
    }
  }

  @Test
  void tellsWhatTheKernelDropped() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, ""))) {
      send(port, "a.b 1 10");
      relay.awaitLines(1);
      assertThat(relay.figure("in", "kernel-drops")).isZero();
    }
  }

  /** While the socket rests between reads, and when it is closed in a rest. */
  @Test
  void readsAllOfManyThatComeInQuickSuccession() throws Exception {
    int port = Ports.free();
    int datagrams = 3000;
    try (ListeningRelay relay = ListeningRelay.with(listener(port, "instances = 1"))) {
      send(port, lines("before", datagrams));
      relay.awaitLines(datagrams);
      send(port, lines("last", datagrams));
      relay.relay.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      relay.awaitLines(2 * datagrams);
      assertThat(relay.figure("in", "kernel-drops")).isZero();
    }
  }

  private static String[] lines(String key, int count) {
    return IntStream.range(0, count).mapToObj(i -> key + '.' + i + " 1 10").toArray(String[]::new);
  }
}
