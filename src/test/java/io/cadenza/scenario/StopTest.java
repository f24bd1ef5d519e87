package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Stopping with lines still on their way: they arrive, or they are counted. */
class StopTest {
  private static final String LINE =
      "servers.web01.disk.sda.reads.some.more.words 12345 1700000000\n";

  @Test
  void countsWhatCouldNotBeSent() throws Exception {
    int down = Ports.free();
    int port = Ports.free();
    WholeRelay relay = WholeRelay.start(conf(port, down, "100ms"), "stop");
    try (Socket socket = new Socket("127.0.0.1", port)) {
      // More than the queue of the destination takes, so that routers hold batches as well.
      OutputStream out = socket.getOutputStream();
      out.write(LINE.repeat(5000).getBytes(StandardCharsets.UTF_8));
      out.flush();
      await().until(() -> new Figures(relay.stats()).at("pipelines.main.holds") > 0);
      await().until(() -> new Figures(relay.stats()).at("listeners.in.lines-in") == 5000);
    } finally {
      relay.close();
    }

    Figures figures = new Figures(relay.stats());
    figures.assertBalance(relay);
    long atRouters = figures.at("pipelines.main.dropped.shutdown");
    long atDestination = figures.at("destinations.one/127.0.0.1:" + down + ".dropped.shutdown");
    assertThat(atRouters).isPositive();
    assertThat(atDestination).isPositive();
    assertThat(atRouters + atDestination).isEqualTo(5000);
  }

