package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store keeps, whatever it keeps it in. A subclass opens its store and says what it
 * can't; tests share what is stored and have keys of their own.
 */
public abstract class StoreContract {
  /** Steps of 10 s for 6 h and of 60 s for 7 days: what a store is to be opened with. */
  protected static final List<Retention> RETENTIONS =
      List.of(new Retention(10, 21_600), new Retention(60, 604_800));

  /** An interval of every step begins there; no more than ten minutes ago. */
  protected static final long NOW = InstantSource.system().instant().getEpochSecond() / 600 * 600;

  private static final AtomicInteger TESTS = new AtomicInteger();

  /** What is stored of one interval. */
  public record Row(
      long time, double min, double max, double sum, double first, double last, long count) {}

  /** Takes the store away from its writer, and gives it back. */
  public interface Faults {
    void down() throws Exception;

    void up() throws Exception;
  }

  private final List<AutoCloseable> opened = new ArrayList<>();
  private String prefix;

  /** Opens the store; called again for the same data, as after a restart. */
  protected abstract Store open() throws Exception;

  /**
   * What is stored of a key, as far as this store keeps it, in the order of time, or of writing
   * where it appends.
   */
  protected List<Row> stored(Store store, String key, int step) throws Exception {
    long span = RETENTIONS.get(step == 10 ? 0 : 1).seconds();
    Fetched fetched = read(store, key, NOW - span + 1, NOW);
    return fetched == null ? List.of() : rows(fetched);
  }

  /** The row as this store gives it back: without the figures that it does not keep. */
  protected Row kept(Row row) {
    return row;
  }

  /** Whether a point is always one more, and who reads them merges. */
  protected boolean appends() {
    return false;
  }

  /** Whether names are kept. */
  protected boolean keepsNames() {
    return true;
  }

  /** Whether another store opened on the same finds what was written. */
  protected boolean outlivesProcess() {
    return true;
  }

  /** How it can be made to fail; null where it can't be. */
  protected Faults faults() {
    return null;
  }

