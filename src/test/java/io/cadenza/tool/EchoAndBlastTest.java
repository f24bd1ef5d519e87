package io.cadenza.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.scenario.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EchoAndBlastTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @AfterEach
  void closeVertx() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private String url(String scheme) {
    return switch (scheme) {
      case "unix" -> "unix://" + folder.resolve("echo.sock");
      case "http" -> "http://127.0.0.1:0/lines";
      default -> scheme + "://127.0.0.1:0";
    };
  }

  private Echo echo(long count, boolean quiet, Duration every, String... urls) {
    List<Url> servers = List.of(urls).stream().map(Url::parse).toList();
    return new Echo(
        vertx,
        new EchoOptions(servers, quiet, every, count),
        new PrintStream(printed, false),
        new PrintStream(told, true));
  }

  private Blast blast(BlastOptions options) {
    InstantSource clock = InstantSource.system();
    var maker = new LineMaker(options.kind(), options.words(), 3, new SplittableRandom(7), clock);
    return new Blast(vertx, options, MINUTE, maker, clock, new PrintStream(told, true));
  }

  private static BlastOptions options(List<Url> servers, int forks, Duration pause, long lines) {
    return new BlastOptions(
        servers, LineMaker.Kind.STATSD, 512, forks, pause, List.of("cow"), 3, lines);
  }

  private List<String> printed() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private Blast.Totals sendAll(Blast blast) throws Exception {
    await(blast.start());
    await(blast.done());
    return await(blast.stop());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "unix", "http"})
  void printsEveryLineThatBlastSent(String scheme) throws Exception {
    Echo echo = echo(203, false, MINUTE, url(scheme));
    List<Url> where = await(echo.start());
    Blast.Totals sent = sendAll(blast(options(where, 2, Duration.ZERO, 203)));
    await(echo.done());
    assertThat(sent.lines()).isEqualTo(203);
    assertThat(sent.failed()).isZero();
    assertThat(await(echo.stop())).isEqualTo(new Echo.Totals(203, sent.bytes()));
    assertThat(printed())
        .hasSize(203)
        .allSatisfy(
            line -> assertThat(line).startsWith("[ECHO from " + where.get(0) + "] statdtest.cow."));
  }

  @Test
  void sharesTheLinesAmongAllSendersOfAllServers() throws Exception {
    Echo echo = echo(1001, false, MINUTE, url("tcp"), url("http"), url("unix"));
    List<Url> where = await(echo.start());
    sendAll(blast(options(where, 3, Duration.ZERO, 1001)));
    await(echo.done());
    List<Long> shares =
        where.stream()
            .map(url -> printed().stream().filter(l -> l.startsWith("[ECHO from " + url)).count())
            .toList();
    assertThat(shares).containsExactly(335L, 333L, 333L);
  }

  @Test
  void sleepsByTimerAndStillSendsAll() throws Exception {
    Echo echo = echo(100, true, MINUTE, url("tcp"));
    Blast.Totals sent = sendAll(blast(options(await(echo.start()), 1, Duration.ofMillis(2), 100)));
    await(echo.done());
    assertThat(sent.lines()).isEqualTo(100);
    assertThat(printed()).isEmpty();
  }

  @Test
  void tellsOfASenderWhoseServerWentAway() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      Url url = Url.parse("tcp://127.0.0.1:" + server.getLocalPort());
      Blast blast = blast(options(List.of(url), 1, Duration.ofMillis(1), 0));
      await(blast.start());
      server.accept().close();
      await(blast.done());
      assertThat(await(blast.stop()).failed()).isEqualTo(1);
      assertThat(told.toString(StandardCharsets.UTF_8)).contains("a sender ended");
    }
  }

  @Test
  void failsToStartWhereNobodyListens() throws Exception {
    int gone = Ports.free();
    Url url = Url.parse("tcp://127.0.0.1:" + gone);
    Blast blast = blast(options(List.of(url), 2, Duration.ZERO, 1));
    assertThatThrownBy(() -> await(blast.start())).hasMessageContaining(url.toString());
  }

  @Test
  void failsToListenWhereAnotherDoes() throws Exception {
    List<Url> taken = await(echo(0, false, MINUTE, url("tcp")).start());
    Echo second = echo(0, false, MINUTE, taken.get(0).toString());
    assertThatThrownBy(() -> await(second.start())).hasMessageContaining(taken.get(0).toString());
  }

  @Test
  void takesOverTheFileOfASocketThatNobodyServes() throws Exception {
    Path file = folder.resolve("echo.sock");
    try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(file));
    }
    assertThat(file).exists();
    Echo echo = echo(0, false, MINUTE, url("unix"));
    await(echo.start());
    await(echo.stop());
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void leavesAFileThatIsNoSocketAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("echo.sock"), "precious");
    Echo echo = echo(0, false, MINUTE, url("unix"));
    assertThatThrownBy(() -> await(echo.start())).hasMessageContaining("echo.sock");
    assertThat(file).hasContent("precious");
  }

  @Test
  void countsTheLastLineWithoutNewline() throws Exception {
    Echo echo = echo(2, false, MINUTE, url("tcp"));
    Url where = await(echo.start()).get(0);
    var socket = await(vertx.createNetClient().connect(where.socketAddress()));
    await(socket.write("a 1 2\nb 3 4"));
    await(socket.close());
    await(echo.done());
    assertThat(printed())
        .containsExactly("[ECHO from " + where + "] a 1 2", "[ECHO from " + where + "] b 3 4");
  }

  @Test
  void printsADatagramLongerThanTheDefaultReadWhole() throws Exception {
    Echo echo = echo(1, false, MINUTE, url("udp"));
    Url where = await(echo.start()).get(0);
    String line = "k".repeat(30_000);
    await(vertx.createDatagramSocket().send(line, where.port(), where.host()));
    await(echo.done());
    assertThat(printed()).containsExactly("[ECHO from " + where + "] " + line);
  }

  @Test
  void endsAfterExactlyTheCountAskedFor() throws Exception {
    Echo echo = echo(3, false, MINUTE, url("tcp"));
    SocketAddress where = await(echo.start()).get(0).socketAddress();
    var socket = await(vertx.createNetClient().connect(where));
    await(socket.write(Buffer.buffer("a\nb\nc\nd\ne\n")));
    await(echo.done());
    assertThat(await(echo.stop()).lines()).isEqualTo(3);
    assertThat(printed()).hasSize(3);
  }

  @Test
  void tellsItsCountsFromTimeToTime() throws Exception {
    Echo echo = echo(0, true, Duration.ofMillis(5), url("tcp"));
    Url where = await(echo.start()).get(0);
    sendAll(blast(options(List.of(where), 1, Duration.ZERO, 10)));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(told.toString(StandardCharsets.UTF_8).lines())
                    .anyMatch(l -> l.startsWith("[ECHO] 10 lines, ") && l.endsWith(where + " 10")));
    await(echo.stop());
  }

  @Test
  void answersAPostOnceItIsTaken() throws Exception {
    Echo echo = echo(1, false, MINUTE, url("http"));
    Url where = await(echo.start()).get(0);
    var client = vertx.createHttpClient();
    var request = await(client.request(HttpMethod.POST, where.port(), where.host(), where.path()));
    int status = await(request.send("a 1 2")).statusCode();
    assertThat(status).isEqualTo(204);
    assertThat(printed()).containsExactly("[ECHO from " + where + "] a 1 2");
  }
}
