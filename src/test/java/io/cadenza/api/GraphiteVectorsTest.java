package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded request is answered as graphite-web answered it. */
class GraphiteVectorsTest {
  /** Where the answer is another one on purpose: see the tests below. */
  private static final List<String> OTHERS =
      List.of(
          "target=**.count&",
          "target=sumSeries(&",
          "mapSeries(app.web",
          "query=app.web{1,2}.*.count&format=completer",
          "/version/",
          "/metrics/get-metadata");

  private static ApiRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new ApiRig("", ApiRig.recorded());
  }

  @AfterAll
  static void stop() throws Exception {
    rig.stop();
  }

  record Recorded(String request, String url, JsonObject answer) {
    @Override
    public String toString() {
      return request;
    }
  }

  static Stream<Recorded> recorded() {
    JsonArray all = new JsonObject(VectorReader.resource("requests.json")).getJsonArray("requests");
    return all.stream()
        .map(JsonObject.class::cast)
        .map(GraphiteVectorsTest::recorded)
        .filter(one -> OTHERS.stream().noneMatch(one.request::contains));
  }

  /** The newer version's answer where it has another one. */
  private static Recorded recorded(JsonObject one) {
    JsonObject newer = one.getJsonObject("graphite_web_1_2_0_dev");
    JsonObject answer = newer == null ? one.getJsonObject("graphite_web_1_1_8") : newer;
    return new Recorded(one.getString("request"), one.getString("url"), answer);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void isAnsweredTheSame(Recorded recorded) throws Exception {
    HttpResponse<String> answer = rig.get(recorded.url.replace(" ", "%20"));
    JsonObject wanted = recorded.answer;

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(wanted.getInteger("status"));
    assertThat(answer.headers().firstValue("content-type")).hasValue(type(wanted));
    if (wanted.containsKey("json")) {
      assertThat(plain(Json.decodeValue(answer.body()))).isEqualTo(plain(wanted.getValue("json")));
    } else {
      assertThat(answer.body()).isEqualTo(wanted.getString("body"));
    }
  }

  @Test
  void aStarPairStandsForAnyNumberOfComponents() throws Exception {
    JsonArray series =
        new JsonArray(rig.get("/render?target=**.count&from=1699999800&format=json").body());

    assertThat(series.stream().map(JsonObject.class::cast).map(one -> one.getString("target")))
        .containsExactly(
            "app.web1.requests.count", "app.web2.requests.count", "app.web3.requests.count");
  }

  @Test
  void halfATargetIsAMistakeAndItsPlaceIsTold() throws Exception {
    HttpResponse<String> answer = rig.get("/render?target=sumSeries(&format=json");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("Invalid parameters (").contains("column 10");
  }

  /** Graphite's have mistakes of its own there, which end in a page of HTML with status 500. */
  @Test
  void functionsThatMapAndReduceAreAnswered() throws Exception {
    String map = "mapSeries(app.web*.*.*,1)";
    String reduce = "reduceSeries(%s,%%22asPercent%%22,2,%%22requests%%22,%%22latency%%22)";

    assertThat(rig.get("/render?format=json&target=" + map).statusCode()).isEqualTo(200);
    HttpResponse<String> reduced = rig.get("/render?format=json&target=" + reduce.formatted(map));
    assertThat(new JsonArray(reduced.body()).getJsonObject(0).getString("target"))
        .isEqualTo("app.web1.reduce.asPercent");
  }

  /** In an order of its own, where graphite's is a matter of chance. */
  @Test
  void completionsOfOneNameAreSortedByPath() throws Exception {
    String found = rig.get("/metrics/find?query=app.web%7B1,2%7D.*.count&format=completer").body();

    assertThat(new JsonObject(found).getJsonArray("metrics").stream())
        .map(each -> ((JsonObject) each).getString("path"))
        .containsExactly(
            "app.web1.requests.count",
            "app.web2.requests.count",
            "app.web1.bytes.counter",
            "app.web2.bytes.counter");
  }

  @Test
  void theVersionIsOneThatHasTagsAndFunctions() throws Exception {
    assertThat(rig.get("/version/").body()).isEqualTo("1.1.10\n");
  }

  @Test
  void metadataOfNoSeriesIsAnErrorInTheAnswer() throws Exception {
    HttpResponse<String> answer = rig.get("/metrics/get-metadata?metric=a&key=aggregationMethod");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"a\":{\"error\":\"no such series\"}}");
  }

  /** Text that repeats what was asked is no HTML here. */
  private static String type(JsonObject wanted) {
    String type = wanted.getString("ct");
    return type.startsWith("text/html") ? "text/plain; charset=utf-8" : type;
  }

  /** Numbers by their values; intervals vary, and functions are described in other words. */
  private static Object plain(Object value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> plain = new TreeMap<>();
      object.forEach(entry -> plain.put(entry.getKey(), plain(entry.getValue())));
      plain.computeIfPresent("intervals", (name, intervals) -> "varies");
      plain.computeIfPresent("description", (name, words) -> "others");
      return plain;
    }
    if (value instanceof JsonArray array) {
      List<Object> plain = new ArrayList<>();
      array.forEach(each -> plain.add(plain(each)));
      return plain;
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }
}
