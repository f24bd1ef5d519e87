package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataTest {
  /** Aggregation methods by series. */
  private static final class Methods implements Metadata {
    private final Map<String, String> methods = new HashMap<>(Map.of("a", "average", "b", "sum"));

    @Override
    public String get(String key, String what) {
      check(what);
      return methods.get(key);
    }

    @Override
    public String set(String key, String what, String value) {
      check(what);
      return methods.put(key, value);
    }

    private static void check(String what) {
      if (!what.equals("aggregationMethod")) {
        throw new IllegalArgumentException("Unsupported metadata key \"" + what + "\"");
      }
    }
  }

  private ApiRig rig;

  @BeforeEach
  void start() throws Exception {
    Holding plain = ApiRig.holding("one", List.of("a", "b"), new VectorReader());
    rig =
        new ApiRig(
            "",
            ApiRig.recorded(),
            new Holding("one", plain.index(), plain.reader(), new Methods(), Duration.ofDays(1)));
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  private String get(String parameters) throws Exception {
    return rig.get("/metrics/" + parameters).body();
  }

  @Test
  void isTold() throws Exception {
    assertThat(get("get-metadata?metric=a&metric=b&key=aggregationMethod"))
        .isEqualTo("{\"a\":{\"value\":\"average\"},\"b\":{\"value\":\"sum\"}}");
    assertThat(get("get-metadata?metric=a&key=xFilesFactor"))
        .contains("\"error\":\"Unsupported metadata key");
  }

  @Test
  void isChanged() throws Exception {
    assertThat(get("set-metadata?metric=a&key=aggregationMethod&value=max"))
        .isEqualTo("{\"a\":{\"old_value\":\"average\",\"new_value\":\"max\"}}");
    assertThat(get("get-metadata/?metric=a&key=aggregationMethod")).contains("max");
  }

  @Test
  void isChangedForManyAtOnce() throws Exception {
    String both =
        "[{\"metric\":\"a\",\"key\":\"aggregationMethod\",\"value\":\"max\"},"
            + "{\"metric\":\"x\",\"key\":\"aggregationMethod\",\"value\":\"min\"}]";
    String answer =
        "{\"a\":{\"old_value\":\"%s\",\"new_value\":\"max\"},\"x\":{\"error\":\"no such series\"}}";

    assertThat(
            rig.send(
                    rig.request("/metrics/set-metadata")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(both)))
                .body())
        .isEqualTo(answer.formatted("average"));
    assertThat(rig.post("/metrics/set-metadata", "operations=" + both).body())
        .isEqualTo(answer.formatted("max"));
  }

  @Test
  void isNotChangedByNonsense() throws Exception {
    assertThat(rig.get("/metrics/set-metadata?metric=a").statusCode()).isEqualTo(400);
    assertThat(rig.post("/metrics/set-metadata", "operations=x").statusCode()).isEqualTo(400);
    assertThat(rig.post("/metrics/set-metadata", "operations=[1]").statusCode()).isEqualTo(400);
    assertThat(rig.post("/metrics/set-metadata", "").statusCode()).isEqualTo(400);
  }

  @Test
  void isNoneOfAStoreThatHasNone() throws Exception {
    assertThat(get("get-metadata?metric=app.db1.minutely&key=aggregationMethod"))
        .contains("the store has no metadata");
  }
}
