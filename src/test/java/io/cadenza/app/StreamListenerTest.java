package io.cadenza.app;

import static io.cadenza.app.ListeningRelay.dial;
import static io.cadenza.app.ListeningRelay.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.scenario.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Connections over TCP, good and bad, each with a good line on another connection behind it. */
final class StreamListenerTest {
  private ListeningRelay relay;
  private int port;

  private void start(String more) throws Exception {
    start(Sink.reading(), more);
  }

  private void start(Sink sink, String more) throws Exception {
    port = Ports.free();
    String url = "url = \"tcp://127.0.0.1:" + port + "\", ";
    relay = ListeningRelay.with(sink, "in { " + url + more + " }");
  }

  /** Whatever happened before: the figures add up, and others are served. */
  @AfterEach
  void goodLinesStillPass() throws Exception {
    try (ListeningRelay last = relay) {
      last.assertBalanced("in");
    }
  }

  private void passes(String line) throws IOException {
    int before = relay.sink.count();
    send(port, line + "\n");
    relay.awaitLines(before + 1);
    assertThat(relay.sink.lines()).contains(line);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] frame(byte[] pickle) {
    return ByteBuffer.allocate(4 + pickle.length).putInt(pickle.length).put(pickle).array();
  }

  private static byte[] hex(String text) {
    return text == null ? new byte[0] : java.util.HexFormat.of().parseHex(text);
  }

  @Test
  void countsEachBadLineByItsReason() throws Exception {
    start("");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a.b\na.b 1\na.b nan 10\na.b inf 10\na.b 1 -5\na.b x 10\n".getBytes(UTF_8));
    bytes.writeBytes("\n   \n\r\na.b 1 2 3\n".getBytes(UTF_8));
    bytes.writeBytes(("a." + "k".repeat(100_000) + " 1 10\n").getBytes(UTF_8));
    bytes.writeBytes(new byte[] {'a', (byte) 0xc3, '(', ' ', '1', ' ', '1', '0', '\n'});
    bytes.writeBytes(new byte[] {'a', 0, 'b', ' ', '1', ' ', '1', '0', '\n'});
    bytes.writeBytes("c.r 1 10\r\nlast 1 10".getBytes(UTF_8));
    send(port, bytes.toByteArray());
    relay.awaitLines(2);
    assertThat(relay.sink.lines()).containsExactly("c.r 1 10", "last 1 10");
    assertThat(relay.invalid("in", "fields")).isEqualTo(1);
    assertThat(relay.invalid("in", "empty")).isEqualTo(3);
    assertThat(relay.invalid("in", "too-long")).isEqualTo(1);
    assertThat(relay.pipelineInvalid("fields")).isEqualTo(2);
    assertThat(relay.pipelineInvalid("nan")).isEqualTo(1);
    assertThat(relay.pipelineInvalid("infinite")).isEqualTo(1);
    assertThat(relay.pipelineInvalid("negative-time")).isEqualTo(1);
    assertThat(relay.pipelineInvalid("value")).isEqualTo(1);
    assertThat(relay.pipelineInvalid("utf8")).isEqualTo(1);
    assertThat(relay.pipelineInvalid("nul")).isEqualTo(1);
    passes("good.one 1 10");
  }

  @Test
  void takesAClientThatSendsOneByteAtATime() throws Exception {
    start("");
    try (Socket socket = dial(port)) {
      socket.setTcpNoDelay(true);
      for (byte b : "a.b 1 10\nc.d 2 20\r\ne.f 3 30".getBytes(UTF_8)) {
        socket.getOutputStream().write(b);
        socket.getOutputStream().flush();
      }
    }
    relay.awaitLines(3);
    assertThat(relay.sink.lines()).containsExactly("a.b 1 10", "c.d 2 20", "e.f 3 30");
  }

