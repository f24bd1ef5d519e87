package io.cadenza.writer.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;

/** Files hold what whisper's rules say, whatever comes, and however it is split up. */
class UpdaterPropertyTest {
  private static final long NOW = 1_700_000_000;

  private final Wsp wsp = new Wsp(NativeDisk.load());
  private final Path file = file();

  private static Path file() {
    try {
      return Files.createTempFile("whisper", ".wsp");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterProperty
  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  private List<Retention> fresh(Random random, Aggregate method, double factor) throws IOException {
    List<Retention> retentions = new ArrayList<>();
    int step = 1 + random.nextInt(10);
    long seconds = 0;
    int ratio = 1;
    int archives = 1 + random.nextInt(4);
    for (int i = 0; i < archives; i++) {
      step *= ratio;
      ratio = 2 + random.nextInt(6);
      long points = Math.max(seconds / step + 1, ratio) + random.nextInt(30);
      seconds = points * step;
      retentions.add(new Retention(step, seconds));
    }
    assertThat(Layout.problem(retentions)).isEmpty();
    Files.deleteIfExists(file);
    wsp.create(file, Layout.of(retentions, method, factor));
    return retentions;
  }

  /** Times and values of a batch, some of several to an interval, some long ago, some to come. */
  private static TreeMap<Long, Double> batch(Random random, List<Retention> retentions, long now) {
    TreeMap<Long, Double> points = new TreeMap<>();
    Retention some = retentions.get(random.nextInt(retentions.size()));
    long reach = Math.min(some.seconds(), 40L * some.step()) + 5;
    int count = 1 + random.nextInt(30);
    boolean inRow = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      long age = inRow ? (long) i * retentions.get(0).step() : random.nextLong(reach + 3) - 3;
      points.put(now - age, random.nextInt(5) == 0 ? 0.0 : random.nextInt(2000) / 10.0 - 100);
    }
    return points;
  }

  private static long[] times(TreeMap<Long, Double> points) {
    return points.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  private static double[] values(TreeMap<Long, Double> points) {
    return points.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Property(tries = 400)
  void agreesWithTheRulesToldAgain(
      @ForAll Random random,
      @ForAll Aggregate method,
      @ForAll @DoubleRange(min = 0, max = 1) double factor)
      throws IOException {
    List<Retention> retentions = fresh(random, method, factor);
    Model model = new Model(retentions, method, factor);
    long now = NOW;
    for (int i = 0; i < 12; i++) {
      now += random.nextInt((int) Math.min(retentions.get(0).seconds() * 2, 500));
      TreeMap<Long, Double> points = batch(random, retentions, now);
      model.updateMany(times(points), values(points), now);
      wsp.updateMany(file, Points.of(times(points), values(points)), now);
    }
    assertSame(model, retentions, now);
  }

  /** With what is known of the points before, where the file stays open. */
  @Property(tries = 400)
  void agreesWithTheRulesPointAfterPoint(
      @ForAll Random random, @ForAll Aggregate method, @ForAll @IntRange(max = 10) int tenths)
      throws IOException {
    List<Retention> retentions = fresh(random, method, tenths / 10.0);
    Model model = new Model(retentions, method, tenths / 10.0);
    WhisperFile open = wsp.open(file);
    int step = retentions.get(0).step();
    long now = NOW;
    for (int i = 0; i < 150; i++) {
      now += random.nextInt(4) == 0 ? random.nextInt(step * 20) : step;
      TreeMap<Long, Double> points = new TreeMap<>();
      points.put(now - switchedAge(random, retentions), random.nextInt(1000) / 8.0 - 50);
      if (random.nextInt(10) == 0) {
        points.putAll(batch(random, retentions, now));
      }
      model.updateMany(times(points), values(points), now);
      wsp.updater.updateMany(open, Points.of(times(points), values(points)), now);
    }
    open.close();
    assertSame(model, retentions, now);
  }

  /** Mostly now, sometimes a little late or to come, seldom long ago. */
  private static long switchedAge(Random random, List<Retention> retentions) {
    return switch (random.nextInt(12)) {
      case 0 -> random.nextLong(retentions.get(retentions.size() - 1).seconds() + 5);
      case 1, 2 -> random.nextLong(retentions.get(0).seconds());
      case 3 -> -random.nextInt(100);
      default -> 0;
    };
  }

  private void assertSame(Model model, List<Retention> retentions, long now) throws IOException {
    for (int i = 0; i < retentions.size(); i++) {
      Retention one = retentions.get(i);
      Fetched fetched = wsp.fetch(file, now - one.seconds() + one.step(), now, now, one.step());
      double[] expected = new double[fetched.values().length];
      for (int v = 0; v < expected.length; v++) {
        expected[v] = model.get(i, fetched.start() + (long) v * one.step());
      }
      assertThat(fetched.values()).as("archive %s of %s", i, retentions).containsExactly(expected);
    }
  }

  /** As long as the points are so young that none of the finest archive has the slot of another. */
  @Property(tries = 200)
  void splittingABatchChangesNothing(
      @ForAll Random random, @ForAll Aggregate method, @ForAll @IntRange(max = 10) int tenths)
      throws IOException {
    double factor = tenths / 10.0;
    List<Retention> retentions = fresh(random, method, factor);
    Model model = new Model(retentions, method, factor);
    Retention finest = retentions.get(0);
    TreeMap<Long, Double> points = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      points.put(
          NOW - random.nextLong(finest.seconds() - finest.step()), random.nextInt(100) / 4.0);
    }
    long[] times = times(points);
    double[] values = values(points);

    model.updateMany(times, values, NOW);
    int from = 0;
    while (from < times.length) {
      int to = Math.min(times.length, from + 1 + random.nextInt(random.nextBoolean() ? 1 : 20));
      Points part =
          Points.of(Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to));
      assertThat(wsp.updateMany(file, part, NOW)).isZero();
      from = to;
    }

    assertSame(model, retentions, NOW);
  }

  @Property(tries = 100)
  void writingAgainChangesNothing(@ForAll Random random, @ForAll Aggregate method)
      throws IOException {
    List<Retention> retentions = fresh(random, method, 0.5);
    TreeMap<Long, Double> points = batch(random, retentions, NOW);
    Points all = Points.of(times(points), values(points));
    wsp.updateMany(file, all, NOW);
    byte[] once = Files.readAllBytes(file);

    wsp.updateMany(file, all, NOW);

    assertThat(Files.readAllBytes(file)).isEqualTo(once);
  }

  /** Where Python writes over the archive behind. */
  @Property(tries = 100)
  void pointsThatGoRoundStayInTheirArchive(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 9000) int more) throws IOException {
    List<Retention> retentions = fresh(random, Aggregate.SUM, 1);
    Retention finest = retentions.get(0);
    Points all = new Points();
    long count = finest.points() + more;
    for (long i = 0; i < count; i++) {
      all.add(NOW + i * finest.step(), i);
    }
    long later = NOW + (count - 1) * finest.step();
    Model model = new Model(retentions, Aggregate.SUM, 1);
    model.updateMany(
        Arrays.copyOf(all.times, all.count), Arrays.copyOf(all.values, all.count), NOW);

    wsp.updateMany(file, all, NOW);

    assertSame(model, retentions, later);
    assertThat(wsp.open(file).layout.retentions()).isEqualTo(retentions);
  }
}
