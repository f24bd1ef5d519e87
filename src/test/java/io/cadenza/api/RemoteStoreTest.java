package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.format.PickleReader;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** What a graphite-web asks of a member of its cluster, and what it has accepted of others. */
class RemoteStoreTest {
  private static final String FIND = "/metrics/find/?local=1&format=%s&query=%s";
  private static final String RENDER =
      "/render/?format=%s&local=1&noCache=1&from=1700000000&until=1700000030&target=%s"
          + "&now=1700000060";

  private static ApiRig rig;

  /** Three values, the one in the middle missing, for whatever is asked. */
  private static final class Three implements MetricReader {
    @Override
    public Map<String, Fetched> read(Query query) {
      Fetched fetched =
          new Fetched(
              1_700_000_010, 10, Aggregate.AVERAGE, new double[] {1, Double.NaN, 2.5}, null);
      return Map.of(query.keys().get(0), fetched);
    }

    @Override
    public List<Retention> retentions(String key) {
      return List.of(new Retention(10, 3600));
    }

    @Override
    public void close() {}
  }

  @BeforeAll
  static void start() throws Exception {
    rig = new ApiRig("", ApiRig.holding("one", List.of("a.b", "a.c.d"), new Three()));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.stop();
  }

  record Accepted(String what, String format, byte[] bytes) {
    @Override
    public String toString() {
      return what + " " + format;
    }
  }

  static Stream<Accepted> accepted() throws IOException {
    try (InputStream in =
        RemoteStoreTest.class.getResourceAsStream("/vectors/wire/remote-store.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(row -> new Accepted(row[0], row[1], HexFormat.of().parseHex(row[2])));
    }
  }

  /** Of a find without its intervals, which are another store's; of a render what is needed. */
  @ParameterizedTest
  @MethodSource("accepted")
  void isAnsweredWhatItAccepts(Accepted accepted) throws Exception {
    boolean msgpack = accepted.format.equals("msgpack");
    String format = msgpack ? "msgpack" : "pickle";
    String pattern = accepted.what.endsWith("nothing") ? "nothing.*" : "a.*";
    String address = accepted.what.startsWith("find") ? FIND : RENDER;

    HttpResponse<byte[]> answer = rig.bytes(rig.request(address.formatted(format, pattern)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue(msgpack ? "application/x-msgpack" : "application/pickle");
    JsonArray theirs = read(accepted.bytes, msgpack);
    assertThat(shaped(read(answer.body(), msgpack), theirs)).isEqualTo(shaped(theirs, theirs));
  }

  /** Only the members that the accepted answer has, and intervals by their number. */
  private static JsonArray shaped(JsonArray answer, JsonArray accepted) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < answer.size(); i++) {
      JsonObject own = answer.getJsonObject(i);
      JsonObject members = new JsonObject();
      for (String name : accepted.getJsonObject(i).fieldNames()) {
        Object value = own.getValue(name);
        members.put(name, name.equals("intervals") ? ((JsonArray) value).size() : value);
      }
      all.add(members);
    }
    return all;
  }

  private static JsonArray read(byte[] bytes, boolean msgpack) throws IOException {
    if (msgpack) {
      try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
        return numbersAsDoubles(new JsonArray(unpacker.unpackValue().toJson()));
      }
    }
    List<?> list = (List<?>) PickleReader.unpickle(bytes, 0, bytes.length);
    return numbersAsDoubles(new JsonArray(new ArrayList<>(list)));
  }

  private static JsonArray numbersAsDoubles(JsonArray array) {
    JsonArray all = new JsonArray();
    for (Object each : new JsonArray(array.encode())) {
      all.add(each instanceof Number number ? (Object) number.doubleValue() : inner(each));
    }
    return all;
  }

  private static Object inner(Object value) {
    if (value instanceof JsonArray array) {
      return numbersAsDoubles(array);
    }
    if (value instanceof JsonObject object) {
      JsonObject all = new JsonObject();
      object.forEach(
          entry ->
              all.put(
                  entry.getKey(),
                  numbersAsDoubles(new JsonArray().add(entry.getValue())).getValue(0)));
      return all;
    }
    return value;
  }

  /** Without it every target with wildcards is empty there. */
  @Test
  void isToldThePatternAsItWasSent() throws Exception {
    for (String pattern : List.of("a.*", "a.%7Bb,x%7D", "*.b", "a.b", "**.b")) {
      byte[] answer = rig.bytes(rig.request(RENDER.formatted("pickle", pattern))).body();
      List<?> series = (List<?>) PickleReader.unpickle(answer, 0, answer.length);

      assertThat(series).as(pattern).hasSize(1);
      assertThat(((Map<?, ?>) series.get(0)).get("pathExpression"))
          .isEqualTo(pattern.replace("%7B", "{").replace("%7D", "}"));
    }
  }

  @Test
  void mayAskInPartsForManyPatternsAtOnce() throws Exception {
    StringBuilder form = new StringBuilder();
    for (String pair :
        List.of("format=pickle", "local=1", "from=1699999900", "target=a.b", "target=x.*")) {
      String[] both = pair.split("=", 2);
      form.append("--f8\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(both[0]));
      form.append(both[1]).append("\r\n");
    }
    HttpResponse<byte[]> answer =
        rig.bytes(
            rig.request("/render/")
                .header("Content-Type", "multipart/form-data; boundary=f8")
                .POST(BodyPublishers.ofString(form + "--f8--\r\n")));

    assertThat((List<?>) PickleReader.unpickle(answer.body(), 0, answer.body().length)).hasSize(1);
  }

  @Test
  void isGivenAllNames() throws Exception {
    assertThat(rig.get("/metrics/index.json?local=1").body()).isEqualTo("[\"a.b\",\"a.c.d\"]");
  }
}
