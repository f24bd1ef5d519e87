package io.cadenza.app;

import static io.cadenza.app.ListeningRelay.dial;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.scenario.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners that drop rather than have their senders wait, before a destination that hangs. */
@Timeout(60)
final class DroppingListenerTest {
  private static final int LINES = 150_000;

  /** Shaped so that its number can be told, and long enough to fill all that is on the way. */
  private static final String PADDING = "k".repeat(80);

  private ListeningRelay relay;

  @AfterEach
  void balances() throws Exception {
    try (ListeningRelay last = relay) {
      last.assertBalanced("in");
    }
  }

  private int start(String scheme, String more) throws Exception {
    int port = Ports.free();
    String url = "url = \"" + scheme + "://127.0.0.1:" + port + "\", ";
    relay = start(url + more);
    return port;
  }

  private static ListeningRelay start(String listener) throws Exception {
    return ListeningRelay.with(
        Sink.stopped(), "in { " + listener + ", on-full = drop, window = 256KiB }");
  }

  private static String line(int number) {
    return PADDING + "." + number + " 1 10";
  }

  private static byte[] stream(String kind) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < LINES; i++) {
      switch (kind) {
        case "pickle" -> all.writeBytes(pickle(PADDING + "." + i));
        case "json" ->
            all.writeBytes(
                ("{\"name\":\"" + PADDING + "." + i + "\",\"value\":1,\"timestamp\":10}\n")
                    .getBytes(UTF_8));
        default -> all.writeBytes((line(i) + "\n").getBytes(UTF_8));
      }
    }
    return all.toByteArray();
  }

  /** One point, as protocol 2 writes it: [(key, (10, 1))]. */
  private static byte[] pickle(String key) {
    byte[] name = key.getBytes(UTF_8);
    int size = 13 + name.length;
    ByteBuffer frame = ByteBuffer.allocate(4 + size).putInt(size);
    frame.put((byte) 0x80).put((byte) 2).put((byte) ']');
    frame.put((byte) 'U').put((byte) name.length).put(name);
    frame.put(new byte[] {'K', 10, 'K', 1, (byte) 0x86, (byte) 0x86, 'a', '.'});
    return frame.array();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /** All was read, though nothing went on; what was handed over arrives whole and in order. */
  private void assertDroppedWholeLines() {
    relay.awaitFigure("in", "lines-in", LINES);
    relay.assertBalanced("in");
    assertThat(relay.figure("in", "lines-in")).isEqualTo(LINES);
    assertThat(relay.counted("in", "dropped").get("pipeline-full")).isPositive();
    assertThat(relay.counted("in", "invalid")).isEmpty();
    relay.sink.read();
    relay.awaitLines((int) relay.figure("in", "lines-out"));
    int before = -1;
    for (String line : relay.sink.lines()) {
      int number = Integer.parseInt(line.substring(PADDING.length() + 1, line.indexOf(' ')));
      assertThat(line).startsWith(PADDING + "." + number + " 1");
      assertThat(number).isGreaterThan(before);
      before = number;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphite", "pickle", "json"})
  void neverSlowsAStream(String format) throws Exception {
    int port = start("tcp", "format = " + format);

    ListeningRelay.send(port, stream(format));

    assertDroppedWholeLines();
  }

  @Test
  void neverSlowsACompressedStream() throws Exception {
    int port = start("tcp", "compression = gzip");

    ListeningRelay.send(port, gzip(stream("graphite")));

    assertDroppedWholeLines();
  }

  @Test
  void neverSlowsAUnixSocket(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("in");
    relay = start("url = \"unix://" + file + "\"");

    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(file));
      ByteBuffer all = ByteBuffer.wrap(stream("graphite"));
      while (all.hasRemaining()) {
        channel.write(all);
      }
    }

    assertDroppedWholeLines();
  }

  @Test
  void takesEverythingAgainOnceTheDestinationReads() throws Exception {
    int port = start("tcp", "format = graphite");
    try (Socket socket = dial(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(stream("graphite"));
      out.flush();
      assertDroppedWholeLines();
      int before = relay.sink.count();

      out.write("after.it 1 10\n".getBytes(UTF_8));

      relay.awaitLines(before + 1);
      assertThat(relay.sink.lines()).contains("after.it 1 10");
    }
  }

  @Test
  void answersHttpAtOnceAndTakesBodiesWholeOrNotAtAll() throws Exception {
    int port = start("http", "format = graphite");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<Integer> taken = new ArrayList<>();
    int refused = 0;
    for (int i = 0; refused < 20; i++) {
      String body = ("body." + i + "." + PADDING + " 1 10\n").repeat(2000);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      assertThat(status).isIn(202, 503);
      if (status == 202) {
        taken.add(i);
      } else {
        refused++;
      }
    }

    relay.sink.read();

    relay.awaitLines(2000 * taken.size());
    assertThat(relay.figure("in", "lines-in")).isEqualTo(2000L * taken.size());
    for (int i : taken) {
      assertThat(relay.sink.lines().stream().filter(line -> line.startsWith("body." + i + ".")))
          .hasSize(2000);
    }
    assertThat(relay.counted("in", "requests"))
        .containsEntry("202", (long) taken.size())
        .containsEntry("503", (long) refused);
  }
}
