package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the API is asked over HTTP, and how its answers come. */
class ApiVerticleTest {
  private static final String SPAN = "&from=1699999900&until=1700000000";
  private static final String COUNT = "app.web1.requests.count";
  private static ApiRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new ApiRig("cors = [\"https://grafana.example.org\"]", ApiRig.recorded());
  }

  @AfterAll
  static void stop() throws Exception {
    rig.stop();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/render",
        "/render/",
        "/metrics/find/",
        "/metrics/",
        "/metrics",
        "/metrics/expand/",
        "/metrics/index.json/",
        "/version",
        "/functions/",
        "/tags/",
        "/tags/autoComplete/tags/",
        "/events/get_data/",
        "/find/",
        "/paths",
        "/expand/",
        "/ping"
      })
  void slashesAtTheEndDontCount(String path) throws Exception {
    String query = "?format=json&query=app.*&target=app.web1.requests.count";

    assertThat(rig.get(path + query).statusCode()).isEqualTo(200);
  }

  @Test
  void whatLeadsNowhereIsToldWhatThereIs() throws Exception {
    HttpResponse<String> answer = rig.get("/nowhere");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/metrics/find", "/rawrender", "/functions/NAME");
  }

  @Test
  void aFormSaysTheSameAsAnAddress() throws Exception {
    String one = rig.get("/render?format=raw&target=" + COUNT + SPAN).body();

    assertThat(one).startsWith(COUNT + ",1699999910,1700000010,10|");
    assertThat(rig.post("/render", "format=raw&target=" + COUNT + SPAN).body()).isEqualTo(one);
    assertThat(rig.post("/render?format=raw" + SPAN, "target=" + COUNT).body()).isEqualTo(one);
    assertThat(rig.post("/render?format=raw" + SPAN, "target%5B%5D=" + COUNT).body())
        .isEqualTo(one);
  }

  @Test
  void aFormInPartsSaysTheSameToo() throws Exception {
    String form =
        part("format", "raw") + part("target", COUNT) + part("from", "1699999900") + "--x--\r\n";
    HttpResponse<String> answer =
        rig.send(
            rig.request("/render/?until=1700000000")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));

    assertThat(answer.body()).startsWith(COUNT + ",1699999910,1700000010,10|");
  }

  private static String part(String name, String value) {
    return "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, value);
  }

  @Test
  void ofSeveralValuesTheLastCounts() throws Exception {
    assertThat(rig.get("/render?format=json&format=raw&target=" + COUNT + SPAN).body())
        .startsWith(COUNT + ",");
  }

  @Test
  void aSemicolonIsPartOfAName() throws Exception {
    assertThat(rig.get("/render?format=json&target=disk;host=a" + SPAN).statusCode())
        .isEqualTo(200);
    assertThat(rig.get("/metrics/find?query=disk;host=a").body()).isEqualTo("[]");
  }

  @Test
  void picturesAreWhatIsGivenWhereNothingElseIsWanted() throws Exception {
    HttpResponse<byte[]> png = rig.bytes(rig.request("/render?target=" + COUNT + SPAN));

    assertThat(header(png, "content-type")).isEqualTo("image/png");
    assertThat(new String(png.body(), 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
  }

  @Test
  void picturesMayBeSvg() throws Exception {
    HttpResponse<String> svg = rig.get("/render?format=svg&width=400&target=" + COUNT + SPAN);

    assertThat(header(svg, "content-type")).isEqualTo("image/svg+xml");
    assertThat(svg.body()).startsWith("<svg").contains("400");
    assertThat(rig.get("/render?format=svg&jsonp=f&target=" + COUNT + SPAN).body())
        .startsWith("f(\"<svg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdf", "xml", ""})
  void otherFormatsAreMistakes(String format) throws Exception {
    HttpResponse<String> answer = rig.get("/render?target=" + COUNT + "&format=" + format);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("Invalid parameters (Invalid format").contains("msgpack");
  }

  @Test
  void aCallbackWrapsWhatIsJson() throws Exception {
    HttpResponse<String> answer = rig.get("/metrics/find?query=app&jsonp=a.b_1");

    assertThat(answer.body()).startsWith("a.b_1([{").endsWith("}])");
    assertThat(header(answer, "content-type")).isEqualTo("text/javascript");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alert(1)", "1a", "a-b", "%3Cscript%3E", "a%0Ab"})
  void aCallbackThatIsNoNameIsRefused(String callback) throws Exception {
    HttpResponse<String> answer = rig.get("/render?format=json&target=a&jsonp=" + callback);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "content-type")).startsWith("text/plain");
  }

  @Test
  void prettyIsForPeople() throws Exception {
    assertThat(rig.get("/metrics/find?query=app&pretty=1").body()).contains("\n");
    assertThat(rig.get("/metrics/find?query=app").body()).doesNotContain("\n");
  }

  @Test
  void answersAreCompressedForWhoUnderstandsIt() throws Exception {
    String path = "/render?format=json&target=app.*.*.*" + SPAN;
    String plain = rig.get(path).body();
    HttpResponse<byte[]> packed = rig.bytes(rig.request(path).header("Accept-Encoding", "gzip"));
    HttpResponse<byte[]> small =
        rig.bytes(rig.request("/version").header("Accept-Encoding", "gzip"));

    assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(plain);
    assertThat(packed.body().length).isLessThan(plain.length() / 3);
    assertThat(header(small, "content-encoding")).isNull();
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    HttpResponse<String> answer =
        rig.send(rig.request("/version").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "content-length")).isEqualTo("7");
  }

  @Test
  void optionsAreTheMethods() throws Exception {
    HttpResponse<String> answer =
        rig.send(rig.request("/render").method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /render",
    "DELETE, /metrics/find",
    "POST, /functions",
    "POST, /tags",
    "GET, /tags/tagSeries",
    "GET, /tags/delSeries",
    "POST, /version"
  })
  void otherMethodsAreNotAllowed(String method, String path) throws Exception {
    HttpResponse<String> answer =
        rig.send(rig.request(path).method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "allow")).endsWith("OPTIONS");
  }

  @Test
  void pagesOfThoseOriginsMayAsk() throws Exception {
    HttpResponse<String> answer =
        rig.send(rig.request("/version").header("Origin", "https://grafana.example.org"));
    HttpResponse<String> before =
        rig.send(
            rig.request("/render")
                .header("Origin", "https://grafana.example.org")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(header(answer, "access-control-allow-origin"))
        .isEqualTo("https://grafana.example.org");
    assertThat(before.statusCode()).isEqualTo(204);
    assertThat(header(before, "access-control-allow-methods")).contains("POST");
  }

  @ParameterizedTest
  @CsvSource({"Origin, https://evil.example.org", "Sec-Fetch-Site, cross-site", "Origin, null"})
  void pagesOfOthersChangeNothing(String header, String value) throws Exception {
    HttpResponse<String> answer =
        rig.send(
            rig.request("/tags/tagSeries")
                .header(header, value)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("path=evil;a=b")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(rig.get("/tags/findSeries?expr=name=evil").body()).isEqualTo("[]");
  }

  @Test
  void fromAfterUntilIsTheSameSpan() throws Exception {
    String ask = "/render?format=raw&target=" + COUNT;

    assertThat(rig.get(ask + "&from=1700000000&until=1699999900").body())
        .isEqualTo(rig.get(ask + SPAN).body())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesteryear",
        "until=25:99",
        "now=x",
        "from=-1m",
        "xFilesFactor=much",
        "from=99999999999999999999999"
      })
  void whatIsNoTimeOrNumberIsAMistake(String parameter) throws Exception {
    HttpResponse<String> answer = rig.get("/render?format=json&target=a&" + parameter);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("Invalid parameters (");
  }

  @Test
  void nothingFoundIsNoMistake() throws Exception {
    assertThat(rig.get("/render?format=json&target=nothing.*").body()).isEqualTo("[]");
    assertThat(rig.get("/render?format=json").body()).isEqualTo("[]");
    assertThat(rig.get("/metrics/find?query=nothing.*").body()).isEqualTo("[]");
  }

  @Test
  void pointsMayBeFewer() throws Exception {
    String ask = "/render?format=json&target=" + COUNT + "&from=1699999400&until=1700000000";

    assertThat(datapoints(ask + "&maxDataPoints=10")).hasSizeBetween(9, 11);
    assertThat(datapoints(ask + "&maxDataPoints=1")).hasSize(1);
    assertThat(datapoints(ask + "&maxDataPoints=x")).hasSize(60);
  }

  private static JsonArray datapoints(String path) throws Exception {
    return new JsonArray(rig.get(path).body()).getJsonObject(0).getJsonArray("datapoints");
  }

  @Test
  void allNamesAreListed() throws Exception {
    assertThat(new JsonArray(rig.get("/metrics/index.json").body()))
        .hasSize(12)
        .contains(COUNT, "odd.name-with_chars.a:b.x");
  }

  @Test
  void eachRequestIsCounted() throws Exception {
    long before = rig.figure("render", "requests", "200");
    long points = rig.figure("render", "points");

    rig.get("/render?format=json&target=" + COUNT + SPAN);

    await().until(() -> rig.figure("render", "requests", "200") == before + 1);
    assertThat(rig.figure("render", "points")).isEqualTo(points + 10);
    assertThat(rig.figure("render", "micros")).isPositive();
  }

  @Test
  void answersSayThatTheyAreGoodForOnce() throws Exception {
    assertThat(header(rig.get("/render?format=json&target=a"), "cache-control"))
        .isEqualTo("no-cache");
  }
}
