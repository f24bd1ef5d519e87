package io.cadenza.writer.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.servers.MariaServer;
import io.cadenza.servers.Proxy;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.Store;
import io.cadenza.store.StoreContract;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MysqlStoreTest extends StoreContract {
  /** A table of Cadent's documentation, and the key that merging needs. */
  private static final String CADENT =
      """
      CREATE TABLE `%s` (
        `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
        `stat` varchar(255) NOT NULL DEFAULT '',
        `sum` float NOT NULL,
        `mean` float NOT NULL,
        `min` float NOT NULL,
        `max` float NOT NULL,
        `count` float NOT NULL,
        `resolution` int(11) NOT NULL,
        `time` datetime(6) NOT NULL,
        PRIMARY KEY (`id`),
        %s KEY `stat` (`stat`, `time`),
        KEY `time` (`time`)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8""";

  private static Database database;
  private static Proxy proxy;

  @BeforeAll
  static void start() {
    database = new Database();
    proxy = new Proxy(database.server.port());
  }

  @AfterAll
  static void stop() {
    proxy.close();
    database.close();
  }

  @AfterEach
  void mend() {
    proxy.up();
  }

  private static Store open(String keys) {
    MysqlConfig config = database.config(proxy.port(), keys);
    return new MysqlStore(database.vertx, config, InstantSource.system());
  }

  @Override
  protected Store open() {
    return open("");
  }

  @Override
  protected Faults faults() {
    return new Faults() {
      @Override
      public void down() {
        proxy.down();
      }

      @Override
      public void up() {
        proxy.up();
      }
    };
  }

  @Test
  void makesTablesWithDoublesAndTheMean() throws Exception {
    Store store = open("table = made");

    write(store, new TestBatch().of("a.b", 10).whole(1_700_000_000, 1, 4.25, 7.5, 2, 3, 3));
    try (MetricIndex index = store.index()) {
      index.add(List.of("a.b;c=d.e".getBytes(UTF_8)));
    }

    assertThat(database.ask("SELECT * FROM made_10s"))
        .containsExactly(
            List.of(
                "a.b",
                "2023-11-14T22:13:20",
                "7.5",
                "1.0",
                "4.25",
                "3",
                "2.0",
                "3.0",
                "2.5",
                "10"));
    assertThat(database.ask("SELECT path, length FROM made_path"))
        .containsExactly(List.of("a.b;c=d.e", "2"));
  }

  @Test
  void usesCadentsTablesAsTheyAre() throws Exception {
    database.ask(CADENT.formatted("old_10s", "UNIQUE"));
    Store store = open("table = old");

    write(store, new TestBatch().of("a.mean", 10).part(NOW - 20, 1, 4, 6, 2, 3, 3));
    write(store, new TestBatch().of("a.mean", 10).part(NOW - 20, 0.5, 3, 4, 2, 3, 1));
    write(store, new TestBatch().of("a.mean", 10).whole(NOW - 10, 1, 2, 3, 1, 2, 2));

    assertThat(
            database.ask(
                "SELECT stat,sum,mean,min,max,count,resolution FROM old_10s ORDER BY time"))
        .containsExactly(
            List.of("a.mean", "10.0", "2.5", "0.5", "4.0", "4.0", "10"),
            List.of("a.mean", "3.0", "1.5", "1.0", "2.0", "2.0", "10"));
    assertThat(stored(store, "a.mean", 10))
        .containsExactly(
            new Row(NOW - 20, 0.5, 4, 10, 2.5, 2.5, 4), new Row(NOW - 10, 1, 2, 3, 1.5, 1.5, 2));
  }

  /** As docs/stores.md tells who comes from Cadent. */
  @Test
  void takesTheRowsOfCadentsTablesOver() throws Exception {
    database.ask(CADENT.formatted("from_10s", ""));
    String row = "INSERT INTO from_10s (stat,sum,mean,min,max,count,resolution,time)";
    database.ask(row + " VALUES ('a',3,1.5,1,2,2,10,'2026-02-03 04:05:10')");
    database.ask(row + " VALUES ('a',7,7,7,7,1,10,'2026-02-03 04:05:10')");
    write(open("table = into"), new TestBatch().of("b", 10).value(NOW, 1));

    database.ask(
        """
        INSERT INTO into_10s (stat, time, sum, min, max, count, first, last, resolution)
        SELECT stat, time, SUM(sum), MIN(min), MAX(max), SUM(count), SUM(sum) / SUM(count),
          SUM(sum) / SUM(count), 10
        FROM from_10s GROUP BY stat, time""");

    assertThat(database.ask("SELECT sum,mean,min,max,count FROM into_10s WHERE stat = 'a'"))
        .containsExactly(List.of("10.0", "3.3333333333333335", "1.0", "7.0", "3"));
  }

  /** As docs/stores.md tells who wants old points to go. */
  @Test
  void tablesCanBePartitionedByTime() throws Exception {
    Store store = open("table = parted");
    write(store, new TestBatch().of("a", 10).value(NOW - 20, 1).value(1_700_000_000, 2));
    database.ask(
        """
        ALTER TABLE parted_10s PARTITION BY RANGE COLUMNS(time) (
          PARTITION old VALUES LESS THAN ('2024-01-01'),
          PARTITION rest VALUES LESS THAN (MAXVALUE))""");

    write(store, new TestBatch().of("a", 10).part(NOW - 20, 3, 3, 3, 3, 3, 1));
    database.ask("ALTER TABLE parted_10s DROP PARTITION old");

    assertThat(database.ask("SELECT sum FROM parted_10s")).containsExactly(List.of("4.0"));
  }

  @Test
  void tellsHowToMendATableInWhichNothingCanBeMerged() throws Exception {
    database.ask(CADENT.formatted("plain_10s", ""));
    TestBatch batch = new TestBatch().of("a", 10).value(NOW, 1);

    assertThatThrownBy(() -> write(open("table = plain"), batch))
        .hasMessageContaining("ALTER TABLE `plain_10s` ADD UNIQUE KEY (`stat`, `time`)");

    database.ask("ALTER TABLE `plain_10s` ADD UNIQUE KEY (`stat`, `time`)");
    assertThat(write(open("table = plain"), batch).nothing()).isTrue();
  }

  @Test
  void tellsWhatTableIsMissingWhenItMayMakeNone() {
    TestBatch batch = new TestBatch().of("a", 10).value(NOW, 1);

    assertThatThrownBy(() -> write(open("table = none, create-tables = false"), batch))
        .hasMessageContaining("there is no table none_10s");
  }

  @Test
  void readsNothingOfTablesThatAreNotThere() throws Exception {
    assertThat(stored(open("table = none"), "a", 10)).isEmpty();
    assertThat(database.ask("SHOW TABLES LIKE 'none%'")).isEmpty();
  }

  @Test
  void goesOnWhenATableIsDroppedMeanwhile() throws Exception {
    Store store = open("table = dropped");
    TestBatch batch = new TestBatch().of("a", 10).value(NOW - 20, 1);
    var writer = closing(store.writer());
    writer.write(batch, new Told());
    database.ask("DROP TABLE dropped_10s");

    assertThatThrownBy(() -> writer.write(batch, new Told())).hasMessageContaining("dropped_10s");
    writer.write(batch, new Told());

    assertThat(stored(store, "a", 10)).hasSize(1);
  }

  @Test
  void tellsKeysApartThatDifferInCase() throws Exception {
    Store store = open();

    write(
        store,
        new TestBatch().of(key("a"), 10).value(NOW - 20, 1).of(key("A"), 10).value(NOW - 20, 2));

    assertThat(stored(store, key("a"), 10)).extracting(Row::sum).containsExactly(1.0);
    assertThat(stored(store, key("A"), 10)).extracting(Row::sum).containsExactly(2.0);
  }

  @Test
  void refusesKeysThatTheColumnDoesNotTake() throws Exception {
    TestBatch batch =
        new TestBatch()
            .of("x".repeat(513), 10)
            .value(NOW, 1)
            .of("\uD83D\uDE00".repeat(512), 10)
            .value(NOW, 1)
            .of("blank ", 10)
            .value(NOW, 1)
            .of(new byte[] {'a', (byte) 0xff}, 10, 0)
            .value(NOW, 1);

    Told told = write(open(), batch);

    assertThat(told.refused())
        .containsOnly(
            Map.entry(0, "too-long-name"), Map.entry(2, "bad-name"), Map.entry(3, "bad-name"));
  }

  /** One row that the table can't take has all of its statement refused by the server. */
  @Test
  void refusesTheValuesThatTheTableCantTakeAndWritesTheOthers() throws Exception {
    Store store = open();
    write(store, new TestBatch().of(key("huge"), 10).part(NOW - 20, 0, 0, 1.7e308, 0, 0, 1));
    TestBatch batch = new TestBatch();
    for (int i = 0; i < 700; i++) {
      batch.of(key("ok." + i), 10).part(NOW - 20, 1, 1, i, 1, 1, 1);
      if (i == 333) {
        batch.of(key("huge"), 10).part(NOW - 20, 0, 0, 1.7e308, 0, 0, 1);
      }
    }

    Told told = write(store, batch);

    assertThat(told.points()).containsOnly(Map.entry("out-of-range", 1));
    assertThat(told.refused()).isEmpty();
    for (int i : new int[] {0, 332, 333, 334, 699}) {
      assertThat(stored(store, key("ok." + i), 10))
          .extracting(Row::sum)
          .containsExactly((double) i);
    }
    assertThat(stored(store, key("huge"), 10)).extracting(Row::count).containsExactly(1L);
  }

  @Test
  void refusesCharactersThatAnOldTableDoesNotHave() throws Exception {
    database.ask(CADENT.formatted("three_10s", "UNIQUE"));
    TestBatch batch =
        new TestBatch().of("a.\uD83D\uDE00", 10).value(NOW, 1).of("b", 10).value(NOW, 1e300);
    batch.of("c", 10).value(NOW, 1);

    Told told = write(open("table = three"), batch);

    assertThat(told.points()).containsOnly(Map.entry("out-of-range", 2));
    assertThat(database.ask("SELECT stat FROM three_10s")).containsExactly(List.of("c"));
  }

  @Test
  void refusesTimesAndNumbersThatNoDatabaseHas() throws Exception {
    TestBatch batch =
        new TestBatch()
            .of(key("a"), 10)
            .value(-70_000_000_000L, 1)
            .value(NOW, Double.NaN)
            .value(NOW + 10, Double.POSITIVE_INFINITY)
            .value(300_000_000_000L, 1);

    Told told = write(open(), batch);

    assertThat(told.points())
        .containsOnly(Map.entry("out-of-range", 2), Map.entry("not-finite", 2));
  }

  @Test
  void keepsNamesAgainWhenTheirTableIsDroppedMeanwhile() throws Exception {
    List<byte[]> names = List.of("a".getBytes(UTF_8));
    try (MetricIndex index = open("table = lost").index()) {
      index.add(names);
      database.ask("DROP TABLE lost_path");
      assertThatThrownBy(() -> index.add(names)).hasMessageContaining("lost_path");
      index.add(names);
    }

    assertThat(database.ask("SELECT path FROM lost_path")).containsExactly(List.of("a"));
  }

  @Test
  void tellsNamesByPages() throws Exception {
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 25_003; i++) {
      keys.add(("paged." + i).getBytes(UTF_8));
    }
    try (MetricIndex index = open("table = paged").index()) {
      index.add(keys);
      int[] names = new int[1];
      index.load(name -> names[0]++);

      assertThat(names[0]).isEqualTo(25_003);
    }
  }

  @Test
  void speaksTlsWhenItIsToldTo() throws Exception {
    String tls = "table = tls, tls { enabled = true, ca = \"%s\" }".formatted(database.server.ca());

    write(open(tls), new TestBatch().of("a", 10).value(NOW, 1));

    assertThat(database.ask("SELECT stat FROM tls_10s")).hasSize(1);
    assertThatThrownBy(
            () -> write(open("tls.enabled = true"), new TestBatch().of("a", 10).value(NOW, 1)))
        .isInstanceOf(Exception.class);
  }

  @Test
  void doesNotTellThePasswordWhenItIsWrong() {
    TestBatch batch = new TestBatch().of("a", 10).value(NOW, 1);

    assertThatThrownBy(() -> write(open("password = hush"), batch))
        .hasMessageContaining("Access denied")
        .hasMessageNotContaining("hush")
        .hasMessageNotContaining(MariaServer.PASSWORD);
  }

  @Test
  void needsNoRightToMakeTablesThatAreThere() throws Exception {
    write(open("table = granted"), new TestBatch().of("a", 10).part(NOW, 1, 1, 1, 1, 1, 1));
    database.ask("CREATE USER IF NOT EXISTS plain@localhost IDENTIFIED BY 'plain'");
    database.ask("GRANT SELECT, INSERT, UPDATE, DELETE ON metrics.* TO plain@localhost");
    String dsn = "dsn = \"mysql://plain:plain@127.0.0.1:%d/metrics\"".formatted(proxy.port());

    Told told =
        write(
            open("table = granted\n" + dsn),
            new TestBatch().of("a", 10).part(NOW, 1, 1, 1, 1, 1, 1));

    assertThat(told.nothing()).isTrue();
    assertThat(database.ask("SELECT sum FROM granted_10s")).containsExactly(List.of("2.0"));
  }
}
