package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.line.LineRun;
import io.cadenza.meter.Meters;
import io.cadenza.meter.StoreMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteCacheTest {
  private final StoreMeters meters = new StoreMeters(new Meters(new SimpleMeterRegistry()), "s");
  private final List<String> fresh = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  /** A store that rolls up by itself. */
  private static final class Values implements Store {
    @Override
    public Figures figures() {
      return Figures.VALUE;
    }

    @Override
    public Aggregate aggregate(byte[] key, int from, int to) {
      return GuessTable.method(key, from, to);
    }

    @Override
    public MetricWriter writer() {
      throw new AssertionError();
    }

    @Override
    public MetricIndex index() {
      return MetricIndex.NONE;
    }

    @Override
    public Optional<MetricReader> reader() {
      return Optional.empty();
    }
  }

  private static Store wide() {
    List<Retention> steps = List.of(new Retention(10, 3600), new Retention(60, 86_400));
    return new MemoryStore(new MemoryConfig(steps, 1000, 1000), InstantSource.system());
  }

  private WriteCache cache(Store store, long points, int series, double lowFruit) {
    return new WriteCache(
        store,
        new CacheLimits(points, series, lowFruit),
        key -> fresh.add(new String(key, UTF_8)),
        (key, count, reason) -> refused.add(new String(key, UTF_8) + " " + count + " " + reason),
        meters);
  }

  private static void line(WriteCache cache, String key, long time, double value) {
    byte[] bytes = key.getBytes(UTF_8);
    cache.took(cache.addLine(bytes, 0, bytes.length, time, value));
  }

  private static String text(CacheBatch batch) {
    StringBuilder all = new StringBuilder();
    for (int s = 0; s < batch.series(); s++) {
      all.append(new String(batch.key(s), UTF_8)).append('/').append(batch.step(s)).append(':');
      for (int p = batch.first(s); p < batch.end(s); p++) {
        all.append(' ').append(batch.time(p)).append('=').append(batch.sum(p));
        all.append(batch.count(p) > 1 ? "(" + batch.count(p) + ")" : "");
      }
      all.append('\n');
    }
    return all.toString();
  }

  @Test
  void givesTheSeriesWithTheMostPointsFirst() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    line(cache, "few", 100, 1);
    for (int i = 0; i < 5; i++) {
      line(cache, "many", 100 + i, i);
    }
    line(cache, "some", 100, 1);
    line(cache, "some", 101, 2);

    assertThat(text(cache.take(1, 100)))
        .isEqualTo("many/0: 100=0.0 101=1.0 102=2.0 103=3.0 104=4.0\n");
    cache.written();
    assertThat(text(cache.take(10, 100))).isEqualTo("some/0: 100=1.0 101=2.0\nfew/0: 100=1.0\n");
  }

  @Test
  void givesTheFewFirstAsOftenAsIsSaid() {
    WriteCache cache = cache(new Values(), 1000, 100, 1);
    line(cache, "many", 100, 1);
    line(cache, "many", 101, 1);
    line(cache, "few", 100, 1);

    assertThat(text(cache.take(1, 100))).startsWith("few/0");
  }

  @Test
  void keepsPointsInTheOrderOfTimeAndTheLastOfEach() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    line(cache, "a", 30, 3);
    line(cache, "a", 10, 1);
    line(cache, "a", 20, 2);
    line(cache, "a", 10, 7);

    assertThat(text(cache.take(1, 100))).isEqualTo("a/0: 10=7.0 20=2.0 30=3.0\n");
    assertThat(meters.pointsReplaced.sum()).isEqualTo(1);
    assertThat(cache.room().taken()).isEqualTo(3);
  }

  @Test
  void findsPointsUntilTheyAreWritten() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    line(cache, "a", 10, 1);
    cache.take(1, 1);
    line(cache, "a", 20, 2);

    CachedPoints both = cache.points("a".getBytes(UTF_8), 0);
    cache.written();
    CachedPoints last = cache.points("a".getBytes(UTF_8), 0);

    assertThat(both.count()).isEqualTo(2);
    assertThat(last.count()).isEqualTo(1);
    assertThat(last.time(0)).isEqualTo(20);
    assertThat(cache.room().taken()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeWrittenWaitsAgainUnderWhatCameMeanwhile() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    line(cache, "a", 10, 1);
    line(cache, "a", 20, 1);
    cache.take(1, 100);
    line(cache, "a", 20, 2);
    cache.failed();

    assertThat(text(cache.take(1, 100))).isEqualTo("a/0: 10=1.0 20=2.0\n");
    assertThat(cache.room().taken()).isEqualTo(2);
  }

  @Test
  void whatAWriterPutsOffWaitsAndWhatItRefusesIsGone() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    line(cache, "bad", 10, 1);
    line(cache, "later", 10, 1);
    line(cache, "good", 10, 1);
    CacheBatch batch = cache.take(10, 100);
    for (int s = 0; s < batch.series(); s++) {
      String key = new String(batch.key(s), UTF_8);
      if (key.equals("bad")) {
        batch.refused(s, "bad-name");
      } else if (key.equals("later")) {
        batch.later(s);
      }
    }

    assertThat(cache.written()).isEqualTo(1);
    assertThat(refused).containsExactly("bad 1 bad-name");
    assertThat(cache.room().taken()).isEqualTo(1);
    assertThat(text(cache.take(10, 100))).isEqualTo("later/0: 10=1.0\n");
  }

  @Test
  void linesAreCountedIntoTheIntervalsOfEveryStep() {
    WriteCache cache = cache(wide(), 1000, 100, 0);
    line(cache, "a", 61, 1);
    line(cache, "a", 65, 3);
    line(cache, "a", 75, 5);

    Map<Integer, String> byStep = new TreeMap<>();
    for (String one : text(cache.take(10, 100)).split("\n")) {
      byStep.put(one.contains("/10:") ? 10 : 60, one.substring(one.indexOf(':') + 2));
    }

    assertThat(byStep).isEqualTo(Map.of(10, "60=4.0(2) 70=5.0", 60, "60=9.0(3)"));
  }

  @Test
  void anIntervalThatComesAgainStandsInPlaceOfTheOneBefore() {
    WriteCache cache = cache(wide(), 1000, 100, 0);
    byte[] key = "a".getBytes(UTF_8);
    cache.took(cache.addBin(key, 0, 1, 10, 3600, 60, 1, 2, 3, 2, 1, 2));
    cache.took(cache.addBin(key, 0, 1, 10, 3600, 60, 1, 4, 7, 3, 1, 4));

    CacheBatch batch = cache.take(10, 100);

    assertThat(batch.points()).isEqualTo(1);
    assertThat(batch.sum(0)).isEqualTo(7);
    assertThat(batch.max(0)).isEqualTo(4);
    assertThat(batch.count(0)).isEqualTo(3);
    assertThat(batch.merges(0)).isFalse();
  }

  @Test
  void aStoreOfValuesGetsTheOneThatTheNameSays() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    byte[] key = "a.max".getBytes(UTF_8);
    cache.took(cache.addBin(key, 0, key.length, 10, 3600, 60, 1, 2, 3, 2, 1, 2));

    assertThat(text(cache.take(10, 100))).isEqualTo("a.max/0: 60=2.0\n");
  }

  @Test
  void theOrderOfTagsMakesNoOtherSeries() {
    WriteCache cache = cache(new Values(), 1000, 100, 0);
    line(cache, "a;x=1;b=2", 10, 1);
    line(cache, "a;b=2;x=1", 20, 2);

    assertThat(fresh).containsExactly("a;b=2;x=1");
    assertThat(text(cache.take(10, 100))).isEqualTo("a;b=2;x=1/0: 10=1.0 20=2.0\n");
  }

  @Test
  void forgetsIdleSeriesBeyondTheBound() {
    WriteCache cache = cache(new Values(), 100_000, 160, 0);
    for (int i = 0; i < 10_000; i++) {
      line(cache, "k" + i, 10, 1);
      if (i % 100 == 99) {
        while (cache.take(1000, 1000).series() > 0) {
          cache.written();
        }
      }
    }

    assertThat(cache.series()).isLessThan(2000);
  }

  @Test
  void takesLinesUntilItIsFull() {
    WriteCache cache = cache(new Values(), 64, 100, 0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append("k").append(i).append(" 1 1700000000\n");
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    LineRun run = new LineRun(bytes, 0, bytes.length, 200);
    LineIntake intake = new LineIntake(cache);

    int at = intake.take(run, 0);

    assertThat(at).isLessThan(bytes.length);
    assertThat(bytes[at - 1]).isEqualTo((byte) '\n');
    assertThat(cache.room().full()).isTrue();
    int before = intake.taken();
    while (cache.take(1000, 1000).series() > 0) {
      cache.written();
    }
    intake.takeAll(run, at);
    assertThat(before + intake.taken()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNoLine() {
    WriteCache cache = cache(new Values(), 64, 100, 0);
    byte[] bytes = "a 1\na x 1700000000\na 1 1700000000\n".getBytes(UTF_8);
    LineIntake intake = new LineIntake(cache);

    intake.take(new LineRun(bytes, 0, bytes.length, 3), 0);

    assertThat(intake.refused()).isEqualTo(2);
    assertThat(intake.taken()).isEqualTo(1);
  }

  @Test
  void leavesWhatIsLeftForTheNextProcess(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("folder/s.points");
    WriteCache before = cache(wide(), 1000, 100, 0);
    line(before, "a", 61, 1);
    line(before, "a", 65, 3);
    byte[] key = "b".getBytes(UTF_8);
    before.took(before.addBin(key, 0, 1, 10, 3600, 60, 1, 4, 7, 3, 1, 4));

    assertThat(new CacheFile(file).leave(before)).isEqualTo(3);
    WriteCache after = cache(wide(), 1000, 100, 0);
    assertThat(new CacheFile(file).take(after)).isEqualTo(3);

    assertThat(after.room().taken()).isEqualTo(3);
    assertThat(text(after.take(10, 100)).lines().sorted())
        .containsExactly("a/10: 60=4.0(2)", "a/60: 60=4.0(2)", "b/10: 60=7.0(3)");
    assertThat(file).doesNotExist();
    assertThat(new CacheFile(file).take(after)).isZero();
  }

  @Test
  void setsADamagedFileAside(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("s.points");
    WriteCache before = cache(wide(), 1000, 100, 0);
    line(before, "a", 61, 1);
    new CacheFile(file).leave(before);
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes);
    WriteCache after = cache(wide(), 1000, 100, 0);

    assertThatThrownBy(() -> new CacheFile(file).take(after))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    assertThat(after.room().taken()).isZero();
    assertThat(dir.resolve("s.points.damaged")).exists();
  }

  /** Whatever comes, fails and is put off: all that was counted in is found again. */
  @Property(tries = 200)
  void losesNothing(
      @ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> steps,
      @ForAll @IntRange(min = 1, max = 5) int most) {
    WriteCache cache = cache(new Values(), 1000, 32, 0.5);
    Map<String, Double> wanted = new TreeMap<>();
    Map<String, Double> written = new TreeMap<>();
    int value = 0;
    for (int step : steps) {
      if (step < 30) {
        String key = "k" + step % 5;
        line(cache, key, step, ++value);
        wanted.put(key + " " + step, (double) value);
      } else {
        write(cache, most, step, written);
      }
    }
    for (int i = 0; i < 300 && cache.room().taken() > 0; i++) {
      write(cache, most, 40, written);
    }

    assertThat(written).isEqualTo(wanted);
    assertThat(cache.room().taken()).isZero();
    assertThat(meters.pointsIn.sum())
        .isEqualTo(meters.pointsWritten.sum() + meters.pointsReplaced.sum());
  }

  private static void write(WriteCache cache, int most, int how, Map<String, Double> written) {
    CacheBatch batch = cache.take(most, 3);
    if (how % 3 == 0) {
      cache.failed();
      return;
    }
    for (int s = 0; s < batch.series(); s++) {
      if (how % 3 == 2 && s == 0) {
        batch.later(s);
        continue;
      }
      for (int p = batch.first(s); p < batch.end(s); p++) {
        written.put(new String(batch.key(s), UTF_8) + " " + batch.time(p), batch.sum(p));
      }
    }
    cache.written();
  }
}
