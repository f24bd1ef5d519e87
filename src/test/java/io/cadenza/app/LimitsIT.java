package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar in a process of its own that the system gives too little. */
@Timeout(120)
class LimitsIT {
  private static final String JAR = System.getProperty("cadenza.jar", "target/cadenza.jar");
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";
  private static final int DESCRIPTORS = 110;

  @TempDir private Path dir;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Socket> senders = new ArrayList<>();
  private Process relay;
  private Path log;
  private int port;
  private int admin;

  @AfterEach
  void end() throws IOException {
    for (Socket sender : senders) {
      sender.close();
    }
    relay.destroyForcibly();
  }

  private void start(String java, String listener, String... destinations) throws Exception {
    port = Ports.free();
    admin = Ports.free();
    log = dir.resolve("log");
    String conf =
        """
        listeners {
          in { url = "tcp://127.0.0.1:%1$d", into = main, %2$s }
          udp { url = "udp://127.0.0.1:%1$d", into = main }
        }
        pipelines { main { routes = [ { to = [all] } ] } }
        clusters { all { policy = all, destinations = [%3$s] } }
        admin { listen = "127.0.0.1:%4$d" }
        shell.listen = null
        instances = 2
        """
            .formatted(port, listener, String.join(", ", destinations), admin);
    Path file = Files.writeString(dir.resolve("relay.conf"), conf);
    String command =
        "ulimit -n %d; exec %s %s -jar %s run -c %s".formatted(DESCRIPTORS, JAVA, java, JAR, file);
    relay =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> told().contains("is ready"));
  }

  private static String destination(int port, String more) {
    return "{ url = \"tcp://127.0.0.1:%d\", connections = 1, reconnect-max = 200ms%s }"
        .formatted(port, more);
  }

  private String told() throws IOException {
    return Files.readString(log);
  }

  /** By a connection that stays open: there may be none to be had later. */
  private JsonObject stats() {
    URI uri = URI.create("http://127.0.0.1:" + admin + "/stats");
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long listener(String figure) {
    return stats().getJsonObject("listeners").getJsonObject("in").getLong(figure);
  }

  private long failures(int destination, String reason) {
    JsonObject own =
        stats().getJsonObject("destinations").getJsonObject("all/127.0.0.1:" + destination);
    return own.getJsonObject("failures", new JsonObject()).getLong(reason, 0L);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    senders.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void awaitLines(Sink sink, int lines) {
    await().atMost(Duration.ofSeconds(30)).until(() -> sink.count() >= lines);
  }

  @Test
  void servesOnWithoutDescriptorsAndRecovers() throws Exception {
    int late = Ports.free();
    try (Sink sink = Sink.reading()) {
      start("-Xmx128m -XX:-MaxFDLimit", "", destination(sink.port(), ""), destination(late, ""));
      assertThat(told()).contains("the system gives " + DESCRIPTORS + " file descriptors");
      Socket first = connect();
      send(first, "before.it 1 10\n");
      awaitLines(sink, 1);
      assertThat(listener("accept-failures")).isZero();
      long begun = System.nanoTime();
      for (int i = 0; i < 2 * DESCRIPTORS; i++) {
        send(connect(), "sender." + i + " 1 10\n");
      }
      await().until(() -> listener("accept-failures") > 3);
      await().until(() -> failures(late, "descriptors") > 3);

      send(first, "during.it 1 10\n");

      await().until(() -> sink.lines().contains("during.it 1 10"));
      long failed = listener("accept-failures");
      long tenths = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 100;
      assertThat(failed).as("ten times a second").isLessThanOrEqualTo(tenths + 1);
      assertThat(told().lines().filter(line -> line.contains("could not accept")))
          .hasSizeBetween(1, 1 + (int) tenths / 100);
      assertThat(told()).doesNotContain("\tat ");

      try (Sink other = Sink.at(late)) {
        for (Socket sender : senders.subList(1, senders.size())) {
          sender.close();
        }
        awaitLines(sink, 2 + 2 * DESCRIPTORS);
        awaitLines(other, 2 + 2 * DESCRIPTORS);
        send(connect(), "after.it 1 10\n");
        awaitLines(sink, 3 + 2 * DESCRIPTORS);
      }
    }
  }
}
