package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.cadenza.servers.CassandraServer;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.Retention;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the tables of a real server. */
class CassandraSchemaTest {
  private static final long NOW = InstantSource.system().instant().getEpochSecond() / 600 * 600;

  private static CassandraServer server;
  private static CqlSession session;

  @BeforeAll
  static void start() {
    server = CassandraServer.shared();
    session = TestStores.session(server);
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
  }

  private static Told write(CassandraStore store, TestBatch batch) throws Exception {
    Told told = new Told();
    try (MetricWriter writer = store.writer()) {
      writer.write(batch, told);
    }
    return told;
  }

  private static TestBatch point(String key, double value) {
    return new TestBatch().of(key, 10).value(NOW - 20, value);
  }

  private static Map<String, Fetched> read(CassandraStore store, long from, String... keys)
      throws Exception {
    try (MetricReader reader = store.reader().orElseThrow()) {
      return reader.read(new MetricReader.Query(List.of(keys), from, NOW, NOW, true));
    }
  }

  private static List<String> rows(String cql) {
    List<String> rows = new ArrayList<>();
    session.execute(cql).forEach(row -> rows.add(row.getFormattedContents()));
    rows.sort(null);
    return rows;
  }

  private static TableMetadata table(String keyspace, String name) {
    session.refreshSchema();
    return session
        .getMetadata()
        .getKeyspace(keyspace)
        .flatMap(found -> found.getTable(name))
        .orElseThrow();
  }

  private static String options(String keyspace, String table) {
    return table(keyspace, table).describe(false);
  }

  @Test
  void makesATableForEachStepThatCompactsByTime() throws Exception {
    write(TestStores.on(server, "made"), point("a.b", 1));

    assertThat(options("made", "points_10s"))
        .contains("PRIMARY KEY ((\"path\", \"bucket\"), \"ts\")")
        .contains("TimeWindowCompactionStrategy")
        .contains("'compaction_window_size':'12','compaction_window_unit':'MINUTES'")
        .contains("default_time_to_live = 21600")
        .contains("LZ4Compressor");
    assertThat(options("made", "points_1m"))
        .contains("'compaction_window_size':'6','compaction_window_unit':'HOURS'")
        .contains("default_time_to_live = 604800");
  }

  @Test
  void keepsPointsInBucketsAndForTheirTime() throws Exception {
    long bucketEnd = Buckets.of(10).endOf(NOW - 604_800);
    CassandraStore store = TestStores.on(server, "buckets", "retentions = [\"10s:30d\"]");
    TestBatch batch = new TestBatch().of("a.last", 10);
    batch.whole(bucketEnd - 10, 1, 4, 7, 2, 4, 3).value(bucketEnd, 5);
    batch.of("b".getBytes(UTF_8), 10, 3_600).value(NOW - 20, 1);

    write(store, batch);

    assertThat(
            rows(
                "SELECT path, bucket, sum, min, max, first, last, cnt FROM buckets.points_10s"
                    + " WHERE path = 'a.last' ALLOW FILTERING"))
        .hasSize(2)
        .first()
        .asString()
        .matches(".*'a.last', bucket:[0-9]+, sum:7.0, min:1.0, max:4.0, first:2.0, last:4.0,.*");
    assertThat(ttl("buckets.points_10s", "b")).isBetween(3_500, 3_600);
    assertThat(ttl("buckets.points_10s", "a.last")).isBetween(2_591_900, 2_592_000);
    Fetched fetched = read(store, bucketEnd - 20, "a.last").get("a.last");
    assertThat(fetched.values()).startsWith(4, 5);
  }

  private static int ttl(String table, String path) {
    Row row =
        session
            .execute("SELECT ttl(sum) FROM " + table + " WHERE path = ? ALLOW FILTERING", path)
            .one();
    return row.getInt(0);
  }

  /** A table that an operator has made, or an earlier configuration. */
  @Test
  void usesWhatIsThere() throws Exception {
    session.execute(
        "CREATE KEYSPACE there WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE there.points_10s (path text, bucket int, ts timestamp, note text, cnt bigint,"
            + " last double, first double, max double, min double, sum double,"
            + " PRIMARY KEY ((path, bucket), ts)) WITH default_time_to_live = 100");
    CassandraStore store = TestStores.on(server, "there", "retentions = [\"10s:6h\"]");

    write(store, point("a", 3));

    assertThat(read(store, NOW - 60, "a").get("a").values()).contains(3);
    assertThat(ttl("there.points_10s", "a")).isBetween(21_500, 21_600);
    assertThat(options("there", "points_10s")).contains("SizeTieredCompactionStrategy");
  }

