package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send is answered all the same, and never with a mistake of ours. */
class BadInputTest {
  private static ApiRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new ApiRig("max-body = 64KiB", ApiRig.recorded());
  }

  @AfterAll
  static void stop() throws Exception {
    rig.stop();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void longBodiesAreRefused() throws Exception {
    String form = "format=json&target=" + "a".repeat(70_000);

    assertThat(rig.post("/render", form).statusCode()).isEqualTo(413);
    assertThat(rig.post("/render", "format=json&target=" + "a".repeat(60_000)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=y",
        "application/x-www-form-urlencoded; charset=nonsense",
        "nonsense",
        "application/json"
      })
  void bodiesThatAreNoFormsAreNoMistakesOfOurs(String type) throws Exception {
    HttpResponse<String> answer =
        rig.send(
            rig.request("/metrics/find")
                .header("Content-Type", type)
                .POST(
                    BodyPublishers.ofString("--x\r\nContent-Disposition: form-data; na%zz=&&\0")));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void aFileIsNoParameter() throws Exception {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"query\"; filename=\"a\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\napp\r\n--x--\r\n";
    HttpResponse<String> answer =
        rig.send(
            rig.request("/metrics/find")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Missing required parameter 'query'");
  }

  @Test
  void deepTargetsAreRefused() throws Exception {
    String deep = "scale(".repeat(5000) + "a" + ",1)".repeat(5000);

    HttpResponse<String> answer = rig.post("/render", "format=json&target=" + encoded(deep));

    assertThat(answer.statusCode()).isBetween(400, 422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{{{{{{{{{{{{{{{a",
        "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
        "[",
        "[a-",
        "\\",
        "..",
        ".",
        "*.*.*.*.*.*.*.*",
        "**.**.**.**",
        "a\0b",
        "\u202e",
        "\ud800"
      })
  void strangeQueriesFindNothingOrAreRefused(String query) throws Exception {
    String found = "query=" + encoded(query);

    assertThat(rig.get("/metrics/find?" + found).statusCode()).isIn(200, 400, 422);
    assertThat(rig.get("/metrics/expand?" + found).statusCode()).isIn(200, 400, 422);
    assertThat(rig.get("/find?" + found).statusCode()).isIn(200, 400, 422);
    assertThat(rig.get("/render?format=json&target=" + encoded(query)).statusCode())
        .isIn(200, 400, 422);
  }

  @Test
  void regexesDontRunAway() throws Exception {
    String target = "grep(app.*.*.*,\"(((((a+)+)+)+)+)+$\")";

    assertThat(rig.get("/render?format=json&target=" + encoded(target)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /render?target=%zz HTTP/1.1",
        "GET /render?target=% HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "GET /%00 HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1",
        "GET /tags/%2e%2e%2f HTTP/1.1",
        "GET /metrics/find?query=%ff%fe HTTP/1.1",
        "GET //render HTTP/1.1",
        "GET * HTTP/1.1",
        "NONSENSE / HTTP/1.1",
        "GET / HTTP/9.9"
      })
  void strangeRequestsAreAnswered(String line) throws Exception {
    assertThat(answer(line)).isBetween(200, 505).isNotEqualTo(500);
  }

  @Test
  void longAddressesAreRefused() throws Exception {
    assertThat(answer("GET /render?target=" + "a".repeat(100_000) + " HTTP/1.1")).isEqualTo(414);
  }

  private static int answer(String line) throws Exception {
    try (Socket client = new Socket("127.0.0.1", rig.port)) {
      client.setSoTimeout(10_000);
      OutputStream out = client.getOutputStream();
      out.write((line + "\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      byte[] head = client.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(head, StandardCharsets.US_ASCII).substring(9));
    }
  }

  @Test
  void anyParametersAreNoMistakeOfOurs() throws Exception {
    Random random = new Random(7);
    String[] paths = {
      "/render",
      "/metrics/find",
      "/metrics",
      "/metrics/expand",
      "/tags/findSeries",
      "/tags",
      "/tags/autoComplete/values",
      "/functions",
      "/rawrender",
      "/find",
      "/metrics/set-metadata"
    };
    String[] names = {
      "target",
      "query",
      "format",
      "from",
      "until",
      "now",
      "tz",
      "expr",
      "tag",
      "limit",
      "position",
      "maxDataPoints",
      "width",
      "template[a]",
      "jsonp",
      "pretty",
      "key",
      "metric",
      "noNullPoints"
    };
    String[] values = {
      "app.*.*.*",
      "json",
      "png",
      "csv",
      "-1",
      "0",
      "99999999999999999999",
      "",
      "now",
      "-1d",
      "\u00e9",
      "scale(app.*.*.*,",
      "name=~.*",
      "seriesByTag('a=b')",
      "'",
      "\"",
      "nodelist",
      "Mars/Olympus",
      "1e400",
      "msgpack",
      "pickle",
      "raw",
      "svg",
      "dygraph",
      "rickshaw",
      "completer"
    };
    for (int i = 0; i < 400; i++) {
      StringBuilder ask = new StringBuilder(paths[random.nextInt(paths.length)] + "?");
      for (int j = random.nextInt(6); j >= 0; j--) {
        ask.append(encoded(names[random.nextInt(names.length)])).append('=');
        ask.append(encoded(values[random.nextInt(values.length)])).append('&');
      }

      HttpResponse<String> answer = rig.get(ask.toString());

      assertThat(answer.statusCode()).as(ask + ": " + answer.body()).isIn(200, 400, 422);
    }
  }
}