  @BeforeEach
  void newKeys() {
    prefix = "contract." + TESTS.incrementAndGet() + ".";
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  /** A key that no other test has. */
  protected final String key(String name) {
    return prefix + name;
  }

  /** What is closed when the test ends. */
  protected final <T extends AutoCloseable> T closing(T part) {
    opened.add(part);
    return part;
  }

  protected final Told write(Store store, PointBatch batch) throws Exception {
    Told told = new Told();
    try (MetricWriter writer = store.writer()) {
      writer.write(batch, told);
      writer.idle();
    }
    return told;
  }

  private static MetricReader.Query query(long from, long until, boolean columns, String... keys) {
    return new MetricReader.Query(List.of(keys), from, until, NOW, columns);
  }

  private Map<String, Fetched> read(Store store, MetricReader.Query query) throws Exception {
    try (MetricReader reader = store.reader().orElseThrow()) {
      return reader.read(query);
    }
  }

  private Fetched read(Store store, String key, long from, long until) throws Exception {
    return read(store, query(from, until, true, key)).get(key);
  }

  private static List<Row> rows(Fetched fetched) {
    Fetched.Columns all = fetched.columns();
    return IntStream.range(0, fetched.values().length)
        .filter(i -> all.count()[i] > 0)
        .mapToObj(
            i ->
                new Row(
                    fetched.start() + (long) fetched.step() * i,
                    all.min()[i],
                    all.max()[i],
                    all.sum()[i],
                    all.first()[i],
                    all.last()[i],
                    (long) all.count()[i]))
        .toList();
  }

  private static boolean keepsFigures(Store store) {
    return store.figures() == Store.Figures.ALL;
  }

  private void assumeReadable(Store store) {
    assumeTrue(store.reader().isPresent(), "can't be read");
  }

  @Test
  void keepsWhatItIsGiven() throws Exception {
    Store store = open();
    TestBatch batch =
        new TestBatch()
            .of(key("cpu.mean"), 10)
            .whole(NOW - 30, 1, 4, 7.5, 2, 4, 3)
            .value(NOW - 20, -0.125)
            .of(key("mem.sum"), 10)
            .value(NOW - 20, 12.5)
            .of(key("cpu.mean"), 60)
            .whole(NOW - 60, 0.5, 9, 100, 3, 8, 40);

    assertThat(write(store, batch).nothing()).isTrue();

    assertThat(stored(store, key("cpu.mean"), 10))
        .containsExactly(
            kept(new Row(NOW - 30, 1, 4, 7.5, 2, 4, 3)),
            kept(new Row(NOW - 20, -0.125, -0.125, -0.125, -0.125, -0.125, 1)));
    assertThat(stored(store, key("mem.sum"), 10))
        .containsExactly(kept(new Row(NOW - 20, 12.5, 12.5, 12.5, 12.5, 12.5, 1)));
    assertThat(stored(store, key("cpu.mean"), 60))
        .containsExactly(kept(new Row(NOW - 60, 0.5, 9, 100, 3, 8, 40)));
  }

  @Test
  void givesDoublesBackToTheLastDigit() throws Exception {
    Store store = open();
    double[] values = {
      0.1, 1 / 3.0, 123_456_789.123_456_78, 1e-300, -1.7e308, 9.007199254740993e15
    };
    TestBatch batch = new TestBatch().of(key("exact.last"), 10);
    for (int i = 0; i < values.length; i++) {
      batch.value(NOW - 100 + 10 * i, values[i]);
    }

    write(store, batch);

    List<Row> expected =
        IntStream.range(0, values.length)
            .mapToObj(i -> row(NOW - 100 + 10 * i, values[i]))
            .map(this::kept)
            .toList();
    assertThat(stored(store, key("exact.last"), 10)).isEqualTo(expected);
  }

  private static Row row(long time, double value) {
    return new Row(time, value, value, value, value, value, 1);
  }

  @Test
  void mergesPartsOfAnInterval() throws Exception {
    Store store = open();
    assumeTrue(keepsFigures(store), "a cache of values has no parts");
    write(store, new TestBatch().of(key("a"), 10).part(NOW - 20, 2, 5, 10, 3, 4, 3));
    write(
        store,
        new TestBatch()
            .of(key("a"), 10)
            .part(NOW - 20, 1, 4, 6.5, 1, 2.5, 2)
            .part(NOW - 10, 7, 7, 7, 7, 7, 1));

    List<Row> merged =
        List.of(
            kept(new Row(NOW - 20, 1, 5, 16.5, 3, 2.5, 5)),
            kept(new Row(NOW - 10, 7, 7, 7, 7, 7, 1)));
    List<Row> appended =
        List.of(
            kept(new Row(NOW - 20, 2, 5, 10, 3, 4, 3)),
            kept(new Row(NOW - 20, 1, 4, 6.5, 1, 2.5, 2)),
            kept(new Row(NOW - 10, 7, 7, 7, 7, 7, 1)));
    assertThat(stored(store, key("a"), 10)).isEqualTo(appends() ? appended : merged);
  }

  @Test
  void putsWholeIntervalsInPlaceOfWhatIsThere() throws Exception {
    Store store = open();
    write(store, new TestBatch().of(key("a"), 10).part(NOW - 20, 2, 5, 10, 3, 4, 3));
    write(store, new TestBatch().of(key("a"), 10).whole(NOW - 20, 3, 4, 7, 4, 3, 2));

    Row last = kept(new Row(NOW - 20, 3, 4, 7, 4, 3, 2));
    List<Row> both = List.of(kept(new Row(NOW - 20, 2, 5, 10, 3, 4, 3)), last);
    assertThat(stored(store, key("a"), 10)).isEqualTo(appends() ? both : List.of(last));
  }

  @Test
  void keepsPointsThatComeLate() throws Exception {
    Store store = open();
    write(store, new TestBatch().of(key("a"), 10).value(NOW - 20, 1).value(NOW - 10, 2));
    write(store, new TestBatch().of(key("a"), 10).value(NOW - 300, 3));

    List<Row> inTime = List.of(row(NOW - 300, 3), row(NOW - 20, 1), row(NOW - 10, 2));
    assertThat(stored(store, key("a"), 10))
        .containsExactlyInAnyOrderElementsOf(inTime.stream().map(this::kept).toList());
  }

  @Test
  void takesManySeriesAtOnce() throws Exception {
    Store store = open();
    TestBatch batch = new TestBatch();
    for (int i = 0; i < 5_000; i++) {
      batch.of(key("many." + i), 10).value(NOW - 20, i).value(NOW - 10, -i);
    }

    assertThat(write(store, batch).nothing()).isTrue();

    for (int i : new int[] {0, 1, 999, 1000, 1001, 2500, 4999}) {
      assertThat(stored(store, key("many." + i), 10))
          .containsExactly(kept(row(NOW - 20, i)), kept(row(NOW - 10, -i)));
    }
  }

  @Test
  void writesNothingOfAnEmptyBatch() throws Exception {
    assertThat(write(open(), new TestBatch()).nothing()).isTrue();
  }

  /** Points of lines, for which the store finds the step. */
  @Test
  void takesPointsWithoutAStepForItsFinest() throws Exception {
    Store store = open();

    write(store, new TestBatch().of(key("raw"), 0).value(NOW - 17, 1).value(NOW - 3, 2));

    List<Row> rows = stored(store, key("raw"), 10);
    assertThat(rows).extracting(Row::count).containsExactly(1L, 1L);
    assertThat(rows).extracting(row -> row.time() / 10 * 10).containsExactly(NOW - 20, NOW - 10);
  }

  @Test
  void finishesABatchThatFailed() throws Exception {
    Faults faults = faults();
    assumeTrue(faults != null, "never fails");
    Store store = open();
    TestBatch before = new TestBatch().of(key("a"), 10).part(NOW - 20, 1, 1, 1, 1, 1, 1);
    TestBatch batch = new TestBatch().of(key("a"), 10).part(NOW - 20, 2, 2, 2, 2, 2, 1);
    for (int i = 0; i < 2_500; i++) {
      batch.of(key("b." + i), 10).part(NOW - 20, i, i, i, i, i, 1);
    }
    MetricWriter writer = closing(store.writer());
    writer.write(before, new Told());

    faults.down();
    assertThatThrownBy(() -> writer.write(batch, new Told())).isInstanceOf(Exception.class);
    assertThatThrownBy(() -> writer.write(batch, new Told())).isInstanceOf(Exception.class);
    faults.up();
    Told told = new Told();
    writer.write(batch, told);
    writer.idle();

    assertThat(told.nothing()).isTrue();
    Row merged = keepsFigures(store) ? new Row(NOW - 20, 1, 2, 3, 1, 2, 2) : row(NOW - 20, 2);
    List<Row> both = List.of(row(NOW - 20, 1), row(NOW - 20, 2));
    List<Row> expected = appends() ? both : List.of(merged);
    assertThat(stored(store, key("a"), 10)).isEqualTo(expected.stream().map(this::kept).toList());
    for (int i : new int[] {0, 998, 999, 1000, 2499}) {
      assertThat(stored(store, key("b." + i), 10)).containsExactly(kept(row(NOW - 20, i)));
    }
  }

  @Test
  void isThereAgainAfterARestart() throws Exception {
    assumeTrue(outlivesProcess());
    write(open(), new TestBatch().of(key("a"), 10).value(NOW - 20, 1));

    assertThat(stored(open(), key("a"), 10)).containsExactly(kept(row(NOW - 20, 1)));
  }

  @Test
  void leavesOutTheIntervalOfFromAndGivesThatOfUntil() throws Exception {
    Store store = open();
    assumeReadable(store);
    TestBatch batch = new TestBatch().of(key("a.last"), 10);
    for (int i = 10; i > 0; i--) {
      batch.value(NOW - 10 * i, i);
    }
    write(store, batch);

    Fetched fetched = read(store, key("a.last"), NOW - 60, NOW - 30);

    assertThat(fetched.step()).isEqualTo(10);
    assertThat(fetched.start()).isEqualTo(NOW - 50);
    assertThat(fetched.values()).containsExactly(5, 4, 3);
    assertThat(fetched.end()).isEqualTo(NOW - 20);
    assertThat(read(store, key("a.last"), NOW - 55, NOW - 31).values()).containsExactly(5, 4);
  }

  @Test
  void hasGapsWhereThereIsNoPoint() throws Exception {
    Store store = open();
    assumeReadable(store);
    write(store, new TestBatch().of(key("a.last"), 10).value(NOW - 40, 1).value(NOW - 20, 2));

    Fetched fetched = read(store, key("a.last"), NOW - 60, NOW - 1);

    assertThat(fetched.start()).isEqualTo(NOW - 50);
    assertThat(fetched.values()).containsExactly(Double.NaN, 1, Double.NaN, 2, Double.NaN);
    if (fetched.columns() != null) {
      assertThat(fetched.columns().min()).containsExactly(fetched.values());
      assertThat(fetched.columns().count()).containsExactly(0, 1, 0, 1, 0);
    }
  }

  @Test
  void givesTheFigureThatIsTheValueOfAKey() throws Exception {
    Store store = open();
    assumeReadable(store);
    List<String> names = List.of("a.mean", "a.sum", "a.min", "a.max", "a.last", "a.other");
    TestBatch batch = new TestBatch();
    names.forEach(name -> batch.of(key(name), 10).whole(NOW - 20, 1, 6, 12, 2, 5, 4));
    write(store, batch);

    for (String name : names) {
      byte[] bytes = key(name).getBytes(UTF_8);
      Aggregate aggregate = store.aggregate(bytes, 0, bytes.length);
      MetricReader.Query query = query(NOW - 30, NOW - 20, false, key(name));
      Fetched fetched = read(store, query).get(key(name));
      assertThat(fetched.aggregate()).isEqualTo(aggregate);
      Row whole = new Row(NOW - 20, 1, 6, 12, 2, 5, 4);
      Row row = store.figures() == Store.Figures.ALL ? kept(whole) : whole;
      assertThat(fetched.values())
          .containsExactly(aggregate.of(row.min(), row.max(), row.sum(), row.count(), row.last()));
      assertThat(fetched.columns()).isNull();
    }
  }

  @Test
  void readsTheFinestStepThatReachesBack() throws Exception {
    Store store = open();
    assumeReadable(store);
    write(
        store,
        new TestBatch()
            .of(key("a.last"), 10)
            .value(NOW - 120, 1)
            .of(key("a.last"), 60)
            .value(NOW - 120, 2));

    assertThat(read(store, key("a.last"), NOW - 21_600, NOW).step()).isEqualTo(10);
    Fetched coarse = read(store, key("a.last"), NOW - 21_601, NOW);
    assertThat(coarse.step()).isEqualTo(60);
    assertThat(coarse.start() % 60).isZero();
    assertThat(coarse.values()[(int) ((NOW - 120 - coarse.start()) / 60)]).isEqualTo(2);
    try (MetricReader reader = store.reader().orElseThrow()) {
      assertThat(reader.retentions(key("a.last"))).isEqualTo(RETENTIONS);
    }
  }

  /** A span without a bound is cut to what is kept, and to now. */
  @Test
  void readsNoMoreThanItKeeps() throws Exception {
    Store store = open();
    assumeReadable(store);
    write(store, new TestBatch().of(key("a.last"), 60).value(NOW - 120, 2));

    Fetched fetched = read(store, key("a.last"), 0, NOW + 1_000_000);

    assertThat(fetched.values().length).isLessThanOrEqualTo((int) RETENTIONS.get(1).points());
    assertThat(fetched.values()[(int) ((NOW - 120 - fetched.start()) / 60)]).isEqualTo(2);
  }

  @Test
  void leavesOutKeysThatItDoesNotHave() throws Exception {
    Store store = open();
    assumeReadable(store);
    write(store, new TestBatch().of(key("a"), 10).value(NOW - 20, 1));

    MetricReader.Query query =
        query(NOW - 60, NOW, true, key("a"), key("b"), "../" + key("a"), "'\"\\%_;--", "");

    assertThat(read(store, query)).containsOnlyKeys(key("a"));
    assertThat(read(store, query(NOW - 60, NOW, true))).isEmpty();
  }

  @Test
  void readsOnSeveralThreads() throws Exception {
    Store store = open();
    assumeReadable(store);
    String[] keys = IntStream.range(0, 500).mapToObj(i -> key("t." + i)).toArray(String[]::new);
    TestBatch batch = new TestBatch();
    Arrays.stream(keys).forEach(key -> batch.of(key, 10).value(NOW - 20, 1));
    write(store, batch);
    MetricReader reader = closing(store.reader().orElseThrow());
    ExecutorService threads = Executors.newFixedThreadPool(4);

    List<Future<Map<String, Fetched>>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(threads.submit(() -> reader.read(query(NOW - 60, NOW, false, keys))));
    }

    for (Future<Map<String, Fetched>> answer : answers) {
      assertThat(answer.get()).hasSize(500);
    }
    threads.shutdownNow();
  }

