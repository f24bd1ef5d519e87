package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What timers keep of their samples, to the bit, beside a plain list of them. */
class TimerSeriesTest {
  private static final double[] ODD = {
    -0.0,
    0.1,
    Float.MIN_VALUE,
    Double.MIN_VALUE,
    Float.MAX_VALUE,
    Math.nextUp((double) Float.MAX_VALUE),
    -Double.MAX_VALUE,
    1 << 24,
    (1 << 24) + 1,
  };

  private final SampleRoom room = new SampleRoom(1 << 20, 1 << 30);
  private final TimerSeries timer = timer(room);

  private static TimerSeries timer(SampleRoom room) {
    return new TimerSeries(new byte[] {'t'}, 1, 1, 0, room);
  }

  @Property(tries = 1000)
  void keepsAllSamplesAsTheyCame(@ForAll long seed) {
    var random = new Random(seed);
    for (int interval = 0; interval < 6; interval++) {
      List<Double> model = new ArrayList<>();
      int odd = 1 << random.nextInt(12);
      for (int i = random.nextInt(1 << random.nextInt(12)); i > 0; i--) {
        double value = value(random, odd);
        assertThat(timer.add(value, 1)).isTrue();
        model.add(value);
      }
      assertThat(samples(timer)).isEqualTo(model);
      assertThat(copy(timer)).isEqualTo(model);
      assertThat(timer.scaled).isEqualTo(model.size());
      assertThat(room.bytes()).isGreaterThanOrEqualTo(4L * model.size());
      timer.reset();
      assertThat(timer.count()).isZero();
    }
    timer.release();
    assertThat(room.bytes()).isZero();
  }

  /** Most are floats; one of so many need not be. */
  private static double value(Random random, int odd) {
    if (random.nextInt(odd) == 0) {
      return random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextGaussian();
    }
    return random.nextBoolean() ? random.nextInt(1000) : random.nextFloat();
  }

  private static List<Double> samples(TimerSeries timer) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < timer.count(); i++) {
      all.add(timer.sample(i));
    }
    return all;
  }

  private static List<Double> copy(TimerSeries timer) {
    double[] samples = new double[(int) timer.count()];
    timer.copy(samples);
    return Arrays.stream(samples).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 12, 100})
  void theFirstSampleThatIsNoFloatMakesThemDoubles(int before) {
    for (int i = 0; i < before; i++) {
      timer.add(i + 0.5, 1);
    }
    long floats = room.bytes();
    timer.add(0.1, 1);
    timer.add(3, 1);

    assertThat(samples(timer)).startsWith(before == 0 ? 0.1 : 0.5).endsWith(0.1, 3.0);
    assertThat(room.bytes()).isGreaterThanOrEqualTo(2 * floats).isGreaterThanOrEqualTo(64);
  }

  @Property(tries = 200)
  void isDescribedToTheBitAsIfAllWereDoubles(@ForAll long seed) {
    var random = new Random(seed);
    var narrow = timer(room);
    var wide = timer(room);
    wide.add(0.1, 1);
    wide.reset();
    for (int i = 1 + random.nextInt(100); i > 0; i--) {
      double value = random.nextBoolean() ? random.nextFloat() * 1000 : random.nextInt(1000);
      narrow.add(value, 1);
      wide.add(value, 1);
    }

    assertThat(figures(narrow)).isEqualTo(figures(wide));
  }

  private static List<Double> figures(TimerSeries timer) {
    var s = new TimerStatistics();
    s.describe(timer);
    s.within(Threshold.of(90), 1);
    return List.of(s.sum, s.sumSquares, s.mean, s.median, s.deviation, s.lower, s.upper, s.partSum);
  }

  @Property(tries = 500)
  void staysWithinItsBoundsAndFewSamplesExact(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 2000) int most,
      @ForAll @IntRange(min = 0, max = 8000) int bytes) {
    var random = new Random(seed);
    var small = new SampleRoom(most, bytes);
    var one = timer(small);
    for (int interval = 0; interval < 4; interval++) {
      List<Double> model = new ArrayList<>();
      int odd = 1 << random.nextInt(12);
      for (int i = random.nextInt(1 << random.nextInt(12)); i > 0; i--) {
        model.add(value(random, odd));
        assertThat(one.add(model.get(model.size() - 1), 1)).isTrue();
        assertThat(small.bytes()).isBetween(0L, Math.max(bytes, 8L * SampleRoom.ALWAYS));
      }
      assertThat(one.count()).isEqualTo(model.size());
      assertThat(one.sketch() == null || model.size() > Math.min(most, SampleRoom.ALWAYS)).isTrue();
      if (one.sketch() == null) {
        assertThat(samples(one)).isEqualTo(model);
      }
      one.reset();
    }
    one.release();
    assertThat(small.bytes()).isZero();
  }

  @Test
  void oneThatTakesAnothersSamplesTakesItsRoomToo() {
    TimerSeries other = timer(room);
    timer.add(1, 2);
    other.add(0.1, 4);
    timer.merge(other);

    assertThat(samples(timer)).containsExactly(1.0, 0.1);
    assertThat(timer.scaled).isEqualTo(6);
    assertThat(other.count()).isZero();
    timer.release();
    assertThat(room.bytes()).isZero();
  }
}
