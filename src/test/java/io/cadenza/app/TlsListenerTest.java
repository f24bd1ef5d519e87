package io.cadenza.app;

import static io.cadenza.app.ListeningRelay.dial;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.scenario.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsListenerTest {
  @TempDir private static Path folder;
  private static Certificates certificates;

  @BeforeAll
  static void make() throws Exception {
    certificates = Certificates.make(folder);
  }

  private static String tls(String more) {
    return "tls { enabled = true, certificate = \"%s\", key = \"%s\", %s }"
        .formatted(certificates.certificate("server"), certificates.key("server"), more);
  }

  private static String mutual() {
    return tls("client-auth = required, ca = \"" + certificates.certificate("client") + "\"");
  }

  private static String listener(int port, String tls) {
    return "in { url = \"tcp://127.0.0.1:" + port + "\", " + tls + " }";
  }

  private static void send(SSLContext context, int port, String text) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (Socket socket = context.getSocketFactory().createSocket(here, port)) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.getOutputStream().flush();
    }
  }

  @Test
  void takesLinesOverTls() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, tls("")))) {
      send(certificates.client(), port, "a.b 1 10\nc.d 2 20");
      relay.awaitLines(2);
      assertThat(relay.sink.lines()).containsExactly("a.b 1 10", "c.d 2 20");
      relay.assertBalanced("in");
    }
  }

  @Test
  void countsAClientThatSpeaksNoTls() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, tls("")))) {
      try (Socket plain = dial(port)) {
        plain.getOutputStream().write("a.b 1 10\n".getBytes(UTF_8));
        relay.awaitFigure("in", "connections-failed", 1);
      }
      send(certificates.client(), port, "c.d 2 20\n");
      relay.awaitLines(1);
      assertThat(relay.sink.lines()).containsExactly("c.d 2 20");
      assertThat(relay.figure("in", "connections-failed")).isEqualTo(1);
    }
  }

  @Test
  void takesAClientWithACertificate() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, mutual()))) {
      send(certificates.clientWithCertificate(), port, "a.b 1 10\n");
      relay.awaitLines(1);
      assertThat(relay.figure("in", "connections-failed")).isZero();
    }
  }

  @Test
  void countsAClientWithoutACertificate() throws Exception {
    int port = Ports.free();
    try (ListeningRelay relay = ListeningRelay.with(listener(port, mutual()))) {
      sendInVain(port);
      relay.awaitFigure("in", "connections-failed", 1);
      send(certificates.clientWithCertificate(), port, "c.d 1 10\n");
      relay.awaitLines(1);
      assertThat(relay.sink.lines()).containsExactly("c.d 1 10");
    }
  }

  private static void sendInVain(int port) throws java.security.GeneralSecurityException {
    try {
      send(certificates.client(), port, "a.b 1 10\n");
    } catch (IOException refused) {
      // With TLS 1.3 the client may or may not be told before it closes.
    }
  }

  @Test
  void takesBodiesOverTls() throws Exception {
    int port = Ports.free();
    String listener = "in { url = \"https://127.0.0.1:" + port + "/\", " + mutual() + " }";
    try (ListeningRelay relay = ListeningRelay.with(listener)) {
      HttpClient client =
          HttpClient.newBuilder().sslContext(certificates.clientWithCertificate()).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/"))
              .POST(HttpRequest.BodyPublishers.ofString("a.b 1 10"))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(new JsonObject(response.body()).getInteger("accepted")).isEqualTo(1);
      relay.awaitLines(1);
    }
  }
}
