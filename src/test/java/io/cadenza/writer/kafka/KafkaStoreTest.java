package io.cadenza.writer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.servers.KafkaServer;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.Store;
import io.cadenza.store.StoreContract;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import io.cadenza.writer.StoreConfigs;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class KafkaStoreTest extends StoreContract {
  private static final Instant SENT = Instant.parse("2026-02-03T04:05:06.789Z");
  private static final AtomicInteger TOPICS = new AtomicInteger();
  private static KafkaServer server;
  private static Vertx vertx;

  /** That of the contract, of which each test has keys of its own. */
  private String topic = "contract";

  @BeforeAll
  static void start() {
    server = KafkaServer.shared();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private KafkaConfig config(String keys) {
    String all = "dsn = \"%s\", metric-topic = %s, index-topic = %s, write-timeout = 20s\n%s";
    return StoreConfigs.read(
        "kafka", all.formatted(server.address(), topic, topic, keys), KafkaConfig::read);
  }

  /** One whose topic nobody else uses. */
  private Store fresh(String keys) {
    topic = "metrics-" + TOPICS.incrementAndGet();
    return new KafkaStore(
        vertx, config("retentions = [\"10s:6h\", \"1m:7d\"]\n" + keys), () -> SENT);
  }

  @Override
  protected Store open() {
    return new KafkaStore(vertx, config("retentions = [\"10s:6h\", \"1m:7d\"]"), () -> SENT);
  }

  private List<Topic.Message> messages() {
    return Topic.all(server, topic);
  }

  @Override
  protected List<Row> stored(Store store, String key, int step) {
    return messages().stream()
        .filter(message -> message.key().equals(key))
        .map(Topic.Message::json)
        .filter(json -> json.getInteger("resolution") == step)
        .map(KafkaStoreTest::row)
        .toList();
  }

  private static Row row(JsonObject json) {
    return new Row(
        json.getLong("time") / 1_000_000_000,
        json.getDouble("min"),
        json.getDouble("max"),
        json.getDouble("sum"),
        json.getDouble("first"),
        json.getDouble("last"),
        json.getLong("count"));
  }

  @Override
  protected boolean appends() {
    return true;
  }

  @Override
  protected boolean keepsNames() {
    return false;
  }

  private void add(Store store, String... names) throws Exception {
    try (MetricIndex index = store.index()) {
      index.add(List.of(names).stream().map(name -> name.getBytes(UTF_8)).toList());
    }
  }

  @Test
  void writesTheMessagesOfCadent() throws Exception {
    TestBatch batch =
        new TestBatch()
            .of("a.\"b\"\\\u0001ä".getBytes(UTF_8), 10, 3600)
            .whole(1_700_000_000, 1, 4.25, 7.5, 2, 3, 3)
            .of("c", 60)
            .value(1_699_999_980, Double.NaN);

    Store store = fresh("");
    write(store, batch);
    add(store, "servers.web1.cpu", "one", "tagged;host=a.b");

    assertThat(messages())
        .containsExactly(
            new Topic.Message(
                "a.\"b\"\\\u0001ä",
                "{\"type\":\"metric\",\"time\":1700000000000000000,"
                    + "\"metric\":\"a.\\\"b\\\"\\\\\\u0001ä\",\"sum\":7.5,\"mean\":2.5,\"min\":1,"
                    + "\"max\":4.25,\"count\":3,\"last\":3,\"first\":2,\"resolution\":10,"
                    + "\"ttl\":3600}"),
            new Topic.Message(
                "c",
                "{\"type\":\"metric\",\"time\":1699999980000000000,\"metric\":\"c\",\"sum\":0,"
                    + "\"mean\":0,\"min\":0,\"max\":0,\"count\":1,\"last\":0,\"first\":0,"
                    + "\"resolution\":60,\"ttl\":604800}"),
            new Topic.Message(
                "servers.web1.cpu",
                "{\"type\":\"index\",\"path\":\"servers.web1.cpu\","
                    + "\"segments\":[\"servers\",\"web1\",\"cpu\"],\"time\":1770091506789000000}"),
            new Topic.Message(
                "one",
                "{\"type\":\"index\",\"path\":\"one\",\"segments\":[\"one\"],"
                    + "\"time\":1770091506789000000}"),
            new Topic.Message(
                "tagged;host=a.b",
                "{\"type\":\"index\",\"path\":\"tagged;host=a.b\",\"segments\":[\"tagged\"],"
                    + "\"time\":1770091506789000000}"));
  }

  @Test
  void writesTheFlatMessagesOfItsLaterProgram() throws Exception {
    TestBatch batch =
        new TestBatch().of("moo.goo.org", 10).whole(1_700_000_000, 0, 4.25, 7.5, 2, 3, 3);
    batch.of("a;z=2;b=1", 10).value(1_700_000_000, 1);

    Store store = fresh("format = flat");
    write(store, batch);
    add(store, "moo.goo.org");

    List<Topic.Message> all = messages();
    assertThat(all.get(0))
        .isEqualTo(
            new Topic.Message(
                "1lcbtrpk0iz6r",
                "{\"id\":7547512163462849187,\"uid\":\"1lcbtrpk0iz6r\",\"time\":1700000000000000000,"
                    + "\"metric\":\"moo.goo.org\",\"min\":0,\"max\":4.25,\"last\":3,\"sum\":7.5,"
                    + "\"count\":3,\"resolution\":10,\"ttl\":21600,"
                    + "\"sent_time\":1770091506789000000}"));
    assertThat(all.get(1).value())
        .contains("\"metric\":\"a\",")
        .contains(
            "\"tags\":[{\"name\":\"b\",\"value\":\"1\"},{\"name\":\"z\",\"value\":\"2\"}],"
                + "\"sent_time\"");
    assertThat(all.get(2))
        .isEqualTo(
            new Topic.Message(
                "1lcbtrpk0iz6r",
                "{\"id\":7547512163462849187,\"uid\":\"1lcbtrpk0iz6r\",\"type\":\"index\","
                    + "\"path\":\"moo.goo.org\",\"segments\":[\"moo\",\"goo\",\"org\"],"
                    + "\"senttime\":1770091506789000000}"));
  }

  @Test
  void writesNoNamesWhenItIsNotTo() throws Exception {
    assertThat(fresh("write-index = false").index()).isSameAs(MetricIndex.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void compresses(String how) throws Exception {
    TestBatch batch = new TestBatch().of("a.b.c", 10).value(NOW, 1);

    write(fresh("compression = " + how), batch);

    assertThat(messages()).hasSize(1);
  }

  @Test
  void writesWithTheAcknowledgementOfTheLeaderAlone() throws Exception {
    write(fresh("acks = local, max-retry = 10"), new TestBatch().of("a", 10).value(NOW, 1));

    assertThat(messages()).hasSize(1);
  }

  @Test
  void refusesNamesThatAreNoText() throws Exception {
    TestBatch batch = new TestBatch().of(new byte[] {'a', (byte) 0xff}, 10, 0).value(NOW, 1);
    batch.of("b", 10).value(NOW, 1).value(9_300_000_000L, 1);

    Told told = write(fresh(""), batch);

    assertThat(told.refused()).containsOnlyKeys(0).containsValue("bad-name");
    assertThat(told.points()).containsEntry("out-of-range", 1);
    assertThat(messages()).hasSize(1);
  }

  @Test
  void refusesMessagesThatAreTooLargeAndWritesTheOthers() throws Exception {
    TestBatch batch = new TestBatch().of("n".repeat(2000), 10).value(NOW, 1).of("b", 10);
    batch.value(NOW, 1);

    Told told = write(fresh("properties { max.request.size = 1000 }"), batch);

    assertThat(told.points()).containsOnlyKeys("too-large");
    assertThat(messages()).extracting(Topic.Message::key).containsExactly("b");
  }
}
