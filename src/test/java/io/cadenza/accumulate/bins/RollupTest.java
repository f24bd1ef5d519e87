package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.Tick;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RollupTest {
  private static final long NOW = 1_700_000_040; // a whole minute

  private final AccumulatorMeters meters =
      new AccumulatorMeters(new Meters(new SimpleMeterRegistry()), "rollup");
  private final Collected out = new Collected();
  private final List<String> points = new ArrayList<>();
  private KeyRoom room = new KeyRoom(1000, 1 << 20);
  private final List<Resolution> times =
      List.of(
          new Resolution(10_000, 3600), new Resolution(30_000, 7200), new Resolution(60_000, 9000));

  @Test
  void aBinIsEmittedAtItsEnd() {
    Rollup rollup = rollup();
    point(rollup, "a.sum", NOW, 1);
    assertThat(tick(rollup, NOW + 10)).isEmpty();
    point(rollup, "a.sum", NOW + 10, 2);
    point(rollup, "a.sum", NOW + 20, 4);

    assertThat(tick(rollup, NOW + 30)).containsExactly("a.sum 7 " + NOW);
    point(rollup, "a.sum", NOW + 30, 8);
    assertThat(tick(rollup, NOW + 40)).isEmpty();
    assertThat(tick(rollup, NOW + 60)).containsExactly("a.sum 8 " + (NOW + 30), "a.sum 15 " + NOW);
  }

  @Test
  void whatComesLateIsMergedAndTheBinEmittedWhole() {
    Rollup rollup = rollup();
    point(rollup, "a.sum", NOW, 1);
    tick(rollup, NOW + 30);
    point(rollup, "a.sum", NOW + 10, 10);

    assertThat(tick(rollup, NOW + 40)).containsExactly("a.sum 11 " + NOW);
    assertThat(tick(rollup, NOW + 50)).isEmpty();
  }

  @Test
  void twoBinsBackIsTooLateAndTwoAheadTooEarly() {
    Rollup rollup = rollup();
    tick(rollup, NOW + 60);
    point(rollup, "a", NOW, 1); // of 30s two back, of 60s one
    point(rollup, "a", NOW + 120, 1); // of 30s two ahead, of 60s one

    assertThat(meters.dropped("too-late").sum()).isEqualTo(1);
    assertThat(meters.dropped("too-early").sum()).isEqualTo(1);
    assertThat(meters.linesTaken.sum()).isEqualTo(2);
    assertThat(meters.linesIn.sum()).isEqualTo(4);
  }

  @Test
  void storesGetThePointsOfAllResolutions() {
    Rollup rollup = rollup();
    rollup.bin("a.max".getBytes(US_ASCII), 0, 5, NOW, 1, 3, 4, 2, 1, 3);
    rollup.bin("a.max".getBytes(US_ASCII), 0, 5, NOW + 10, 0, 9, 9, 3, 9, 0);
    tick(rollup, NOW + 60);

    assertThat(points)
        .containsExactly(
            "a.max 10 3600 " + NOW + " 1.0 3.0 4.0 2 1.0 3.0",
            "a.max 10 3600 " + (NOW + 10) + " 0.0 9.0 9.0 3 9.0 0.0",
            "a.max 30 7200 " + NOW + " 0.0 9.0 13.0 5 1.0 0.0",
            "a.max 60 9000 " + NOW + " 0.0 9.0 13.0 5 1.0 0.0");
  }

  @Test
  void theLastTickEmitsWhatIsOpen() {
    Rollup rollup = rollup();
    point(rollup, "a.sum", NOW, 1);
    rollup.flush(new Tick((NOW + 5) * 1000, 1, (NOW + 5) * 1000, true));
    assertThat(rollup.emit(100)).isTrue();

    assertThat(out.taken()).containsExactly("a.sum 1 " + NOW, "a.sum 1 " + NOW);
  }

  @Test
  void keysAreForgottenWithTheirBins() {
    Rollup rollup = rollup();
    point(rollup, "a.sum", NOW, 1);
    tick(rollup, NOW + 60);
    assertThat(rollup.keys()).isEqualTo(1);
    tick(rollup, NOW + 120);

    assertThat(rollup.keys()).isZero();
    assertThat(room.keys()).isZero();
    assertThat(room.bytes()).isZero();
  }

  @Test
  void keysBeyondTheBoundAreCounted() {
    room = new KeyRoom(1, 1 << 20);
    Rollup rollup = rollup();
    point(rollup, "a", NOW, 1);
    point(rollup, "b", NOW, 1);

    assertThat(meters.dropped("too-many-keys").sum()).isEqualTo(2);
    assertThat(meters.linesTaken.sum()).isEqualTo(2);
  }

  @Test
  void theClockMayJump() {
    Rollup rollup = rollup();
    point(rollup, "a.sum", NOW, 1);
    assertThat(tick(rollup, NOW + 86_400)).hasSize(2);
    point(rollup, "a.sum", NOW + 86_400, 2);
    assertThat(tick(rollup, NOW))
        .containsExactly("a.sum 2 " + (NOW + 86_400), "a.sum 2 " + (NOW + 86_400));
    assertThat(rollup.keys()).isZero();
  }

  /**
   * Raw values through a graphite accumulator and a rollup: the last line of every bin is what the
   * raw values of its interval give, in whatever pieces they were flushed and however late.
   */
  @Property(tries = 100)
  void rollupsAreTheBinsOfTheRawValues(@ForAll Random random) {
    for (String function : List.of("sum", "min", "max", "avg", "first", "last")) {
      room = new KeyRoom(1000, 1 << 20);
      Rollup rollup = rollup();
      GraphiteAccumulator base = base(rollup);
      Map<String, Map<Long, Bin>> model = new TreeMap<>();
      Map<String, Double> emitted = new TreeMap<>();
      points.clear();
      for (long second = NOW; second < NOW + 180; second += 2) {
        long time = second - random.nextInt(9);
        if (time >= NOW) {
          int value = random.nextInt(1000);
          base.take(Collected.batch("k." + function + " " + value + " " + time), second * 1000);
          for (int i = 1; i < 3; i++) {
            long step = times.get(i).seconds();
            model
                .computeIfAbsent(step + " " + (time - time % step), k -> new TreeMap<>())
                .computeIfAbsent(time - time % 10, Bin::new)
                .add(value);
          }
        }
        boolean skipped = second % 20 == 0 && random.nextBoolean();
        if (second % 10 == 0 && !skipped) {
          both(base, rollup, second, false);
        }
      }
      both(base, rollup, NOW + 180, true);
      for (String point : points) {
        String[] f = point.split(" ");
        if (!f[1].equals("10")) {
          int column = List.of("min", "max", "sum", "count", "first", "last").indexOf(function);
          double value =
              column < 0
                  ? Double.parseDouble(f[6]) / Double.parseDouble(f[7])
                  : Double.parseDouble(f[4 + column]);
          emitted.put(f[1] + " " + f[3], value);
        }
      }
      Map<String, Double> expected = new TreeMap<>();
      model.forEach((at, parts) -> expected.put(at, value(function, parts)));
      assertThat(emitted).isEqualTo(expected);
    }
  }

  private static double value(String function, Map<Long, Bin> parts) {
    List<Bin> bins = List.copyOf(parts.values());
    double sum = bins.stream().mapToDouble(b -> b.sum).sum();
    return switch (function) {
      case "sum" -> sum;
      case "min" -> bins.stream().mapToDouble(b -> b.min).min().orElseThrow();
      case "max" -> bins.stream().mapToDouble(b -> b.max).max().orElseThrow();
      case "avg" -> sum / bins.stream().mapToLong(b -> b.count).sum();
      case "first" -> bins.get(0).first;
      default -> bins.get(bins.size() - 1).last;
    };
  }

  private void both(GraphiteAccumulator base, Rollup rollup, long second, boolean last) {
    Tick tick = new Tick(second * 1000, 1, second * 1000, last);
    base.flush(tick);
    rollup.flush(tick);
    while (!base.emit(5)) {
      out.flushed.room(true);
    }
    while (!rollup.emit(5)) {
      out.flushed.room(true);
    }
    out.taken();
  }

  private GraphiteAccumulator base(Rollup rollup) {
    AccumulatorConfig common =
        new AccumulatorConfig(
            "main",
            Duration.ofSeconds(10),
            false,
            1,
            4096,
            1000,
            1 << 20,
            AccumulatorConfig.OnMaxKeys.DROP,
            AccumulatorConfig.OnStop.FLUSH);
    return new GraphiteAccumulator(
        new GraphiteConfig(common, false, AccumulatorConfig.Output.GRAPHITE),
        new Guess(List.of()),
        new KeyRoom(1000, 1 << 20),
        meters,
        out.flushed,
        rollup,
        0,
        1);
  }

  private Rollup rollup() {
    return new Rollup(
        times,
        new Guess(List.of()),
        AccumulatorConfig.OnMaxKeys.DROP,
        room,
        meters,
        out.flushed,
        (key, from, to, step, ttl, time, min, max, sum, count, first, last) ->
            points.add(
                new String(key, from, to - from, US_ASCII)
                    + (" " + step + " " + ttl + " " + time + " " + min + " " + max)
                    + (" " + sum + " " + count + " " + first + " " + last)),
        0,
        1,
        NOW * 1000);
  }

  private static void point(Rollup rollup, String key, long seconds, double value) {
    byte[] bytes = (" " + key).getBytes(US_ASCII);
    rollup.point(bytes, 1, bytes.length, seconds, value);
  }

  private List<String> tick(Rollup rollup, long seconds) {
    rollup.flush(new Tick(seconds * 1000, 1, seconds * 1000, false));
    while (!rollup.emit(2)) {
      out.flushed.room(true);
    }
    return out.taken();
  }
}