  @Test
  void makesNothingWhenThatIsNotAllowed() throws Exception {
    CassandraStore store = TestStores.on(server, "forbidden", "create-schema = false");
    assertThatThrownBy(() -> write(store, point("a", 1)))
        .hasMessageContaining("keyspace forbidden is not there, and create-schema is false");

    session.execute(
        "CREATE KEYSPACE forbidden WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");

    CassandraStore again = TestStores.on(server, "forbidden", "create-schema = false");
    assertThatThrownBy(() -> write(again, point("a", 1)))
        .hasMessageContaining("table points_10s is not there, and create-schema is false");
  }

  @Test
  void makesATableAgainThatIsDropped() throws Exception {
    CassandraStore store = TestStores.on(server, "dropped", "retentions = [\"10s:6h\"]");
    try (MetricWriter writer = store.writer()) {
      writer.write(point("a", 1), new Told());
      session.execute("DROP TABLE dropped.points_10s");

      assertThatThrownBy(() -> writer.write(point("a", 2), new Told()))
          .hasMessageContaining("requests to Cassandra failed");
      writer.write(point("a", 2), new Told());

      assertThat(read(store, NOW - 60, "a").get("a").values()).contains(2);
    }
  }

  @Test
  void readsMoreRowsThanAreInAPage() throws Exception {
    CassandraStore store = TestStores.on(server, "pages", "retentions = [\"1s:1d\"]");
    TestBatch batch = new TestBatch().of("a.last", 1);
    IntStream.range(0, 12_000).forEach(i -> batch.value(NOW - 12_000 + i, i));
    write(store, batch);

    Fetched fetched = read(store, NOW - 12_001, "a.last").get("a.last");

    assertThat(fetched.values()).startsWith(0, 1, 2).hasSize(12_001).contains(4_999, 5_000, 11_999);
    assertThat(fetched.columns().sum()[11_000]).isEqualTo(11_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "snappy"})
  void speaksCompressed(String compress) throws Exception {
    CassandraStore store =
        TestStores.on(server, "compressed", "retentions = [\"10s:6h\"]", "compress = " + compress);

    write(store, point(compress, 3));

    assertThat(read(store, NOW - 60, compress).get(compress).values()).contains(3);
  }

  @Test
  void speaksTls() throws Exception {
    CassandraStore store =
        TestStores.on(
            server,
            "encrypted",
            "retentions = [\"10s:6h\"]",
            "tls { enabled = true, ca = \"" + server.ca() + "\" }");
    write(store, point("a", 3));
    assertThat(read(store, NOW - 60, "a").get("a").values()).contains(3);

    CassandraStore strict = TestStores.on(server, "encrypted", "tls { enabled = true }");
    assertThatThrownBy(() -> write(strict, point("a", 4))).isInstanceOf(Exception.class);
  }

  @Test
  void keepsNamesAsATree() throws Exception {
    try (MetricIndex index = TestStores.on(server, "tree").index()) {
      index.add(List.of("a.b.c".getBytes(UTF_8), "a.b".getBytes(UTF_8), "a.d".getBytes(UTF_8)));
      index.add(List.of("t.x;dc=a.b;host=1".getBytes(UTF_8)));
    }

    assertThat(rows("SELECT level, parent, name, leaf, branch FROM tree.names"))
        .containsExactly(
            "[level:0, parent:'', name:'a', leaf:NULL, branch:true]",
            "[level:1, parent:'a', name:'b', leaf:true, branch:true]",
            "[level:1, parent:'a', name:'d', leaf:true, branch:NULL]",
            "[level:2, parent:'a.b', name:'c', leaf:true, branch:NULL]");
    assertThat(rows("SELECT name, tags FROM tree.tags"))
        .containsExactly("[name:'t.x', tags:'dc=a.b;host=1']");
  }

  /** Each row of an inner node would be as long as the name. */
  @Test
  void keepsADeepNameAsOneRow() throws Exception {
    byte[] deep = "d.".repeat(100).concat("e").getBytes(UTF_8);
    for (String schema : List.of("modern", "cadent")) {
      try (MetricIndex index =
          TestStores.on(server, "deep_" + schema, "schema = " + schema).index()) {
        index.add(List.of(deep));
        List<byte[]> names = new ArrayList<>();
        index.load(names::add);
        assertThat(names).containsExactly(deep);
      }
    }
    assertThat(rows("SELECT level FROM deep_modern.names")).hasSize(1);
    assertThat(rows("SELECT path FROM deep_cadent.path")).hasSize(1);
  }