  @Test
  void sendsWhatHasComeBeforeItStops() throws Exception {
    try (Sink sink = new Sink()) {
      int port = Ports.free();
      WholeRelay relay = WholeRelay.start(conf(port, sink.port(), "20s"), "stop");
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(LINE.repeat(5000).getBytes(StandardCharsets.UTF_8));
        await().until(() -> new Figures(relay.stats()).at("listeners.in.lines-in") == 5000);
      } finally {
        relay.close();
      }
      sink.awaitEnd();

      new Figures(relay.stats()).assertBalance(relay);
      assertThat(sink.text()).isEqualTo(LINE.repeat(5000));
    }
  }

  @Test
  void refusesALineThatIsUnfinishedAtTheEnd() throws Exception {
    try (Sink sink = new Sink()) {
      int port = Ports.free();
      WholeRelay relay = WholeRelay.start(conf(port, sink.port(), "20s"), "stop");
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write((LINE + "half.a.li").getBytes(StandardCharsets.UTF_8));
        await().until(() -> sink.lines() == 1);
        relay.close();
      }
      sink.awaitEnd();

      Figures figures = new Figures(relay.stats());
      figures.assertBalance(relay);
      assertThat(sink.text()).isEqualTo(LINE);
      assertThat(figures.at("listeners.in.invalid.cut-off")).isOne();
    }
  }

  @Test
  void sendsNoRestOfALineThatWasCutOff() throws Exception {
    try (Sink sink = new Sink().forgetting()) {
      int port = Ports.free();
      WholeRelay relay =
          WholeRelay.start(conf(port, sink.port(), "20s").replace("64KiB", "16MiB"), "stop");
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        senders.add(new Thread(() -> sendUntilHungUp(port)));
      }
      senders.forEach(Thread::start);
      await().until(() -> new Figures(relay.stats()).at("listeners.in.lines-in") > 10_000);
      relay.close();
      for (Thread sender : senders) {
        sender.join();
      }
      sink.awaitEnd();

      Figures figures = new Figures(relay.stats());
      figures.assertBalance(relay);
      assertThat(figures.at("listeners.in.invalid.cut-off")).isBetween(1L, 4L);
      assertThat(figures.at("listeners.in.lines-in"))
          .isEqualTo(sink.lines() + figures.at("listeners.in.invalid.cut-off"));
    }
  }

  /** So busily that the relay must hang up within a line. */
  private static void sendUntilHungUp(int port) {
    byte[] lines = LINE.repeat(500).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      while (true) {
        socket.getOutputStream().write(lines);
      }
    } catch (IOException hungUp) {
      // As it is to be.
    }
  }

  @Test
  void doesNotWaitBeyondTheDeadlineForAPeerThatReadsNothing() throws Exception {
    try (ServerSocket mute = new ServerSocket()) {
      mute.setReceiveBufferSize(8192);
      mute.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = Ports.free();
      WholeRelay relay = WholeRelay.start(conf(port, mute.getLocalPort(), "100ms"), "stop");
      Thread sender = new Thread(() -> sendUntilHungUp(port));
      sender.start();
      await().until(() -> new Figures(relay.stats()).at("pipelines.main.holds") > 0);
      relay.close();
      sender.join();

      new Figures(relay.stats()).assertBalance(relay);
    }
  }

  @Test
  void readsWhoHasComeAndIsNotLetInYet() throws Exception {
    try (Sink sink = new Sink()) {
      int port = Ports.free();
      WholeRelay relay = WholeRelay.start(conf(port, sink.port(), "20s"), "stop");
      List<Socket> senders = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Socket sender = new Socket("127.0.0.1", port);
        sender.getOutputStream().write(LINE.getBytes(StandardCharsets.UTF_8));
        senders.add(sender);
      }
      relay.close();
      sink.awaitEnd();
      for (Socket sender : senders) {
        assertThat(sender.getInputStream().read()).isEqualTo(-1);
        sender.close();
      }

      new Figures(relay.stats()).assertBalance(relay);
      assertThat(sink.lines()).isEqualTo(300);
    }
  }

  @Test
  void tellsSendersToGoAndReadsUntilTheyDo() throws Exception {
    try (Sink sink = new Sink()) {
      int port = Ports.free();
      WholeRelay relay = WholeRelay.start(conf(port, sink.port(), "20s"), "stop");
      CompletableFuture<Void> stopped;
      try (Socket sender = new Socket("127.0.0.1", port)) {
        sender.getOutputStream().write(LINE.getBytes(StandardCharsets.UTF_8));
        await().until(() -> sink.lines() == 1);
        stopped = CompletableFuture.runAsync(relay::close);
        assertThat(sender.getInputStream().read()).isEqualTo(-1);
        sender.getOutputStream().write(LINE.repeat(1000).getBytes(StandardCharsets.UTF_8));
      }
      stopped.join();
      sink.awaitEnd();

      Figures figures = new Figures(relay.stats());
      figures.assertBalance(relay);
      assertThat(sink.lines()).isEqualTo(1001);
      assertThat(figures.at("listeners.in.connections-cut")).isZero();
    }
  }

  @Test
  void waitsForSendersWhomAFullDestinationKeepsFromSending() throws Exception {
    try (ServerSocket slow = new ServerSocket()) {
      slow.setReceiveBufferSize(8192);
      slow.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = Ports.free();
      String conf = conf(port, slow.getLocalPort(), "20s, grace = 200ms");
      WholeRelay relay = WholeRelay.start(conf, "stop");
      byte[] all = LINE.repeat(400_000).getBytes(StandardCharsets.UTF_8);
      Thread sender = new Thread(() -> sendAll(port, all));
      sender.start();
      await().until(() -> new Figures(relay.stats()).at("listeners.in.pauses") > 0);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(relay::close);
      await().until(() -> !answers(port));
      long read = readAll(slow);
      stopped.join();
      sender.join();

      Figures figures = new Figures(relay.stats());
      figures.assertBalance(relay);
      assertThat(read).isEqualTo(all.length);
      assertThat(figures.at("listeners.in.connections-cut")).isZero();
    }
  }

  private static void sendAll(int port, byte[] bytes) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(bytes);
    } catch (IOException hungUp) {
      // What is missing at the other end tells.
    }
  }

  private static boolean answers(int port) {
    try (Socket probe = new Socket("127.0.0.1", port)) {
      return probe.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** All connections that are made are read to their ends; answers how many bytes came. */
  private static long readAll(ServerSocket server) throws Exception {
    server.setSoTimeout(500);
    List<CompletableFuture<Long>> reads = new ArrayList<>();
    try {
      while (true) {
        Socket socket = server.accept();
        reads.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try (socket) {
                    return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
      }
    } catch (SocketTimeoutException noMore) {
      return reads.stream().mapToLong(CompletableFuture::join).sum();
    }
  }

  @Test
  void answersWhatIsAskedAndClosesBehindTheAnswer() throws Exception {
    try (Sink sink = new Sink()) {
      int port = Ports.free();
      String conf =
          conf(port, sink.port(), "20s, grace = 10s")
              .replace("tcp://127.0.0.1:" + port, "http://127.0.0.1:" + port);
      WholeRelay relay = WholeRelay.start(conf, "stop");
      try (Socket client = new Socket("127.0.0.1", port)) {
        client.setSoTimeout(20_000);
        ask(client);
        await().until(() -> sink.lines() == 1);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(relay::close);
        await().until(() -> !answers(port));
        ask(client);
        String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        stopped.join();

        assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(3);
        assertThat(answers).containsOnlyOnce("onnection: close");
        sink.awaitEnd();
        assertThat(sink.lines()).isEqualTo(2);
        new Figures(relay.stats()).assertBalance(relay);
      }
    }
  }

  private static void ask(Socket client) throws IOException {
    String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LINE.length() + "\r\n\r\n";
    client.getOutputStream().write((request + LINE).getBytes(StandardCharsets.UTF_8));
  }

  private static String conf(int listener, int destination, String deadline) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = %s }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all,
          destinations = [ { url = "tcp://127.0.0.1:%d", queue = 64KiB } ] } }
        """
        .formatted(listener, deadline, destination);
  }
}
