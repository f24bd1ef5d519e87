package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphite's tags API, over two stores. */
class TagsTest {
  private ApiRig rig;

  @BeforeEach
  void start() throws Exception {
    List<String> first = List.of("disk;dc=a;host=h1", "disk;dc=a;host=h2", "cpu;dc=b;host=h1");
    List<String> second = List.of("disk;dc=a;host=h2", "disk;dc=c;host=h3");
    VectorReader nothing = new VectorReader();
    rig =
        new ApiRig(
            "", ApiRig.holding("one", first, nothing), ApiRig.holding("two", second, nothing));
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  private JsonArray list(String path) throws Exception {
    return new JsonArray(rig.get(path).body());
  }

  @Test
  void seriesOfAllStoresAreFoundOnce() throws Exception {
    assertThat(list("/tags/findSeries?expr=name=disk&expr=dc=~[ac]"))
        .containsExactly("disk;dc=a;host=h1", "disk;dc=a;host=h2", "disk;dc=c;host=h3");
    assertThat(rig.post("/tags/findSeries", "expr%5B%5D=host%3Dh1&expr%5B%5D=dc!%3Da").body())
        .isEqualTo("[\"cpu;dc=b;host=h1\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dc", "dc!=a", "dc=~(", "=a"})
  void wrongExpressionsAreMistakesInJson(String expression) throws Exception {
    HttpResponse<String> answer = rig.get("/tags/findSeries?expr=" + expression);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("error")).isNotBlank();
  }

  @Test
  void tagsAreListed() throws Exception {
    assertThat(list("/tags").stream().map(each -> ((JsonObject) each).getString("tag")))
        .containsExactly("dc", "host", "name");
    assertThat(list("/tags?filter=d&limit=1")).containsExactly(new JsonObject().put("tag", "dc"));
    assertThat(list("/tags?limit=0")).isEmpty();
  }

  @Test
  void valuesOfATagAreCounted() throws Exception {
    assertThat(new JsonObject(rig.get("/tags/dc?filter=%5Ba-b%5D").body()))
        .isEqualTo(
            new JsonObject()
                .put("tag", "dc")
                .put(
                    "values",
                    new JsonArray()
                        .add(new JsonObject().put("value", "a").put("count", 2))
                        .add(new JsonObject().put("value", "b").put("count", 1))));
    assertThat(rig.get("/tags/nothing").body()).isEqualTo("null");
  }

  @Test
  void tagsAndValuesAreCompleted() throws Exception {
    assertThat(list("/tags/autoComplete/tags?expr=name=disk&tagPrefix=h")).containsExactly("host");
    assertThat(list("/tags/autoComplete/tags?limit=2&local=1")).containsExactly("dc", "host");
    assertThat(list("/tags/autoComplete/values?tag=host&expr=dc=a&valuePrefix=h"))
        .containsExactly("h1", "h2");
    assertThat(list("/tags/autoComplete/values?tag=dc&from=-1h&until=now"))
        .containsExactly("a", "b", "c");
    assertThat(rig.get("/tags/autoComplete/values").statusCode()).isEqualTo(400);
  }

  @Test
  void seriesAreTagged() throws Exception {
    assertThat(rig.post("/tags/tagSeries", "path=new;b=2;a=1").body()).isEqualTo("\"new;a=1;b=2\"");
    assertThat(list("/tags/findSeries?expr=name=new")).containsExactly("new;a=1;b=2");
    assertThat(rig.post("/tags/tagSeries", "path=").statusCode()).isEqualTo(400);
  }

  /** As carbon sends them. */
  @Test
  void manySeriesAreTaggedAtOnceThoughOneIsWrong() throws Exception {
    String form =
        part("path", "one;a=1") + part("path", "wrong;a") + part("path", "two;a=1") + "--x--\r\n";
    HttpResponse<String> answer =
        rig.send(
            rig.request("/tags/tagMultiSeries")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("wrong;a");
    assertThat(list("/tags/findSeries?expr=a=1")).containsExactly("one;a=1", "two;a=1");
    assertThat(rig.post("/tags/tagMultiSeries", "path=x;b=1&path=y;b=1").body())
        .isEqualTo("[\"x;b=1\",\"y;b=1\"]");
  }

  private static String part(String name, String value) {
    return "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, value);
  }

  @Test
  void seriesAreForgotten() throws Exception {
    assertThat(rig.post("/tags/delSeries", "path=disk;dc=a;host=h2&path=cpu;host=h1;dc=b").body())
        .isEqualTo("true");
    assertThat(list("/tags/findSeries?expr=name=~."))
        .containsExactly("disk;dc=a;host=h1", "disk;dc=c;host=h3");
  }

  /** Linear in time, however it is written. */
  @Test
  void regexesDontRunAway() throws Exception {
    String expression = "name=~(((a%2B)%2B)%2B)%2B$";

    assertThat(list("/tags/findSeries?expr=" + expression)).isEmpty();
  }
}
