package io.cadenza.accumulate.bins;

import static io.cadenza.accumulate.bins.Collected.batch;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.Tick;
import io.cadenza.format.StatsdFormat;
import io.cadenza.line.Shards;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GraphiteAccumulatorTest {
  private final Meters all = new Meters(new SimpleMeterRegistry());
  private final AccumulatorMeters meters = new AccumulatorMeters(all, "main");
  private final Collected out = new Collected();
  private KeyRoom room = new KeyRoom(1000, 1 << 20);

  @Test
  void oneValueOfABinIsFlushedAsTheKeySays() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.x 1 101", "a.x 2 109", "a.count 1 105", "a.count 4 100", "a.max -5 103"), 0);

    assertThat(out.tick(a, 110))
        .containsExactlyInAnyOrder("a.x 1.5 100", "a.count 5 100", "a.max -5 100");
    assertThat(out.tick(a, 120)).isEmpty();
  }

  @Test
  void everyTimeHasItsOwnBin() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a 1 0", "a 2 101", "a 3 4294967295", "a 5 92", "a 7 108"), 0);

    assertThat(out.tick(a, 110)).containsExactly("a 1 0", "a 5 90", "a 4.5 100", "a 3 4294967290");
  }

  /** What came before the tick for the bin that has just begun is not flushed without the rest. */
  @Test
  void theBinThatRunsGoesOn() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.sum 1 109", "a.sum 2 110"), 0);
    assertThat(out.tick(a, 110)).containsExactly("a.sum 1 100");
    a.take(batch("a.sum 3 119"), 0);

    assertThat(out.tick(a, 120)).containsExactly("a.sum 5 110");
  }

  @Test
  void theLastTickFlushesWhatRuns() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.sum 1 109", "a.sum 2 110"), 0);

    assertThat(out.last(a, 111)).containsExactly("a.sum 1 100", "a.sum 2 110");
  }

  @Test
  void aLateValueHasABinAgain() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.sum 1 101"), 0);
    out.tick(a, 110);
    a.take(batch("a.sum 7 101", "a.sum 2 112"), 0);

    assertThat(out.tick(a, 120)).containsExactly("a.sum 7 100", "a.sum 2 110");
  }

  @Test
  void keysThatAreKeptAreZeroInTheLastBin() {
    GraphiteAccumulator a = shard(true);
    a.take(batch("a.sum 1 101", "b.sum 2 101"), 0);
    out.tick(a, 110);
    a.take(batch("a.sum 1 115"), 0);

    assertThat(out.tick(a, 120)).containsExactlyInAnyOrder("a.sum 1 110", "b.sum 0 110");
    assertThat(out.tick(a, 150)).containsExactlyInAnyOrder("a.sum 0 140", "b.sum 0 140");
  }

  @Test
  void tagsInAnyOrderAreOneSeries() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.sum;y=1;x=2 1 100", "a.sum;x=2;y=1 2 100", "a.sum;x=9;y=1;x=2 4 100"), 0);
    assertThat(out.tick(a, 110)).containsExactly("a.sum;x=2;y=1 7 100");
    a.take(batch("a.sum;y=1;x=2 1 110"), 0);

    assertThat(out.tick(a, 120)).containsExactly("a.sum;x=2;y=1 1 110");
  }

  @Test
  void spellingsOutliveTheSeriesTheyWereOf() {
    GraphiteAccumulator a = shard(false);
    for (int second = 100; second < 200; second += 10) {
      a.take(batch("a.sum;y=1;x=2 1 " + second), 0);
      assertThat(out.tick(a, second + 10)).containsExactly("a.sum;x=2;y=1 1 " + second);
      if (second % 30 == 0) {
        out.tick(a, second + 10);
        out.tick(a, second + 10);
        assertThat(a.keys()).isZero();
        assertThat(room.keys()).isZero();
        assertThat(room.bytes()).isZero();
      }
    }
  }

  @Test
  void statsdGetsCountersOfSumsAndGaugesOfAllElse() {
    Collected statsd = new Collected(new StatsdFormat());
    GraphiteAccumulator a = shard(false, AccumulatorConfig.Output.STATSD, statsd, 0, 1);
    a.take(batch("a.count 2 100", "a.count 3 100", "b.x -1.5 100", "c:d|e.x 4 100"), 0);

    assertThat(statsd.tick(a, 110))
        .containsExactlyInAnyOrder("a.count:5|c", "b.x:0|g", "b.x:-1.5|g", "c_d_e.x:4|g")
        .containsSubsequence("b.x:0|g", "b.x:-1.5|g");
  }

  @Test
  void whatIsNoLineIsCounted() {
    GraphiteAccumulator a = shard(false);
    String[] lines = {
      "a nan 100",
      "a 1 -5",
      "a x 100",
      "a 1",
      "a 1e999 100",
      "k".repeat(5000) + " 1 100",
      "a 1 1e300"
    };
    a.take(batch(lines), 0);

    assertThat(out.tick(a, 110)).isEmpty();
    assertThat(meters.linesIn.sum()).isEqualTo(lines.length);
    assertThat(meters.linesTaken.sum()).isZero();
    assertThat(counted("invalid")).isEqualTo(lines.length);
  }

  @Test
  void aSumThatNoLineCanHaveIsCounted() {
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.sum 1e308 100", "a.sum 1e308 100"), 0);

    assertThat(out.tick(a, 110)).isEmpty();
    assertThat(meters.notFinite.sum()).isEqualTo(1);
  }

  @Test
  void keysBeyondTheBoundAreCounted() {
    room = new KeyRoom(3, 1 << 20);
    GraphiteAccumulator a = shard(false);
    a.take(batch("a.sum 1 100", "b.sum 1 100", "c.sum 1 100", "d.sum 1 100", "a.sum 1 105"), 0);

    assertThat(meters.dropped("too-many-keys").sum()).isEqualTo(1);
    assertThat(out.tick(a, 110))
        .containsExactlyInAnyOrder("a.sum 2 100", "b.sum 1 100", "c.sum 1 100");
    a.take(batch("d.sum 1 110"), 0);
    assertThat(out.tick(a, 120)).containsExactly("d.sum 1 110");
  }

  @Test
  void manyTimesOfOneKeyAreBoundToo() {
    room = new KeyRoom(10, 1 << 20);
    GraphiteAccumulator a = shard(false);
    a.take(batch(IntStream.range(0, 100).mapToObj(i -> "a 1 " + i * 10).toList()), 0);

    assertThat(meters.dropped("too-many-keys").sum()).isEqualTo(90);
    assertThat(out.tick(a, 5000)).hasSize(10);
    assertThat(room.keys()).isEqualTo(1);
    out.tick(a, 5010);
    out.tick(a, 5020);
    assertThat(room.keys()).isZero();
    assertThat(room.bytes()).isZero();
  }

  @Test
  void idleKeysThatAreKeptMakeRoomWhenToldSo() {
    room = new KeyRoom(2, 1 << 20);
    GraphiteAccumulator stays = shard(true);
    stays.take(batch("a 1 100", "b 1 100"), 0);
    out.tick(stays, 110);
    stays.take(batch("c 1 110"), 0);
    assertThat(meters.dropped("too-many-keys").sum()).isEqualTo(1);

    room = new KeyRoom(2, 1 << 20);
    GraphiteAccumulator goes =
        shard(
            new GraphiteConfig(
                common(AccumulatorConfig.OnMaxKeys.FORGET_IDLE),
                true,
                AccumulatorConfig.Output.GRAPHITE),
            out,
            0,
            1);
    goes.take(batch("a 1 100", "b 1 100"), 0);
    out.tick(goes, 110);
    goes.take(batch("b 1 110", "c 1 110"), 0);
    assertThat(out.tick(goes, 120)).containsExactlyInAnyOrder("b 1 110", "c 1 110");
    assertThat(meters.forgotten.sum()).isEqualTo(1);
  }

  /** Lines that come while a flush is under way are neither lost nor flushed before their time. */
  @Test
  void aFlushWithoutRoomWaitsAndLosesNothing() {
    GraphiteAccumulator a = shard(true);
    for (int i = 0; i < 50; i++) {
      a.take(batch("k" + i + ".sum 1 100"), 0);
    }
    a.flush(new Tick(110_000, 1, 110_000, false));
    a.emit(10);
    out.flushed.room(false);
    assertThat(a.emit(10)).isFalse();
    for (int i = 0; i < 50; i++) {
      a.take(batch("k" + i + ".sum 5 111"), 0);
    }
    a.flush(new Tick(120_000, 1, 120_000, false));
    out.flushed.room(true);
    while (!a.emit(7)) {
      out.flushed.room(true);
    }
    List<String> lines = out.taken();

    assertThat(lines).hasSize(100).doesNotHaveDuplicates();
    for (int i = 0; i < 50; i++) {
      assertThat(lines).contains("k" + i + ".sum 1 100", "k" + i + ".sum 5 110");
    }
    assertThat(meters.flushesMerged.sum()).isEqualTo(1);
  }

  @Test
  void theClockMayJump() {
    GraphiteAccumulator a = shard(true);
    a.take(batch("a.sum 1 100000"), 0);
    assertThat(out.tick(a, 50_000)).containsExactly("a.sum 1 100000");
    a.take(batch("a.sum 2 50000"), 0);
    assertThat(out.tick(a, 900_000)).containsExactly("a.sum 2 50000");
    assertThat(out.tick(a, 5)).isEmpty();
  }

  @Property(tries = 60)
  void shardsAndOrderDoNotMatter(@ForAll Random random, @ForAll @IntRange(min = 1, max = 5) int n) {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> sums = new HashMap<>();
    String[] keys = {"a.sum", "b.sum", "c.sum;x=1;y=2", "c.sum;y=2;x=1", "d.sum"};
    for (int i = 0; i < 200; i++) {
      String key = keys[random.nextInt(keys.length)];
      int value = random.nextInt(100);
      int time = random.nextInt(60);
      lines.add(key + " " + value + " " + time);
      sums.merge(key.replace(";y=2;x=1", ";x=1;y=2") + " " + time / 10 * 10, value, Integer::sum);
    }
    Collections.shuffle(lines, random);
    List<String> flushed = new ArrayList<>();
    for (int shard = 0; shard < n; shard++) {
      GraphiteAccumulator a = shard(false, AccumulatorConfig.Output.GRAPHITE, out, shard, n);
      a.take(batch(of(lines, shard, n)), 0);
      flushed.addAll(out.tick(a, 60));
    }

    assertThat(flushed)
        .containsExactlyInAnyOrderElementsOf(
            sums.entrySet().stream()
                .map(e -> e.getKey().replace(" ", " " + e.getValue() + " "))
                .toList());
  }

  private static List<String> of(List<String> lines, int shard, int shards) {
    return lines.stream()
        .filter(
            line -> {
              byte[] bytes = line.getBytes(US_ASCII);
              return Shards.of(bytes, 0, line.indexOf(' '), shards) == shard;
            })
        .toList();
  }

  private long counted(String figure) {
    Map<?, ?> named = (Map<?, ?>) all.snapshot().get("accumulators");
    Map<?, ?> byReason = (Map<?, ?>) ((Map<?, ?>) named.get("main")).get(figure);
    return byReason.values().stream().mapToLong(n -> ((Number) n).longValue()).sum();
  }

  private AccumulatorConfig common(AccumulatorConfig.OnMaxKeys onMaxKeys) {
    return new AccumulatorConfig(
        "main",
        Duration.ofSeconds(10),
        false,
        1,
        4096,
        1000,
        1 << 20,
        onMaxKeys,
        AccumulatorConfig.OnStop.FLUSH);
  }

  private GraphiteAccumulator shard(boolean keepKeys) {
    return shard(keepKeys, AccumulatorConfig.Output.GRAPHITE, out, 0, 1);
  }

  private GraphiteAccumulator shard(
      boolean keepKeys, AccumulatorConfig.Output output, Collected to, int shard, int shards) {
    AccumulatorConfig common = common(AccumulatorConfig.OnMaxKeys.DROP);
    return shard(new GraphiteConfig(common, keepKeys, output), to, shard, shards);
  }

  private GraphiteAccumulator shard(GraphiteConfig config, Collected to, int shard, int shards) {
    return new GraphiteAccumulator(
        config, new Guess(List.of()), room, meters, to.flushed, FlushedBins.NONE, shard, shards);
  }
}
