package io.cadenza.accumulate.bins;

import static io.cadenza.accumulate.bins.Collected.ruled;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.Tick;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.Shards;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RulesAccumulatorTest {
  private static final long NOW = 1_700_000_000;

  private final Meters all = new Meters(new SimpleMeterRegistry());
  private final AccumulatorMeters meters = new AccumulatorMeters(all, "main");
  private final Collected out = new Collected();
  private final ValueRoom values = new ValueRoom(ValueRoom.USUAL);
  private KeyRoom room = new KeyRoom(1000, 1 << 20);
  private AccumulatorConfig.OnMaxKeys onMaxKeys = AccumulatorConfig.OnMaxKeys.DROP;

  @Test
  void anIntervalIsComputedWhenItHasEndedAndWasWaitedFor() {
    RulesAccumulator a = shard("wait = 5s");
    take(a, NOW + 3, "o 1 " + (NOW + 1), "o 2 " + (NOW + 9));

    assertThat(out.tick(a, NOW + 14)).isEmpty();
    assertThat(out.tick(a, NOW + 15)).containsExactly("o 3 " + NOW);
    assertThat(out.tick(a, NOW + 16)).isEmpty();
    assertThat(out.tick(a, NOW + 30)).isEmpty();
  }

  /** As carbon: 3, then 13 for the same stamp. */
  @Test
  void whatComesLateCorrectsItsInterval() {
    RulesAccumulator a = shard("wait = 0s");
    take(a, NOW, "o 1 " + NOW, "o 2 " + NOW);
    assertThat(out.tick(a, NOW + 10)).containsExactly("o 3 " + NOW);
    take(a, NOW + 11, "o 10 " + (NOW + 4));

    assertThat(out.tick(a, NOW + 11)).containsExactly("o 13 " + NOW);
    assertThat(out.tick(a, NOW + 12)).isEmpty();
  }

  @Test
  void whatComesLateIsDroppedWhenToldSo() {
    RulesAccumulator a = shard("wait = 0s, late = drop");
    take(a, NOW, "o 1 " + NOW);
    out.tick(a, NOW + 10);
    take(a, NOW + 11, "o 10 " + (NOW + 4), "p 10 " + (NOW + 4));

    assertThat(out.tick(a, NOW + 20)).isEmpty();
    assertThat(meters.dropped("too-late").sum()).isEqualTo(2);
    assertThat(a.keys()).isZero();
    assertThat(room.keys()).isZero();
  }

  @Test
  void soManyIntervalsAreKept() {
    RulesAccumulator a = shard("wait = 0s, keep = 2");
    take(a, NOW, "o 1 " + NOW);
    out.tick(a, NOW + 10);
    take(a, NOW + 29, "o 1 " + NOW);
    assertThat(out.tick(a, NOW + 29)).containsExactly("o 2 " + NOW);
    take(a, NOW + 30, "o 1 " + NOW);

    assertThat(meters.dropped("too-late").sum()).isEqualTo(1);
    assertThat(out.tick(a, NOW + 30)).isEmpty();
    assertThat(a.keys()).isZero();
    assertThat(room.keys()).isZero();
    assertThat(room.bytes()).isZero();
  }

  @Test
  void whatIsTenMinutesAheadIsNotBelieved() {
    RulesAccumulator a = shard("wait = 0s");
    take(a, NOW, "o 1 " + (NOW + 609), "o 1 " + (NOW + 610));

    assertThat(meters.dropped("too-early").sum()).isEqualTo(1);
    assertThat(meters.linesTaken.sum()).isEqualTo(1);
  }

  @Test
  void aLineIsStampedAsToldWithStartMiddleOrEnd() {
    RulesAccumulator a =
        shard("timestamp = start", "timestamp = middle", "timestamp = end", "every = 3s");
    for (int rule = 0; rule < 4; rule++) {
      a.take(ruled(rule, "r" + rule + " 1 " + (NOW + 1)), NOW * 1000);
    }

    assertThat(out.tick(a, NOW + 60))
        .containsExactlyInAnyOrder(
            "r0 1 " + NOW, "r1 1 " + (NOW + 5), "r2 1 " + (NOW + 10), "r3 1 " + (NOW + 1));
  }

  @Test
  void severalFunctionsGiveSeveralLines() {
    RulesAccumulator a = shard("function = [avg, p99.9, max, derive]");
    take(
        a,
        NOW,
        "o 1 " + NOW,
        "o 3 " + NOW,
        "m.\u0001.x.\u0001 4 " + NOW,
        "m.\u0001.x.\u0001 8 " + (NOW + 2),
        "t;a=b 2 " + NOW);

    assertThat(out.tick(a, NOW + 60))
        .containsExactlyInAnyOrder(
            "o.avg 2 " + NOW,
            "o.p99_9 2.9979999999999998 " + NOW,
            "o.max 3 " + NOW,
            "m.avg.x.avg 6 " + NOW,
            "m.p99_9.x.p99_9 7.996 " + NOW,
            "m.max.x.max 8 " + NOW,
            "m.derive.x.derive 2 " + NOW,
            "t.avg;a=b 2 " + NOW,
            "t.p99_9;a=b 2 " + NOW,
            "t.max;a=b 2 " + NOW);
  }

  @Test
  void oneFunctionIsPutWhereTheKeySays() {
    RulesAccumulator a = shard("function = median");
    take(a, NOW, "o.\u0001 1 " + NOW, "o.\u0001 5 " + NOW, "p 7 " + NOW);

    assertThat(out.tick(a, NOW + 60)).containsExactlyInAnyOrder("o.median 3 " + NOW, "p 7 " + NOW);
  }

  /** Answered by carbon-c-relay with 0.3, as it sorts by whole numbers. */
  @Test
  void theMedianOfFractionsIsRight() {
    RulesAccumulator a = shard("function = median, percentile-method = rank");
    for (String value : List.of(".1", "1.2", ".3", ".5", ".7", ".9", ".2")) {
      take(a, NOW, "o " + value + " " + NOW);
    }

    assertThat(out.tick(a, NOW + 60)).containsExactly("o 0.5 " + NOW);
  }

  @Test
  void rulesWithOneKeyStayApart() {
    RulesAccumulator a = shard("function = sum", "function = max");
    a.take(ruled(0, "o 1 " + NOW, "o 2 " + NOW), NOW * 1000);
    a.take(ruled(1, "o 1 " + NOW, "o 2 " + NOW), NOW * 1000);

    assertThat(out.tick(a, NOW + 60)).containsExactlyInAnyOrder("o 3 " + NOW, "o 2 " + NOW);
  }

  @Test
  void theLastTickComputesWhatIsOpen() {
    RulesAccumulator a = shard("wait = 60s");
    take(a, NOW, "o 1 " + NOW, "o 2 " + (NOW + 10));

    assertThat(out.last(a, NOW + 1)).containsExactly("o 1 " + NOW, "o 2 " + (NOW + 10));
  }

  @Test
  void whatIsNoLineOfARuleIsCounted() {
    RulesAccumulator a = shard("function = sum");
    a.take(ruled(1, "o 1 " + NOW), NOW * 1000);
    a.take(ruled(65_535, "o 1 " + NOW), NOW * 1000);
    take(a, NOW, "o nan " + NOW, " 1 " + NOW, "o 1", "k".repeat(4097) + " 1 " + NOW);

    assertThat(out.tick(a, NOW + 60)).isEmpty();
    assertThat(meters.linesIn.sum()).isEqualTo(6);
    assertThat(meters.linesTaken.sum()).isZero();
    assertThat(meters.dropped("too-late").sum() + meters.dropped("too-many-keys").sum()).isZero();
  }

  @Test
  void everyIntervalOfAKeyTakesRoom() {
    room = new KeyRoom(3, 1 << 20);
    RulesAccumulator a = shard("wait = 0s");
    take(a, NOW, "o 1 " + NOW, "o 1 " + (NOW + 10), "p 1 " + NOW, "q 1 " + NOW, "p 1 " + NOW);

    assertThat(meters.dropped("too-many-keys").sum()).isEqualTo(1);
    assertThat(a.keys()).isEqualTo(2);
  }

  @Test
  void aComputedKeyMakesRoomWhenToldSo() {
    room = new KeyRoom(2, 1 << 20);
    onMaxKeys = AccumulatorConfig.OnMaxKeys.FORGET_IDLE;
    RulesAccumulator a = shard("wait = 0s");
    take(a, NOW, "o 1 " + NOW, "p 1 " + NOW);
    take(a, NOW, "q 1 " + NOW);
    assertThat(meters.dropped("too-many-keys").sum()).isEqualTo(1);
    out.tick(a, NOW + 10);
    take(a, NOW + 10, "q 1 " + (NOW + 10));

    assertThat(meters.forgotten.sum()).isEqualTo(1);
    assertThat(out.tick(a, NOW + 20)).containsExactly("q 1 " + (NOW + 10));
  }

  @Test
  void valuesOfPercentilesTakeRoomAndGiveItBack() {
    RulesAccumulator a = shard("function = p90, wait = 0s, keep = 0");
    for (int i = 0; i < 3000; i++) {
      take(a, NOW, "o " + i + " " + NOW);
    }
    assertThat(values.bytes()).isPositive();
    assertThat(room.bytes()).isGreaterThan(2048);

    assertThat(out.tick(a, NOW + 10)).containsExactly("o 2699.1 " + NOW);
    assertThat(values.bytes()).isZero();
    assertThat(room.bytes()).isZero();
  }

  @Test
  void theClockMayJumpAhead() {
    RulesAccumulator a = shard("wait = 0s");
    take(a, NOW, "o 1 " + NOW);
    assertThat(out.tick(a, NOW + 86_400)).containsExactly("o 1 " + NOW);
    take(a, NOW + 86_401, "o 1 " + (NOW + 86_401));
    take(a, NOW + 86_401, "o 1 " + (NOW + 1));

    assertThat(meters.dropped("too-late").sum()).isEqualTo(1);
    assertThat(out.tick(a, NOW + 86_410)).containsExactly("o 1 " + (NOW + 86_400));
  }

  @Test
  void theClockMayBePutBack() {
    RulesAccumulator a = shard("wait = 0s");
    take(a, NOW + 86_400, "o 1 " + (NOW + 86_400));
    take(a, NOW, "o 2 " + NOW);

    assertThat(out.tick(a, NOW + 10))
        .containsExactlyInAnyOrder("o 2 " + NOW, "o 1 " + (NOW + 86_400));
    assertThat(out.tick(a, NOW + 86_500)).isEmpty();
  }

  @Test
  void aFlushWithoutRoomWaitsAndLosesNothing() {
    RulesAccumulator a = shard("wait = 0s");
    for (int i = 0; i < 40; i++) {
      take(a, NOW, "o" + i + " 1 " + NOW);
    }
    a.flush(tick(NOW + 10));
    assertThat(a.emit(10)).isFalse();
    out.flushed.room(false);
    assertThat(a.emit(10)).isFalse();
    for (int i = 0; i < 40; i++) {
      take(a, NOW + 11, "o" + i + " 5 " + (NOW + 11));
    }
    a.flush(tick(NOW + 20));
    out.flushed.room(true);
    while (!a.emit(9)) {
      out.flushed.room(true);
    }

    assertThat(out.taken())
        .hasSize(80)
        .doesNotHaveDuplicates()
        .contains("o0 1 " + NOW, "o39 1 " + NOW, "o0 5 " + (NOW + 10), "o39 5 " + (NOW + 10));
  }

  /** However lines come and ticks fall, the last line for each stamp is that of all its values. */
  @Property(tries = 25)
  void theLastWordIsThatOfAllValuesWithAnyNumberOfShards(@ForAll Random random) {
    for (int shards : new int[] {1, 2, 4}) {
      assertThat(lastWords(new Random(random.nextLong()), shards)).isTrue();
    }
  }

  private boolean lastWords(Random random, int shards) {
    room = new KeyRoom(1000, 1 << 20);
    List<RulesAccumulator> running = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      running.add(shard(i, shards, "wait = 3s", "every = 7s, function = sum"));
    }
    Map<String, Integer> sums = new TreeMap<>();
    Map<String, String> emitted = new TreeMap<>();
    for (int second = 0; second < 90; second++) {
      for (int n = random.nextInt(4); n > 0; n--) {
        int rule = random.nextInt(2);
        String key = "r" + rule + ".k" + random.nextInt(5);
        long time = NOW + second - random.nextInt(20);
        int value = random.nextInt(100);
        long every = rule == 0 ? 10 : 7;
        sums.merge(key + " " + (time - time % every), value, Integer::sum);
        LineBatch batch = ruled(rule, key + " " + value + " " + time);
        int shard = Shards.ofRule(batch.bytes(), batch.start(0), batch.keyEnd(0), shards);
        running.get(shard).take(batch, (NOW + second) * 1000);
      }
      boolean last = second == 89;
      for (RulesAccumulator a : running) {
        Stream<String> lines =
            (random.nextInt(3) > 0 || last ? ticked(a, NOW + second, last) : List.<String>of())
                .stream();
        lines.map(line -> line.split(" ")).forEach(f -> emitted.put(f[0] + " " + f[2], f[1]));
      }
    }
    Map<String, String> expected = new TreeMap<>();
    sums.forEach((at, sum) -> expected.put(at, sum.toString()));
    assertThat(meters.linesIn.sum() - meters.linesTaken.sum()).isZero();
    assertThat(emitted).isEqualTo(expected);
    return true;
  }

  private List<String> ticked(RulesAccumulator a, long second, boolean last) {
    return last ? out.last(a, second) : out.tick(a, second);
  }

  @Property(tries = 100)
  void anyBytesAreTakenOrCounted(@ForAll byte[] bytes, @ForAll byte[] key) {
    RulesAccumulator a = shard("function = [p50, derive]");
    room = new KeyRoom(1000, 1 << 20);
    long taken = meters.linesTaken.sum();
    long refused = refused();
    LineBatch.Builder batch = new LineBatch.Builder(new GraphiteFormat(), 4096);
    Collected.line(batch, new byte[] {0, 0}, new String(bytes, ISO_8859_1));
    Collected.line(batch, new byte[] {0, 0}, new String(key, ISO_8859_1) + " 1 " + NOW);
    a.take(batch.freeze(), NOW * 1000);

    assertThat(meters.linesTaken.sum() - taken + refused() - refused).isEqualTo(2);
    out.last(a, NOW);
    assertThat(a.keys()).isLessThanOrEqualTo(2);
  }

  private long refused() {
    Map<?, ?> named = (Map<?, ?>) all.snapshot().get("accumulators");
    Map<?, ?> figures = (Map<?, ?>) named.get("main");
    return Stream.of("invalid", "dropped")
        .filter(figures::containsKey)
        .flatMap(figure -> ((Map<?, ?>) figures.get(figure)).values().stream())
        .mapToLong(n -> ((Number) n).longValue())
        .sum();
  }

  private static Tick tick(long seconds) {
    return new Tick(seconds * 1000, 1, seconds * 1000, false);
  }

  private static void take(RulesAccumulator a, long now, String... lines) {
    a.take(ruled(0, lines), now * 1000);
  }

  private RulesAccumulator shard(String... rules) {
    return shard(0, 1, rules);
  }

  private RulesAccumulator shard(int shard, int shards, String... rules) {
    return new RulesAccumulator(
        Stream.of(rules).map(RulesAccumulatorTest::rule).toList(),
        onMaxKeys,
        room,
        values,
        meters,
        Collections.nCopies(rules.length, out.flushed),
        shard,
        shards);
  }

  static RuleConfig rule(String text) {
    Settings settings =
        Configuration.read("defaults.aggregate { to = o, " + text + " }", "test")
            .block("defaults")
            .block("aggregate");
    RuleConfig rule = RuleConfig.read(settings);
    assertThat(settings.problems().list()).isEmpty();
    return rule;
  }
}
