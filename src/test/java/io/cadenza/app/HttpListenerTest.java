package io.cadenza.app;

import static io.cadenza.app.ListeningRelay.dial;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.scenario.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpListenerTest {
  private static final String PICKLE = "80025d71002858010000006171014b0a4b01867102867103652e";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ListeningRelay relay;
  private int port;

  private void start(String more) throws Exception {
    start(Sink.reading(), more);
  }

  private void start(Sink sink, String more) throws Exception {
    port = Ports.free();
    String url = "url = \"http://127.0.0.1:" + port + "/lines\", ";
    relay = ListeningRelay.with(sink, "in { " + url + more + " }");
  }

  @AfterEach
  void goodLinesStillPass() throws Exception {
    try (ListeningRelay last = relay) {
      last.assertBalanced("in");
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lines"));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject post(BodyPublisher body) throws Exception {
    HttpResponse<String> response = send(request().POST(body).build());
    assertThat(response.statusCode()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  private JsonObject post(String body) throws Exception {
    return post(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> postEncoded(String encoding, byte[] body) throws Exception {
    return send(
        request()
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(String text, boolean bare) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, bare))) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static JsonObject error(int line, String reason, String text) {
    return new JsonObject().put("line", line).put("reason", reason).put("text", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "BREW"})
  void takesLinesByAnyMethod(String method) throws Exception {
    start("");
    HttpResponse<String> response =
        send(request().method(method, BodyPublishers.ofString("a.b 1 10\nc.d 2 20")).build());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new JsonObject(response.body()))
        .isEqualTo(
            new JsonObject()
                .put("lines", 2)
                .put("accepted", 2)
                .put("invalid", 0)
                .put("errors", new JsonArray()));
    relay.awaitLines(2);
    assertThat(relay.sink.lines()).containsExactly("a.b 1 10", "c.d 2 20");
  }

  @Test
  void tellsWhichLinesAreBadAndWhy() throws Exception {
    start("max-line = 64");
    String tooLong = "k".repeat(100) + " 1 10";
    JsonObject answer = post("a.b 1 10\nc.d nan 10\nno\n" + tooLong + "\n\ne.f 1 x\r\ng.h 2 20\n");
    assertThat(answer.getInteger("lines")).isEqualTo(7);
    assertThat(answer.getInteger("accepted")).isEqualTo(2);
    assertThat(answer.getInteger("invalid")).isEqualTo(5);
    assertThat(answer.getJsonArray("errors"))
        .containsExactly(
            error(2, "nan", "c.d nan 10"),
            error(3, "fields", "no"),
            error(4, "too-long", tooLong),
            error(5, "empty", ""),
            error(6, "time", "e.f 1 x"));
  }

  @Test
  void tellsTwentyErrorsAtMostAndCountsTheRest() throws Exception {
    start("");
    JsonObject answer = post("a.b nan 1\n".repeat(50_000) + "c.d 1 10\n".repeat(50_000));
    assertThat(answer.getInteger("lines")).isEqualTo(100_000);
    assertThat(answer.getInteger("invalid")).isEqualTo(50_000);
    assertThat(answer.getJsonArray("errors")).hasSize(20);
    relay.awaitLines(50_000);
  }

  @Test
  void takesNothingAtAll() throws Exception {
    start("");
    HttpResponse<String> response = send(request().GET().build());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(response.body()).getInteger("lines")).isZero();
  }

  @Test
  void namesTheRightPathWhereAnotherIsAsked() throws Exception {
    start("");
    URI wrong = URI.create("http://127.0.0.1:" + port + "/lines/more");
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(wrong).POST(BodyPublishers.ofString("a.b 1 10")).build());
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("lines are taken at /lines");
    assertThat(post("c.d 1 10").getInteger("accepted")).isEqualTo(1);
  }

  @Test
  void answersInWordsAsCadentDoesWhereTextIsAsked() throws Exception {
    start("");
    HttpResponse<String> response =
        send(
            request()
                .header("Accept", "text/plain")
                .POST(BodyPublishers.ofString("a.b 1 10\nno\nc.d 2 20"))
                .build());
    assertThat(response.body()).isEqualTo("lines processed 2");
  }

  @Test
  void takesChunks() throws Exception {
    start("");
    byte[] body = "a.b 1 10\n".repeat(10_000).getBytes(UTF_8);
    JsonObject answer =
        post(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));
    assertThat(answer.getInteger("accepted")).isEqualTo(10_000);
    relay.awaitLines(10_000);
  }

  @Test
  void decompressesBodies() throws Exception {
    start("");
    String text = "a.b 1 10\n".repeat(1000);
    byte[] twice = "c.d 1 10\n".getBytes(UTF_8);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(gzip(text.getBytes(UTF_8)));
    members.writeBytes(gzip(twice));
    assertThat(postEncoded("gzip", members.toByteArray()).body()).contains("\"accepted\":1001");
    assertThat(postEncoded("deflate", deflate(text, false)).body()).contains("\"accepted\":1000");
    assertThat(postEncoded("deflate", deflate(text, true)).body()).contains("\"accepted\":1000");
    assertThat(postEncoded("br", twice).statusCode()).isEqualTo(415);
  }

  @Test
  void takesNothingOfABodyThatCannotBeDecompressed() throws Exception {
    start("");
    byte[] whole = gzip("a.b 1 10\n".repeat(1000).getBytes(UTF_8));
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    assertThat(postEncoded("gzip", half).statusCode()).isEqualTo(400);
    assertThat(postEncoded("gzip", "a.b 1 10".getBytes(UTF_8)).statusCode()).isEqualTo(400);
    assertThat(relay.invalid("in", "compression")).isEqualTo(2);
    assertThat(relay.figure("in", "lines-out")).isZero();
    assertThat(post("c.d 1 10").getInteger("accepted")).isEqualTo(1);
  }

  @Test
  void refusesABodyThatIsTooLongOnceDecompressed() throws Exception {
    start("max-body = 100KiB");
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(postEncoded("gzip", bomb).statusCode()).isEqualTo(413);
    assertThat(statusOf("x".repeat(102_401))).isEqualTo(413);
    assertThat(statusOf("x".repeat(102_400))).isEqualTo(200);
  }

  private int statusOf(String body) throws Exception {
    return send(request().POST(BodyPublishers.ofString(body)).build()).statusCode();
  }

  @Test
  void holdsItsAnswerWhileADestinationTakesNothing() throws Exception {
    start(Sink.stopped(), "");
    // The queue, the windows and what sockets hold are much less than this.
    String body = ("k".repeat(100) + " 1 10\n").repeat(100_000);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            request().POST(BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
    relay.awaitFigure("in", "pauses", 1);
    assertThat(answer).isNotDone();
    relay.sink.read();
    assertThat(new JsonObject(answer.get().body()).getInteger("accepted")).isEqualTo(100_000);
    relay.awaitLines(100_000);
  }

  @Test
  void asksToComeBackWhenTooManyBodiesWait() throws Exception {
    start(Sink.stopped(), "instances = 1, max-body = 11MiB, max-waiting = 12MiB");
    String body = ("k".repeat(100) + " 1 10\n").repeat(100_000);
    CompletableFuture<HttpResponse<String>> first =
        client.sendAsync(
            request().POST(BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
    relay.awaitFigure("in", "pauses", 1);
    HttpResponse<String> second = send(request().POST(BodyPublishers.ofString(body)).build());
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
    relay.sink.read();
    assertThat(first.get().statusCode()).isEqualTo(200);
    assertThat(post("c.d 1 10").getInteger("accepted")).isEqualTo(1);
  }

  @Test
  void takesADocument() throws Exception {
    start("format = json");
    String item = "{\"path\":\"j.%s\",\n\"value\":%d,\n\"time\":10}";
    JsonObject answer =
        post("[" + item.formatted("a", 1) + ",\n5,\n" + item.formatted("b", 2) + "]");
    assertThat(answer.getInteger("accepted")).isEqualTo(2);
    assertThat(answer.getJsonArray("errors").getJsonObject(0).getString("reason"))
        .isEqualTo("item");
    relay.awaitLines(2);
    assertThat(relay.sink.lines()).containsExactly("j.a 1 10", "j.b 2 10");
  }

  @Test
  void takesAPickleWithOrWithoutItsLength() throws Exception {
    start("format = auto");
    byte[] framed = HexFormat.of().parseHex("0000001a" + PICKLE);
    assertThat(post(BodyPublishers.ofByteArray(framed)).getInteger("accepted")).isEqualTo(1);
    relay.close();
    start("format = pickle");
    byte[] bare = HexFormat.of().parseHex(PICKLE);
    assertThat(post(BodyPublishers.ofByteArray(framed)).getInteger("accepted")).isEqualTo(1);
    assertThat(post(BodyPublishers.ofByteArray(bare)).getInteger("accepted")).isEqualTo(1);
    relay.awaitLines(2);
  }

  @Test
  void takesNothingOfABodyThatIsCutOff() throws Exception {
    start("");
    try (Socket socket = dial(port)) {
      String half = "POST /lines HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na.b 1 10\nc.d ";
      socket.getOutputStream().write(half.getBytes(UTF_8));
      relay.awaitFigure("in", "connections", 1);
    }
    relay.awaitInvalid("in", "cut-off", 1);
    assertThat(relay.figure("in", "lines-out")).isZero();
    assertThat(post("c.d 1 10").getInteger("accepted")).isEqualTo(1);
  }

  @Test
  void closesAConnectionThatIsIdle() throws Exception {
    start("idle-timeout = 100ms");
    try (Socket socket = dial(port)) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(relay.figure("in", "connections-idle")).isEqualTo(1);
  }

  @Test
  void closesConnectionsBeyondTheLimit() throws Exception {
    start("max-connections = 1");
    try (Socket first = dial(port)) {
      relay.awaitFigure("in", "connections", 1);
      try (Socket second = dial(port)) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      relay.awaitFigure("in", "connections-refused", 1);
      assertThat(first.isClosed()).isFalse();
    }
  }

  @Test
  void countsEveryRequestByItsAnswer() throws Exception {
    start("max-body = 1KiB");
    post("a.b 1 10\n");
    URI elsewhere = URI.create("http://127.0.0.1:" + port + "/elsewhere");
    send(HttpRequest.newBuilder(elsewhere).POST(BodyPublishers.ofString("a.b 1 10")).build());
    postEncoded("br", new byte[] {1});
    postEncoded("gzip", new byte[] {1});
    send(request().POST(BodyPublishers.ofString("a.b 1 10\n".repeat(1000))).build());
    try (Socket socket = dial(port)) {
      socket.getOutputStream().write("no request at all\r\n\r\n".getBytes(UTF_8));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
    try (Socket socket = dial(port)) {
      String head = "POST /lines HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na.b";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().flush();
    }
    relay.awaitInvalid("in", "cut-off", 1);

    assertThat(relay.counted("in", "requests"))
        .isEqualTo(Map.of("200", 1L, "404", 1L, "415", 1L, "400", 2L, "413", 1L, "gone", 1L));
  }
}