  @Test
  void tellsTheNamesThatWereAdded() throws Exception {
    Store store = open();
    assumeTrue(keepsNames());
    List<byte[]> keys =
        List.of(bytes(key("x.y")), bytes(key("x")), bytes(key("täg;host=web1;zone=ä")));
    MetricIndex index = closing(store.index());

    index.add(keys);
    index.add(List.of(bytes(key("x")), bytes(key("z"))));
    index.add(List.of());

    Set<String> expected = Set.of(key("x.y"), key("x"), key("täg;host=web1;zone=ä"), key("z"));
    assertThat(names(index)).isEqualTo(expected);
    assertThat(names(closing((outlivesProcess() ? open() : store).index()))).isEqualTo(expected);
  }

  private Set<String> names(MetricIndex index) throws Exception {
    List<String> all = new ArrayList<>();
    index.load(
        name -> {
          String text = new String(name, UTF_8);
          if (text.startsWith(prefix)) {
            all.add(text);
          }
        });
    assertThat(all).doesNotHaveDuplicates();
    return new TreeSet<>(all);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private List<byte[]> badNames() {
    List<byte[]> all = new ArrayList<>();
    for (String name :
        List.of(
            "",
            ".",
            "..",
            "/",
            "/etc/passwd",
            "../../../tmp/" + prefix,
            key("a/../../b"),
            key("..a..b.."),
            key("nul\0nul"),
            key("tab\ttab"),
            key("line\nline"),
            key("'; DROP TABLE metrics; --"),
            key("\\\"`%_${x}"),
            key("\uD83D\uDE00"),
            key("x".repeat(4096)),
            key("a.".repeat(2000) + "a"),
            ";;=;",
            "~" + prefix)) {
      all.add(bytes(name));
    }
    all.add(new byte[] {'a', (byte) 0xC3, '.', (byte) 0xFF});
    return all;
  }

  @Test
  void takesOrRefusesBadNamesAndGoesOn() throws Exception {
    Store store = open();
    TestBatch batch = new TestBatch().of(key("first"), 10).value(NOW - 20, 1);
    badNames().forEach(name -> batch.of(name, 10, 0).value(NOW - 20, 2));
    batch.of(key("last"), 10).value(NOW - 20, 3);

    Told told = write(store, batch);

    assertThat(told.later()).isEmpty();
    assertThat(told.refused().keySet()).doesNotContain(0, batch.series() - 1);
    assertThat(told.refused().values()).allMatch(reason -> reason.matches("[a-z]+(-[a-z]+)*"));
    assertThat(stored(store, key("first"), 10)).containsExactly(kept(row(NOW - 20, 1)));
    assertThat(stored(store, key("last"), 10)).containsExactly(kept(row(NOW - 20, 3)));
  }

  @Test
  void readsBackTheOddNamesThatItTook() throws Exception {
    Store store = open();
    assumeReadable(store);
    List<byte[]> names = badNames().stream().filter(name -> KeyText.of(name) != null).toList();
    TestBatch batch = new TestBatch();
    names.forEach(name -> batch.of(name, 10, 0).value(NOW - 20, 2));

    Told told = write(store, batch);

    for (int s = 0; s < names.size(); s++) {
      if (!told.refused().containsKey(s)) {
        String name = new String(names.get(s), UTF_8);
        assertThat(stored(store, name, 10)).as(name).containsExactly(kept(row(NOW - 20, 2)));
      }
    }
  }

  @Test
  void keepsGoodNamesAmongBadOnes() throws Exception {
    Store store = open();
    assumeTrue(keepsNames());
    MetricIndex index = closing(store.index());
    List<byte[]> all = badNames();
    all.add(0, bytes(key("first")));
    all.add(bytes(key("last")));

    index.add(all);

    assertThat(names(index)).contains(key("first"), key("last"));
  }

  /** What no database has, they are to be refused or made something of. */
  @Test
  void survivesNumbersThatAreNone() throws Exception {
    Store store = open();
    TestBatch batch =
        new TestBatch()
            .of(key("odd"), 10)
            .value(NOW - 50, Double.POSITIVE_INFINITY)
            .value(NOW - 40, Double.NaN)
            .value(NOW - 30, Double.NEGATIVE_INFINITY)
            .whole(NOW - 20, 1, 1, 1, 1, 1, Long.MAX_VALUE)
            .of(key("even"), 10)
            .value(NOW - 20, 3);

    write(store, batch);

    assertThat(stored(store, key("even"), 10)).containsExactly(kept(row(NOW - 20, 3)));
  }

  @Test
  void survivesTimesFarAway() throws Exception {
    Store store = open();
    TestBatch batch =
        new TestBatch()
            .of(key("far"), 10)
            .value(-10, 1)
            .value(0, 1)
            .value(NOW - 20, 2)
            .value(4_294_967_290L, 3)
            .value(9_000_000_000L, 4);

    write(store, batch);

    assertThat(stored(store, key("far"), 10)).contains(kept(row(NOW - 20, 2)));
  }

  @Test
  void closesForGood() throws Exception {
    Store store = open();
    MetricWriter writer = store.writer();
    TestBatch batch = new TestBatch().of(key("a"), 10).value(NOW - 20, 1);
    writer.write(batch, new Told());

    writer.close();
    writer.close();

    assertThatThrownBy(() -> writer.write(batch, new Told())).isInstanceOf(Exception.class);
    if (store.reader().isPresent()) {
      MetricReader reader = store.reader().orElseThrow();
      reader.close();
      reader.close();
      assertThatThrownBy(() -> reader.read(query(NOW - 60, NOW, false, key("a"))))
          .isInstanceOf(Exception.class);
    }
    MetricIndex index = store.index();
    index.close();
    index.close();
  }
}