  @Test
  void serves2000ClientsAtOnce() throws Exception {
    start("");
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 2000; i++) {
        sockets.add(dial(port));
      }
      for (int i = 0; i < 2000; i++) {
        sockets.get(i).getOutputStream().write(("k." + i + " 1 10\nhalf").getBytes(UTF_8));
      }
      relay.awaitLines(2000);
      assertThat(relay.figure("in", "connections")).isEqualTo(2000);
      passes("good.one 1 10");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    relay.awaitInvalid("in", "fields", 2000);
    assertThat(relay.invalid("in", "fields")).isEqualTo(2000);
  }

  @Test
  void closesConnectionsBeyondTheLimit() throws Exception {
    start("max-connections = 2");
    try (Socket one = dial(port);
        Socket two = dial(port);
        Socket three = dial(port)) {
      relay.awaitFigure("in", "connections-refused", 1);
      List<Socket> open = new ArrayList<>(List.of(one, two, three));
      open.removeIf(StreamListenerTest::closedByPeer);
      assertThat(open).hasSize(2);
      for (Socket socket : open) {
        socket.getOutputStream().write("a.b 1 10\n".getBytes(UTF_8));
      }
      relay.awaitLines(2);
    }
    passesOnceThereIsRoom();
  }

  private void passesOnceThereIsRoom() throws IOException {
    org.awaitility.Awaitility.await().until(() -> relay.figure("in", "connections") == 0);
    passes("good.one 1 10");
  }

  private static boolean closedByPeer(Socket socket) {
    try {
      socket.setSoTimeout(100);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void closesAConnectionThatIsIdle() throws Exception {
    start("idle-timeout = 100ms");
    try (Socket idle = dial(port)) {
      idle.getOutputStream().write("a.b 1 10\nhalf.a.line 1 1".getBytes(UTF_8));
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
      relay.awaitInvalid("in", "cut-off", 1);
      assertThat(relay.figure("in", "connections-idle")).isEqualTo(1);
      assertThat(relay.sink.lines()).containsExactly("a.b 1 10");
    }
    passes("good.one 1 10");
  }

  @Test
  void refusesTheLineInWhichAConnectionWasReset() throws Exception {
    start("");
    try (Socket socket = dial(port)) {
      socket.getOutputStream().write("a.b 1 10\nhalf.a.line 1 1".getBytes(UTF_8));
      relay.awaitLines(1);
      socket.setSoLinger(true, 0);
    }
    relay.awaitInvalid("in", "cut-off", 1);
    assertThat(relay.figure("in", "connections-failed")).isEqualTo(1);
    passes("good.one 1 10");
  }

  @Test
  void makesSendersWaitWhileADestinationTakesNothing() throws Exception {
    start(Sink.stopped(), "");
    int lines = 100_000;
    Thread sender = new Thread(() -> blast(lines));
    sender.start();
    relay.awaitFigure("in", "pauses", 1);
    relay.sink.read();
    relay.awaitLines(lines);
    sender.join();
    assertThat(relay.figure("in", "lines-in")).isEqualTo(lines);
    passes("good.one 1 10");
  }

  private void blast(int lines) {
    byte[] line = ("k".repeat(100) + " 1 10\n").getBytes(UTF_8);
    try (Socket socket = dial(port);
        OutputStream out = new java.io.BufferedOutputStream(socket.getOutputStream(), 65_536)) {
      for (int i = 0; i < lines; i++) {
        out.write(line);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void readsWhatWasSentBeforeTheStop() throws Exception {
    start("");
    try (Socket socket = dial(port)) {
      socket.getOutputStream().write("a.b 1 10\n".getBytes(UTF_8));
      relay.awaitLines(1);
      socket.getOutputStream().write("c.d 1 10\n".repeat(1000).getBytes(UTF_8));
      relay.relay.stop().toCompletionStage().toCompletableFuture().join();
      assertThat(relay.sink.count()).isEqualTo(1001);
    }
  }

  @ParameterizedTest(name = "{0}, protocol {1}")
  @CsvFileSource(
      resources = "/vectors/wire/pickle-refuse.tsv",
      delimiter = '\t',
      maxCharsPerColumn = 1_000_000)
  void refusesAPickleThatIsMoreThanData(String kind, String protocol, String pickle)
      throws Exception {
    start("format = pickle");
    byte[] good = hex("80025d71002858010000006171014b0a4b01867102867103652e");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(hex(pickle)));
    bytes.writeBytes(frame(good));
    send(port, bytes.toByteArray());
    relay.awaitLines(1);
    assertThat(relay.sink.lines()).containsExactly("a 1 10");
    assertThat(relay.figure("in", "lines-in")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void refusesAFrameThatIsTooLongAndTakesTheNext() throws Exception {
    start("format = pickle, max-frame = 1KiB");
    byte[] good = hex("80025d71002858010000006171014b0a4b01867102867103652e");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(new byte[200_000]));
    bytes.writeBytes(frame(good));
    bytes.writeBytes(new byte[] {0, 0, 0, 9, '('});
    send(port, bytes.toByteArray());
    relay.awaitLines(1);
    relay.awaitInvalid("in", "frame", 2);
    assertThat(relay.sink.lines()).containsExactly("a 1 10");
  }

  @Test
  void takesADocumentALine() throws Exception {
    start("format = json, max-frame = 200");
    String item = "{\"path\":\"j.%s\",\"value\":%d,\"time\":10}";
    String text =
        String.join(
            "\n",
            item.formatted("a", 1),
            "[" + item.formatted("b", 2) + "," + item.formatted("c", 3) + "]",
            "{\"path\":",
            "[" + "1,".repeat(200) + "1]",
            item.formatted("d", 4));
    send(port, text);
    relay.awaitLines(4);
    assertThat(relay.sink.lines()).containsExactly("j.a 1 10", "j.b 2 10", "j.c 3 10", "j.d 4 10");
    assertThat(relay.invalid("in", "json")).isEqualTo(1);
    assertThat(relay.invalid("in", "too-long")).isEqualTo(1);
  }

  @Test
  void tellsEachConnectionByItsFirstBytes() throws Exception {
    start("format = auto");
    send(port, "{\"path\":\"j.a\",\"value\":1,\"time\":10}");
    send(port, frame(hex("80025d71002858010000006171014b0a4b01867102867103652e")));
    send(port, "b.c 1 10\nd:1|c\n");
    relay.awaitLines(4);
    assertThat(relay.sink.lines())
        .containsExactlyInAnyOrder("j.a 1 10", "a 1 10", "b.c 1 10", "d:1|c");
  }

  @Test
  void findsKeysByARegex() throws Exception {
    start("format = regex, regex = \"^<(?P<Key>[a-z.]+)>\"");
    send(port, "<a.b> anything\nnothing\n<c.d> more\n");
    relay.awaitLines(2);
    assertThat(relay.sink.lines()).containsExactly("<a.b> anything", "<c.d> more");
    assertThat(relay.invalid("in", "key")).isEqualTo(1);
    send(port, "<good> line\n");
    relay.awaitLines(3);
  }

  @Test
  void takesMembersOfGzipBehindOneAnother() throws Exception {
    start("compression = gzip");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(gzip("a.b 1 10\nc.d 2"));
    bytes.writeBytes(gzip(" 20\ne.f 3 30"));
    send(port, bytes.toByteArray());
    relay.awaitLines(3);
    assertThat(relay.sink.lines()).containsExactly("a.b 1 10", "c.d 2 20", "e.f 3 30");
  }

  @Test
  void takesWhatACompressedConnectionHasFlushed() throws Exception {
    start("compression = gzip");
    try (Socket socket = dial(port)) {
      GZIPOutputStream out = new GZIPOutputStream(socket.getOutputStream(), true);
      out.write("a.b 1 10\nc.d 2".getBytes(UTF_8));
      out.flush();
      relay.awaitLines(1);
      assertThat(relay.sink.lines()).containsExactly("a.b 1 10");
    }
    relay.awaitInvalid("in", "cut-off", 1);
  }

  @Test
  void closesAConnectionThatSendsNoGzip() throws Exception {
    start("compression = gzip");
    try (Socket socket = dial(port)) {
      socket.getOutputStream().write("a.b 1 10\nc.d 2 20\n".getBytes(UTF_8));
      assertThat(closes(socket)).isTrue();
    }
    relay.awaitInvalid("in", "compression", 1);
    assertThat(relay.figure("in", "lines-in")).isEqualTo(1);
    send(port, gzip("good.one 1 10"));
    relay.awaitLines(1);
  }

  private static boolean closes(Socket socket) {
    try {
      socket.setSoTimeout(10_000);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void holdsBackWhatASmallPieceWouldBecome() throws Exception {
    start(Sink.stopped(), "compression = gzip");
    int lines = 300_000;
    byte[] small = gzip(("k".repeat(100) + " 1 10\n").repeat(lines));
    assertThat(small.length).isLessThan(200_000);
    send(port, small);
    relay.awaitFigure("in", "pauses", 1);
    // A window and some for each of the batches that are under way; not all of the 32 MB.
    assertThat(relay.figure("in", "bytes-in")).isLessThan(8_000_000);
    relay.sink.read();
    relay.awaitLines(lines);
    assertThat(relay.figure("in", "lines-in")).isEqualTo(lines);
  }
}
