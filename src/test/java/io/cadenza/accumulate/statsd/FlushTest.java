package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When series are flushed, how long they live, and how many there may be. */
class FlushTest {
  private static final String QUIET = "internal-metrics = false";

  @Test
  void aSampleForASeriesWhoseTurnHasNotComeFlushesItFirst() {
    var rig = new StatsdRig(1, QUIET);
    rig.packet("a:1|c\nb:1|c");
    rig.begin(1);
    rig.packet("a:5|c");

    assertThat(rig.lines()).containsExactly("stats.a 0.1", "stats_counts.a 1");
    rig.shards.get(0).emit(100);
    assertThat(rig.lines()).containsExactly("stats.b 0.1", "stats_counts.b 1");
    assertThat(rig.flush()).contains("stats_counts.a 5", "stats_counts.b 0");
  }

  @Test
  void withoutRoomASampleJoinsTheIntervalThatIsDue() {
    var rig = new StatsdRig(1, QUIET);
    rig.packet("a:1|c");
    rig.begin(1);
    rig.outs.get(0).room(false);
    rig.packet("a:5|c");

    assertThat(rig.shards.get(0).emit(100)).isFalse();
    rig.outs.get(0).room(true);
    assertThat(rig.shards.get(0).emit(100)).isTrue();
    assertThat(rig.lines()).contains("stats_counts.a 6");
  }

  @Test
  void oneFlushThatIsNotOverBecomesPartOfTheNext() {
    var rig = new StatsdRig(1, QUIET);
    rig.packet("a:10|c\nb:10|c");
    rig.begin(1);
    rig.shards.get(0).emit(1);
    assertThat(rig.lines()).contains("stats.b 1");
    rig.packet("b:30|c");

    assertThat(rig.flush())
        .containsExactlyInAnyOrder(
            "stats.a 0.5", "stats_counts.a 10", "stats.b 3", "stats_counts.b 30");
    assertThat(rig.meters.flushesMerged.sum()).isEqualTo(1);
  }

  @Test
  void ratesAreOverAllIntervalsThatAFlushCovers() {
    var rig = new StatsdRig(1, QUIET);
    rig.packet("a:60|c\nt:1|ms");

    assertThat(rig.flush(3)).contains("stats.a 2", "stats.timers.t.count_ps " + 1 / 30.0);
  }