  @Test
  void writesTheRowsThatCadentWrites() throws Exception {
    CassandraStore store = TestStores.on(server, "as_cadent", "schema = cadent");
    write(store, new TestBatch().of("a.b.c.d", 10).whole(NOW - 20, 1, 4, 7.5, 2, 4, 3));
    try (MetricIndex index = store.index()) {
      index.add(List.of("a.b.c.d".getBytes(UTF_8)));
    }

    assertThat(rows("SELECT id, time, point FROM as_cadent.metric"))
        .containsExactly(
            "[id:{path:'a.b.c.d',resolution:10}, time:"
                + (NOW - 20)
                + "000000000, point:{max:4.0,mean:2.5,min:1.0,sum:7.5,count:3}]");
    assertThat(rows("SELECT pos, segment FROM as_cadent.segment"))
        .containsExactly(
            "[pos:0, segment:'a']",
            "[pos:1, segment:'a.b']",
            "[pos:2, segment:'a.b.c']",
            "[pos:3, segment:'a.b.c.d']");
    assertThat(rows("SELECT segment, path, length, has_data FROM as_cadent.path"))
        .containsExactly(
            "[segment:{pos:0,segment:'a'}, path:'a.b', length:1, has_data:false]",
            "[segment:{pos:0,segment:'a'}, path:'a.b.c.d', length:3, has_data:true]",
            "[segment:{pos:1,segment:'a.b'}, path:'a.b.c', length:2, has_data:false]",
            "[segment:{pos:1,segment:'a.b'}, path:'a.b.c.d', length:3, has_data:true]",
            "[segment:{pos:2,segment:'a.b.c'}, path:'a.b.c.d', length:3, has_data:true]",
            "[segment:{pos:3,segment:'a.b.c.d'}, path:'a.b.c.d', length:3, has_data:true]");
    assertThat(session.execute("SELECT ttl(point) FROM as_cadent.metric").one().getInt(0))
        .isBetween(21_500, 21_600);
  }

  /** With fields in another order, one more than we know, and a table that is COMPACT. */
  @Test
  void goesOnWithTablesThatCadentMade() throws Exception {
    String keyspace = "by_cadent";
    session.execute(
        "CREATE KEYSPACE by_cadent WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TYPE by_cadent.metric_point"
            + " (count int, sum double, min double, max double, mean double, extra text)");
    session.execute("CREATE TYPE by_cadent.metric_id (resolution int, path text)");
    session.execute("CREATE TYPE by_cadent.segment_pos (pos int, segment text)");
    session.execute(
        "CREATE TABLE by_cadent.metric (id frozen<metric_id>, time bigint,"
            + " point frozen<metric_point>, PRIMARY KEY (id, time)) WITH COMPACT STORAGE"
            + " AND CLUSTERING ORDER BY (time ASC)");
    session.execute(
        "CREATE TABLE by_cadent.path (segment frozen<segment_pos>, path text, has_data boolean,"
            + " length int, PRIMARY KEY (segment, path, has_data)) WITH COMPACT STORAGE");
    session.execute(
        "INSERT INTO by_cadent.metric (id, time, point) VALUES ({path: 'x.sum', resolution: 10}, "
            + (NOW - 20)
            + "000000000, {max: 5, mean: 4, min: 3, sum: 8, count: 2, extra: 'e'})");
    CassandraStore store = TestStores.on(server, keyspace, "schema = cadent");

    write(store, new TestBatch().of("x.sum", 10).part(NOW - 20, 1, 1, 1, 1, 1, 1));

    Fetched fetched = read(store, NOW - 30, "x.sum").get("x.sum");
    assertThat(fetched.values()).startsWith(9);
    assertThat(fetched.columns().min()).startsWith(1);
    assertThat(fetched.columns().max()).startsWith(5);
    assertThat(fetched.columns().count()).startsWith(3);
    try (MetricIndex index = store.index()) {
      index.add(List.of("x.sum".getBytes(UTF_8)));
      var names = new TreeSet<String>();
      index.load(name -> names.add(new String(name, UTF_8)));
      assertThat(names).containsExactly("x.sum");
    }
  }

  @Test
  void refusesTablesThatAreOfAnotherKind() throws Exception {
    session.execute(
        "CREATE KEYSPACE foreign WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("CREATE TYPE foreign.metric_id (path text, rollup int)");
    CassandraStore store = TestStores.on(server, "foreign", "schema = cadent");

    assertThatThrownBy(() -> write(store, point("a", 1)))
        .hasMessageContaining("type metric_id has no field resolution");
  }

  @Test
  void refusesWhatTheTablesCanNotHave() throws Exception {
    CassandraStore store = TestStores.on(server, "refusing", "retentions = [\"10s:6h\"]");
    TestBatch batch =
        point("good", 1)
            .of("other step", 30)
            .value(NOW - 30, 1)
            .of("x".repeat(60_001), 10)
            .value(NOW - 20, 1)
            .of("late", 10)
            .value(NOW - 86_400, 1)
            .value(NOW - 20, 2)
            .value(NOW + 86_400, 3);

    Told told = write(store, batch);

    assertThat(told.refused()).isEqualTo(Map.of(1, "no-such-step", 2, "too-long-name"));
    assertThat(told.points()).isEqualTo(Map.of("too-old", 1, "in-future", 1));
    assertThat(read(store, NOW - 60, "good", "late")).containsOnlyKeys("good", "late");
    assertThat(store.steps()).containsExactly(new Retention(10, 21_600));
  }
}
