package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cadent's endpoints, in the shapes of its versions of 2016. */
class CadentTest {
  private static ApiRig rig;

  /** An interval with figures and one with none, at 100 and 110. */
  private static final class Figures implements MetricReader {
    @Override
    public Map<String, Fetched> read(Query query) {
      Map<String, Fetched> all = new HashMap<>();
      for (String key : query.keys()) {
        Fetched.Columns columns = query.columns() ? figures() : null;
        double[] values = {1.5, Double.NaN};
        all.put(key, new Fetched(100, 10, Aggregate.AVERAGE, values, columns));
      }
      return all;
    }

    private static Fetched.Columns figures() {
      Fetched.Columns columns = Fetched.Columns.of(2);
      columns.sum()[0] = 3;
      columns.min()[0] = 1;
      columns.max()[0] = 2;
      columns.count()[0] = 2;
      return columns;
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
    rig = new ApiRig("", ApiRig.holding("one", List.of("a.cpu", "a.mem", "b"), new Figures()));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.stop();
  }

  @Test
  void findHasCadentsShape() throws Exception {
    assertThat(rig.get("/find?query=*").body())
        .isEqualTo(
            "[{\"text\":\"a\",\"expandable\":1,\"leaf\":0,\"id\":\"a\",\"path\":\"a\","
                + "\"allowChildren\":1},{\"text\":\"b\",\"expandable\":0,\"leaf\":1,\"id\":\"b\","
                + "\"path\":\"b\",\"allowChildren\":0}]");
    assertThat(rig.get("/paths/?query=a.c*").body()).contains("\"path\":\"a.cpu\"");
  }

  @Test
  void nothingIsAnEmptyList() throws Exception {
    assertThat(rig.get("/find?query=x").body()).isEqualTo("[]");
    assertThat(rig.get("/rawrender?target=x").body()).isEqualTo("[]");
    assertThat(rig.get("/expand?query=x").body()).isEqualTo("{\"results\":[]}");
  }

  @Test
  void expandGivesNames() throws Exception {
    assertThat(rig.post("/expand", "query=a.*").body())
        .isEqualTo("{\"results\":[\"a.cpu\",\"a.mem\"]}");
  }

  @Test
  void metricsAreOneObject() throws Exception {
    assertThat(rig.get("/metrics?target=a.cpu&from=100&to=120&now=130").body())
        .isEqualTo(
            "{\"data_from\":100,\"data_end\":120,\"from\":100,\"to\":120,\"step\":10,\"series\":"
                + "{\"a.cpu\":[[1.5,100],[null,110]]}}");
  }

  @Test
  void targetsMayStandTogether() throws Exception {
    String one = rig.get("/metrics?target=a.%7Bcpu,mem%7D,b&from=100&to=120&now=130").body();

    assertThat(one).contains("\"a.cpu\":", "\"a.mem\":", "\"b\":");
    assertThat(rig.get("/metrics?path=a.*&target=&from=100&to=120&now=130").statusCode())
        .isEqualTo(400);
    assertThat(rig.get("/metrics?path=a.*,b&from=100&until=120&now=130").body()).isEqualTo(one);
    assertThat(rig.get("/metrics?target=a.*&target=b&from=120&to=100&now=130").body())
        .isEqualTo(one);
  }

  @Test
  void rawHasAllFiguresOfWhatThereIs() throws Exception {
    assertThat(rig.get("/rawrender?target=a.cpu&from=100&to=120&now=130").body())
        .isEqualTo(
            "[{\"metric\":\"a.cpu\",\"data_from\":100,\"data_end\":120,\"from\":100,\"to\":120,"
                + "\"step\":10,\"data\":[{\"time\":100,\"sum\":3.0,\"mean\":1.5,\"min\":1.0,"
                + "\"max\":2.0,\"count\":2}]}]");
  }

  @Test
  void goodAnswersAreGoodForAMinuteAndErrorsAreNot() throws Exception {
    HttpResponse<String> good = rig.get("/find?query=a");
    HttpResponse<String> bad = rig.get("/find");

    assertThat(good.headers().firstValue("cache-control")).hasValue("public, max-age=60");
    assertThat(rig.get("/metrics?target=a").headers().firstValue("cache-control"))
        .hasValue("public, max-age=60");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.headers().firstValue("cache-control")).hasValue("private, no-cache");
  }

  @Test
  void metricsWithAQueryIsGraphites() throws Exception {
    assertThat(rig.get("/metrics?query=a").body()).contains("\"allowChildren\":1").contains("text");
    assertThat(rig.get("/metrics").body()).contains("Missing required parameter 'query'");
  }
}
