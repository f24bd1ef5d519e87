package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.output.Bench.Destination;
import io.cadenza.tls.TestCertificates;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static TestCertificates.Pair server;
  private static TestCertificates.Pair client;

  private final Bench bench = new Bench();
  private final StringBuffer came = new StringBuffer();

  @BeforeAll
  static void certify() {
    certificates = new TestCertificates(folder);
    server = certificates.sign("server", "dns:localhost");
    client = certificates.sign("client", "dns:client");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private int serve(ClientAuth auth) throws Exception {
    NetServerOptions options = new NetServerOptions().setSsl(true).setClientAuth(auth);
    options.setKeyCertOptions(pair(server));
    options.setTrustOptions(new PemTrustOptions().addCertPath(certificates.ca().toString()));
    NetServer listening = bench.vertx.createNetServer(options);
    listening.connectHandler(socket -> socket.handler(came::append));
    return listening
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
  }

  private static PemKeyCertOptions pair(TestCertificates.Pair pair) {
    return new PemKeyCertOptions()
        .setCertPath(pair.certificate().toString())
        .setKeyPath(pair.key().toString());
  }

  private static String tls(String more) {
    return "tls { enabled = true, " + more + " }";
  }

  private static String ca(Path file) {
    return "ca = \"" + file + "\"";
  }

  private void arrives(Destination destination) {
    destination.send("a 1 2");
    Bench.until(() -> assertThat(came.toString()).isEqualTo("a 1 2\n"));
    destination.settle();
    destination.stop();
  }

  private void isDown(Destination destination, String because) {
    destination.send("a 1 2");
    Bench.until(() -> assertThat(destination.failures("tls")).isPositive());
    Bench.until(() -> assertThat(destination.state.up()).isFalse());
    Bench.until(
        () ->
            assertThat(bench.events.all())
                .anyMatch(
                    event -> event.text().matches(".* is down: TLS failed: .*" + because + ".*")));
    assertThat(came).isEmpty();
    destination.stop();
  }

  @Test
  void encryptsLines() throws Exception {
    arrives(bench.to("tcp://localhost:" + serve(ClientAuth.NONE), tls(ca(certificates.ca()))));
  }

  @Test
  void saysThatTheAuthorityIsUnknown() throws Exception {
    isDown(bench.to("tcp://localhost:" + serve(ClientAuth.NONE), tls("")), "certification path");
  }

  @Test
  void saysThatTheCertificateIsForAnotherHost() throws Exception {
    isDown(
        bench.to("tcp://127.0.0.1:" + serve(ClientAuth.NONE), tls(ca(certificates.ca()))),
        "127.0.0.1");
  }

  @Test
  void checksForTheNameThatIsGiven() throws Exception {
    isDown(
        bench.to(
            "tcp://localhost:" + serve(ClientAuth.NONE),
            tls(ca(certificates.ca()) + ", server-name = other.example")),
        "other.example");
  }

  @Test
  void takesACertificateForTheNameThatIsGiven() throws Exception {
    arrives(
        bench.to(
            "tcp://127.0.0.1:" + serve(ClientAuth.NONE),
            tls(ca(certificates.ca()) + ", server-name = localhost")));
  }

  @Test
  void showsItsCertificate() throws Exception {
    String own =
        ", certificate = \"%s\", key = \"%s\"".formatted(client.certificate(), client.key());
    arrives(
        bench.to(
            "tcp://localhost:" + serve(ClientAuth.REQUIRED), tls(ca(certificates.ca()) + own)));
  }

  @Test
  void saysThatAPeerWantsACertificate() throws Exception {
    isDown(
        bench.to("tcp://localhost:" + serve(ClientAuth.REQUIRED), tls(ca(certificates.ca()))),
        "certificate");
  }
}