  @Test
  void emittingInSmallPiecesGivesTheSameLines() {
    var whole = new StatsdRig(1, QUIET);
    var pieces = new StatsdRig(1, QUIET);
    for (int i = 0; i < 100; i++) {
      String line = "k" + i % 37 + ":" + i + "|" + List.of("c", "g", "ms", "s").get(i % 4);
      whole.packet(line);
      pieces.packet(line);
    }
    pieces.begin(1);
    while (!pieces.shards.get(0).emit(3)) {
      assertThat(pieces.shards).hasSize(1);
    }
    List<String> expected = whole.flush();

    assertThat(pieces.lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void whatIsDeletedIsFlushedOnceAndForgottenAfterAnIdleInterval() {
    var rig = new StatsdRig(1, QUIET, "delete-idle-stats = true");
    rig.packet("c:1|c\ng:5|g\nt:1|ms\ns:1|s");

    assertThat(rig.flush()).isNotEmpty();
    assertThat(rig.flush()).isEmpty();
    assertThat(rig.shards.get(0).keys()).isZero();
    assertThat(rig.shared.room().keys()).isZero();
    assertThat(rig.shared.room().bytes()).isZero();
    assertThat(rig.shared.sampleBytes()).isZero();
  }

  @Test
  void aDeletedGaugeHasNoValueToAddTo() {
    var rig = new StatsdRig(1, QUIET, "delete-gauges = true");
    rig.packet("g:5|g");
    rig.flush();
    rig.packet("g:-3|g");

    assertThat(rig.flush()).containsExactly("stats.gauges.g -3");
  }

  @Test
  void aKindMayExpire() {
    var rig = new StatsdRig(1, QUIET, "expire-gauges = 25s");
    rig.packet("g:5|g\nc:1|c");

    assertThat(rig.flush()).contains("stats.gauges.g 5");
    assertThat(rig.flush()).contains("stats.gauges.g 5");
    assertThat(rig.flush()).containsExactly("stats.c 0", "stats_counts.c 0");
  }

  @Test
  void keysMayBeKeptOrNotWithOneWord() {
    var forget = new StatsdRig(1, QUIET, "keep-keys = false");
    var keep = new StatsdRig(1, QUIET, "layout = cadent", "keep-keys = true");
    var cadent = new StatsdRig(1, QUIET, "layout = cadent");
    for (StatsdRig rig : List.of(forget, keep, cadent)) {
      rig.packet("g:5|g");
      rig.flush();
    }

    assertThat(forget.flush()).isEmpty();
    assertThat(keep.flush()).containsExactly("stats.gauges.g 5");
    assertThat(cadent.flush()).isEmpty();
  }

  @Test
  void otherSpellingsAreForgottenWhenUnused() {
    var rig = new StatsdRig(1, QUIET);
    rig.packet("a:1|c|#b:1\na;b=1:1|c");
    assertThat(rig.shards.get(0).keys()).isEqualTo(2);
    rig.flush();
    assertThat(rig.shards.get(0).keys()).isEqualTo(2);
    rig.flush();

    assertThat(rig.shards.get(0).keys()).isEqualTo(1);
    rig.packet("a:1|c|#b:1");
    assertThat(rig.flush()).contains("stats_counts.a;b=1 1");
  }

  @Test
  void keysBeyondTheBoundAreDroppedAndCounted() {
    var rig = new StatsdRig(2, QUIET, "max-keys = 10");
    for (int i = 0; i < 1000; i++) {
      rig.packet("k" + i + ":1|c");
    }

    assertThat(rig.shared.room().keys()).isEqualTo(10);
    assertThat(rig.meters.dropped("too-many-keys").sum()).isEqualTo(990);
    assertThat(rig.meters.linesTaken.sum()).isEqualTo(10);
    assertThat(rig.flush()).hasSize(20);
  }

  @Test
  void withoutRoomForASpellingTheLineIsTaken() {
    var rig = new StatsdRig(1, QUIET, "max-keys = 1");
    rig.packet("a:1|c|#b:1\na:1|c|#b:1");

    assertThat(rig.flush()).contains("stats_counts.a;b=1 2");
  }

  @Test
  void idleKeysMakeRoomForNewOnes() {
    var rig = new StatsdRig(1, QUIET, "max-keys = 10", "on-max-keys = forget-idle");
    IntStream.range(0, 10).forEach(i -> rig.packet("old" + i + ":1|c"));
    rig.packet("dropped:1|c");
    rig.flush();
    rig.packet("old3:1|c");
    IntStream.range(0, 20).forEach(i -> rig.packet("new" + i + ":1|c"));

    assertThat(rig.meters.forgotten.sum()).isEqualTo(9);
    assertThat(rig.meters.dropped("too-many-keys").sum()).isEqualTo(12);
    assertThat(rig.flush()).contains("stats_counts.old3 1", "stats_counts.new8 1").hasSize(20);
  }

  @Test
  void membersOfSetsTakeOfTheBytesOfKeys() {
    var rig = new StatsdRig(1, QUIET, "max-key-bytes = 4096");
    for (int i = 0; i < 10; i++) {
      rig.packet("s:" + i + "x".repeat(899) + "|s");
    }

    assertThat(rig.meters.dropped("too-many-members").sum()).isEqualTo(6);
    assertThat(rig.flush()).containsExactly("stats.sets.s.count 4");
    assertThat(rig.shared.room().bytes()).isEqualTo(1);
  }

  @Test
  void manySmallMembersTakeRoomForMoreThanTheirText() {
    var rig = new StatsdRig(1, QUIET, "max-key-bytes = 100k");
    for (int i = 0; i < 100_000; i++) {
      rig.packet("s:" + i + "|s");
    }

    assertThat(rig.shards.get(0).holdings().sets())
        .singleElement()
        .satisfies(s -> assertThat(s.value()).isLessThan(5000));
    assertThat(rig.meters.dropped("too-many-members").sum()).isGreaterThan(95_000);
    rig.flush();
    assertThat(rig.shared.room().bytes()).isEqualTo(1);
  }

  @Test
  void aSampleWithATimeOfItsOwnIsDroppedAndCountedWhereThereIsNoRoom() {
    var rig = new StatsdRig(1, QUIET);
    rig.packet("a:1|g|T1700000000\na:1|c|T1700000000:2|g");
    rig.outs.get(0).room(false);
    rig.packet("a:1|g|T1700000000\na:1|c|T1700000000:2|g");

    assertThat(rig.lines()).hasSize(3);
    assertThat(rig.meters.dropped("queue-full").sum()).isEqualTo(1);
    assertThat(rig.meters.linesTaken.sum()).isEqualTo(3);
  }

  @Test
  void whatItTellsOfItselfWaitsForRoom() {
    var rig = new StatsdRig(1);
    rig.packet("a:1|c");
    rig.outs.get(0).room(false);
    for (int i = 0; i < 1000; i++) {
      rig.begin(1);
    }
    assertThat(rig.lines()).isEmpty();
    rig.outs.get(0).room(true);

    assertThat(rig.flush()).contains("stats_counts.statsd.packets_received 1").hasSize(15);
  }

  @Test
  void aClockThatIsSetBackSilencesNobody() {
    var rig = new StatsdRig(2);
    rig.flush();
    rig.now -= 3_600_000;
    rig.packet("a:1|c");

    assertThat(rig.flush()).containsOnlyOnce("stats.statsd.packets_received 0.1");
    rig.packet("a:1|c");
    assertThat(rig.flush()).containsOnlyOnce("stats.statsd.packets_received 0.1");
  }

  @Test
  void everyLineIsCountedOnce() {
    var rig = new StatsdRig(1, QUIET, "max-keys = 1");
    rig.packet("a:1|c\na:x|c:1|c\nb:1|c\na:x|c\na:1|c|@0:2|c|@0\na:|s:5|s");

    assertThat(rig.meters.linesIn.sum()).isEqualTo(6);
    assertThat(rig.meters.linesTaken.sum()).isEqualTo(2);
    assertThat(rig.meters.dropped("too-many-keys").sum()).isEqualTo(2);
    assertThat(rig.meters.samples.sum()).isEqualTo(2);
    assertThat(rig.shared.internals().badLinesSeen()).isEqualTo(4);
  }

  @Test
  void itTellsOfItselfOnceForAllShards() {
    var rig = new StatsdRig(4, "global-suffix = h");
    rig.packet("a:1|c\nbad\nb:1|g");
    List<String> first = rig.flush();
    rig.packet("a:1|c");
    List<String> second = rig.flush();

    assertThat(first)
        .containsOnlyOnce(
            "statsd.numStats.h 5",
            "stats_counts.statsd.bad_lines_seen.h 1",
            "stats.statsd.packets_received.h 0.1",
            "stats_counts.statsd.metrics_received.h 3")
        .noneMatch(line -> line.contains("timestamp_lag"));
    assertThat(second)
        .containsOnlyOnce(
            "statsd.numStats.h 6",
            "stats_counts.statsd.bad_lines_seen.h 0",
            "stats.gauges.statsd.timestamp_lag.h 0");
  }

  @Test
  void manyShardsThatFlushAtDifferentTimesTellOfItselfWhenAllHaveBegun() {
    var rig = new StatsdRig(2);
    rig.packet("a:1|c");
    List<String> told = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      rig.now += 10_000;
      var tick = new io.cadenza.accumulate.Tick(rig.now, 1, rig.now, false);
      rig.shards.get(0).flush(tick);
      if (i != 2) {
        rig.shards.get(1).flush(tick);
      }
      rig.shards.forEach(shard -> shard.emit(100));
      told.addAll(rig.lines().stream().filter(line -> line.contains("packets_rec")).toList());
    }

    assertThat(told)
        .containsExactly(
            "stats.statsd.packets_received 0.1",
            "stats_counts.statsd.packets_received 1",
            "stats.statsd.packets_received 0",
            "stats_counts.statsd.packets_received 0");
  }
}
