package io.cadenza.accumulate.bins;

import static io.cadenza.accumulate.bins.Collected.adopt;
import static io.cadenza.accumulate.bins.Collected.batch;
import static io.cadenza.accumulate.bins.Collected.handedOver;
import static io.cadenza.accumulate.bins.Collected.ruled;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.KeyByKey;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.Tick;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BinsHandOverTest {
  private static final long NOW = 1_700_000_040; // a whole minute

  private final AccumulatorMeters meters =
      new AccumulatorMeters(new Meters(new SimpleMeterRegistry()), "main");
  private final Collected out = new Collected();
  private final KeyRoom room = new KeyRoom(1 << 20, 1 << 30);
  private final ValueRoom values = new ValueRoom(ValueRoom.USUAL);

  @Test
  void anotherGoesOnWithTheBinsOfAGraphiteAccumulator() throws IOException {
    Accumulator before = graphite(0, 1);
    before.take(batch("a.sum 1 101", "a.first 5 101", "a.last 5 101", "b.max 9 50"), 0);
    Accumulator after = graphite(0, 1);
    after.take(batch("a.sum 2 105", "a.first 6 101", "a.last 6 101"), 0);
    adopt(after, handedOver(before));

    assertThat(out.tick(after, 110))
        .containsExactlyInAnyOrder("a.sum 3 100", "a.first 5.5 100", "a.last 6 100", "b.max 9 50");
  }

  @Test
  void anotherNumberOfShardsDividesTheKeys() throws IOException {
    List<byte[]> left = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      Accumulator before = graphite(shard, 2);
      for (int i = 0; i < 30; i++) {
        before.take(batch("k" + i + ";s=" + shard + ".sum 1 100"), 0);
      }
      left.add(handedOver(before));
    }
    List<String> lines = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      Accumulator after = graphite(shard, 3);
      for (byte[] file : left) {
        adopt(after, file);
      }
      lines.addAll(out.tick(after, 110));
    }

    assertThat(lines).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void anotherGoesOnWithTheIntervalsOfRules() throws IOException {
    String[] all = {"function = [avg, stdev, p90, derive, first, last]"};
    RulesAccumulator whole = rules(0, 1, all);
    RulesAccumulator before = rules(0, 1, all);
    RulesAccumulator after = rules(0, 1, all);
    for (int i = 0; i < 40; i++) {
      String line = "o " + i * i % 37 + " " + (NOW + i % 9);
      whole.take(ruled(0, line), NOW * 1000);
      (i < 20 ? before : after).take(ruled(0, line), NOW * 1000);
    }
    adopt(after, handedOver(before));

    assertThat(out.tick(after, NOW + 60)).isEqualTo(out.tick(whole, NOW + 60)).hasSize(6);
  }

  @Test
  void whatWasEmittedIsNotEmittedAgainButCorrected() throws IOException {
    RulesAccumulator before = rules(0, 1, "wait = 0s");
    before.take(ruled(0, "o 1 " + NOW, "p 1 " + NOW), NOW * 1000);
    assertThat(out.tick(before, NOW + 10)).hasSize(2);
    RulesAccumulator after = rules(0, 1, "wait = 0s");
    adopt(after, handedOver(before));
    assertThat(out.tick(after, NOW + 11)).isEmpty();
    after.take(ruled(0, "o 10 " + NOW), (NOW + 12) * 1000);

    assertThat(out.tick(after, NOW + 12)).containsExactly("o 11 " + NOW);
  }

  @Test
  void rulesAreFoundAgainWhereverTheyStand() throws IOException {
    RulesAccumulator before = rules(0, 1, "every = 1s", "every = 2s", "every = 5s");
    for (int rule = 0; rule < 3; rule++) {
      before.take(ruled(rule, "r" + rule + " 1 " + NOW), NOW * 1000);
    }
    List<String> lines = new ArrayList<>();
    for (int shard = 0; shard < 4; shard++) {
      RulesAccumulator after = rules(shard, 4, "every = 5s", "every = 9s", "every = 1s");
      adopt(after, handedOver(before));
      lines.addAll(out.tick(after, NOW + 60));
    }

    assertThat(lines).containsExactlyInAnyOrder("r0 1 " + NOW, "r2 1 " + NOW);
  }

  @Test
  void rulesThatAreTheSameKeepWhatIsTheirOwn() throws IOException {
    RulesAccumulator before = rules(0, 1, "function = sum", "function = sum");
    before.take(ruled(0, "o 1 " + NOW), NOW * 1000);
    before.take(ruled(1, "o 10 " + NOW), NOW * 1000);
    RulesAccumulator after = rules(0, 1, "function = sum", "function = sum");
    adopt(after, handedOver(before));

    assertThat(out.tick(after, NOW + 60)).containsExactlyInAnyOrder("o 1 " + NOW, "o 10 " + NOW);
  }

  @Test
  void whatIsOpenOfRulesThatAreNoMoreIsCounted() throws IOException {
    RulesAccumulator before = rules(0, 1, "every = 1s", "every = 2s");
    before.take(ruled(0, "o 1 " + NOW, "o 1 " + (NOW + 1), "p 1 " + NOW), NOW * 1000);
    before.take(ruled(1, "o 1 " + NOW), NOW * 1000);
    for (int shard = 0; shard < 3; shard++) {
      adopt(rules(shard, 3, "every = 2s"), handedOver(before));
    }

    assertThat(meters.notAdopted.sum()).isEqualTo(3);
  }

  @Test
  void anotherGoesOnWithARollup() throws IOException {
    Rollup before = rollup(30, 60);
    before.point("a.sum".getBytes(US_ASCII), 0, 5, NOW, 1);
    tick(before, NOW + 30);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    before.handOver(new DataOutputStream(bytes));
    Rollup after = rollup(20, 60, 120);
    KeyByKey.adopt(after.adopt(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    after.point("a.sum".getBytes(US_ASCII), 0, 5, NOW + 30, 2);

    assertThat(tick(after, NOW + 60)).containsExactly("a.sum 2 " + (NOW + 20), "a.sum 3 " + NOW);
  }

  @Test
  void filesOfOthersAreRefused() {
    byte[] graphite = handedOver(graphite(0, 1));
    byte[] rules = handedOver(rules(0, 1, "wait = 0s"));

    assertThatThrownBy(() -> adopt(rules(0, 1, "wait = 0s"), graphite))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> adopt(graphite(0, 1), rules)).isInstanceOf(IOException.class);
  }

  /** Neither memory is taken that a damaged length asks for, nor anything else thrown. */
  @Property(tries = 100)
  void damageIsToldAndWhatIsThereStays(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 6) int wrong) {
    RulesAccumulator before = rules(0, 1, "function = [p50, avg]", "function = sum");
    for (int i = 0; i < 400; i++) {
      before.take(ruled(i % 2, "o" + i % 3 + " " + i + " " + NOW), NOW * 1000);
    }
    Accumulator bins = graphite(0, 1);
    bins.take(batch("a.sum 1 101", "b.max 9 50", "b.max 8 60"), 0);
    for (Accumulator each : List.of(before, bins)) {
      byte[] file = handedOver(each);
      Accumulator after =
          each == bins ? graphite(0, 1) : rules(0, 1, "function = [p50, avg]", "function = sum");
      after.take(each == bins ? batch("x.sum 1 101") : ruled(1, "x 1 " + NOW), NOW * 1000);
      for (int i = 0; i < wrong; i++) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      byte[] read = random.nextBoolean() ? file : Arrays.copyOf(file, random.nextInt(file.length));
      try {
        adopt(after, read);
      } catch (IOException damaged) {
        assertThat(damaged).isNotNull();
      }
      assertThat(out.last(after, NOW + 1))
          .anyMatch(line -> line.startsWith("x") && line.contains(" 1 "));
    }
  }

  private List<String> tick(Rollup rollup, long seconds) {
    rollup.flush(new Tick(seconds * 1000, 1, seconds * 1000, false));
    while (!rollup.emit(2)) {
      out.flushed.room(true);
    }
    return out.taken();
  }

  private Rollup rollup(long... coarser) {
    Stream<Resolution> times = Arrays.stream(coarser).mapToObj(s -> new Resolution(s * 1000, 9000));
    return new Rollup(
        Stream.concat(Stream.of(new Resolution(10_000, 3600)), times).toList(),
        new Guess(List.of()),
        AccumulatorConfig.OnMaxKeys.DROP,
        room,
        meters,
        out.flushed,
        PointSink.NONE,
        0,
        1,
        NOW * 1000);
  }

  private RulesAccumulator rules(int shard, int shards, String... rules) {
    return new RulesAccumulator(
        Stream.of(rules).map(RulesAccumulatorTest::rule).toList(),
        AccumulatorConfig.OnMaxKeys.DROP,
        room,
        values,
        meters,
        Collections.nCopies(rules.length, out.flushed),
        shard,
        shards);
  }

  private GraphiteAccumulator graphite(int shard, int shards) {
    AccumulatorConfig common =
        new AccumulatorConfig(
            "main",
            Duration.ofSeconds(10),
            false,
            shards,
            4096,
            1000,
            1 << 20,
            AccumulatorConfig.OnMaxKeys.DROP,
            AccumulatorConfig.OnStop.HAND_OVER);
    return new GraphiteAccumulator(
        new GraphiteConfig(common, false, AccumulatorConfig.Output.GRAPHITE),
        new Guess(List.of(new Guess.Rule((key, from, to) -> false, Function.SUM))),
        room,
        meters,
        out.flushed,
        FlushedBins.NONE,
        shard,
        shards);
  }
}
