package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cadent's names, and statsd's own lines as output. */
class LayoutTest {
  private static final String CADENT = "layout = cadent, internal-metrics = false";
  private static final String AGAIN = "output = statsd";

  @Test
  void cadentPutsTheSuffixBeforeTheKey() {
    var rig = new StatsdRig(1, CADENT, "global-suffix = h", "percentiles = [0.9, -0.5]");
    rig.packet("c:10|c|#a:b\ng:5|g\ns:1|s\nt:1|ms\nt:2|ms");

    assertThat(rig.flush())
        .containsExactlyInAnyOrder(
            "stats.counters.h.c;a=b 1",
            "stats_counts.h.c;a=b 10",
            "stats.gauges.h.g 5",
            "stats.sets.h.s 1",
            "stats.timers.h.t.count_90 2",
            "stats.timers.h.t.mean_90 1.5",
            "stats.timers.h.t.upper_90 2",
            "stats.timers.h.t.sum_90 3",
            "stats.timers.h.t.count_top50 1",
            "stats.timers.h.t.mean_top50 2",
            "stats.timers.h.t.lower_top50 2",
            "stats.timers.h.t.sum_top50 2",
            "stats.timers.h.t.std 0.5",
            "stats.timers.h.t.upper 2",
            "stats.timers.h.t.lower 1",
            "stats.timers.h.t.count 2",
            "stats.timers.h.t.count_ps 0.2",
            "stats.timers.h.t.sum 3",
            "stats.timers.h.t.mean 1.5",
            "stats.timers.h.t.median 1.5");
  }

  @Test
  void cadentPutsTheWordOfACounterBeforeItsKey() {
    var rig = new StatsdRig(1, CADENT, "legacy-namespace = false", "global-prefix = p");
    rig.packet("c:10|c");

    assertThat(rig.flush()).containsExactly("p.counters.rate.c 1", "p.counters.count.c 10");
  }

  @Test
  void emptyPrefixesOfCadentLeaveNoDot() {
    var rig = new StatsdRig(1, CADENT, "global-prefix = \"\"", "prefix-counter = \"\"");
    rig.packet("c:10|c\ng:1|g");

    assertThat(rig.flush()).containsExactlyInAnyOrder("c 1", "stats_counts.c 10", "gauges.g 1");
  }

  @Test
  void theLargestOfRatesIsSentOn() {
    String largest = BigDecimal.valueOf(Double.MAX_VALUE).toPlainString();
    var rig = new StatsdRig(1, AGAIN);
    rig.packet("t:1|ms|@" + largest + "\nu:1|ms");

    assertThat(rig.flush()).containsExactlyInAnyOrder("t:1|ms|@" + largest, "u:1|ms");
  }

  @Test
  void fractionsOfCadentAreNamedByTheirPercents() {
    var rig = new StatsdRig(1, CADENT, "percentiles = [0.999, 0.99, 0.57, 75]");
    rig.packet("t:1|ms");

    assertThat(rig.flush())
        .contains("stats.timers.t.upper_99_9 1", "stats.timers.t.upper_99 1")
        .contains("stats.timers.t.upper_57 1", "stats.timers.t.upper_75 1");
  }

  @Test
  void keptTimersOfCadentSayZeroWhenIdle() {
    var rig = new StatsdRig(1, CADENT, "keep-keys = true");
    rig.packet("t:1|ms");
    rig.flush();

    assertThat(rig.flush())
        .contains("stats.timers.t.median 0", "stats.timers.t.lower 0")
        .hasSize(8);
  }

  @Test
  void theMedianOfCadentIsTheMiddle() {
    for (int n : new int[] {1, 3, 4, 7, 8}) {
      var rig = new StatsdRig(1, CADENT);
      IntStream.rangeClosed(1, n).forEach(i -> rig.packet("t:" + i + "|ms"));

      String median = (n + 1) % 2 == 0 ? "" + (n + 1) / 2 : (n + 1) / 2 + ".5";
      assertThat(rig.flush()).contains("stats.timers.t.median " + median);
    }
  }

  @Test
  void whatIsFlushedAsStatsdIsWhatCameInMadeFew() {
    var rig = new StatsdRig(1, AGAIN);
    rig.packet("c:10|c|@0.1|#b:1,a:x\nc:5|c|#a:x,b:1\ng:5|g\ng:-10|g\ns:x|s\ns:y|s\ns:x|s");
    rig.packet("t:1|ms|@0.5\nt:2|ms|@0.5\nh:-1|h");

    assertThat(rig.flush())
        .containsExactlyInAnyOrder(
            "c:105|c|#a:x,b:1",
            "g:0|g",
            "g:-5|g",
            "s:x|s",
            "s:y|s",
            "t:1|ms|@0.5",
            "t:2|ms|@0.5",
            "h:-1|h");
    assertThat(rig.flush()).isEmpty();
  }

  @Test
  void aTimeOfItsOwnIsSentOn() {
    var rig = new StatsdRig(1, AGAIN);
    rig.packet("c:10|c|@0.5|T1656581400|#a:b");

    assertThat(rig.lines()).containsExactly("c:20|c|T1656581400|#a:b");
  }

  @Test
  void whatCadentSendsOnDoesNotGrowFromServerToServer() {
    var rig = new StatsdRig(1, AGAIN, "layout = cadent");
    rig.packet("stats.counters.stats.counters.a:1|c\nstats.gauges.b:1|g\nstats.timers.:1|ms");

    assertThat(rig.flush())
        .containsExactlyInAnyOrder("stats.counters.a:1|c", "b:1|g", "stats.timers.:1|ms");
  }

  @Test
  void ratesOfVerySparseSamplesAreWrittenWithoutExponent() {
    var rig = new StatsdRig(1, AGAIN);
    rig.packet("t:1|ms|@0.00000001");

    assertThat(rig.flush()).containsExactly("t:1|ms|@0.00000001");
  }

  @Test
  void aServerBehindThisOneComesToTheSame() {
    var alone = new StatsdRig(1, "internal-metrics = false");
    var first = new StatsdRig(2, AGAIN);
    var second = new StatsdRig(1, "internal-metrics = false");
    var random = new java.util.Random(7);
    for (int interval = 0; interval < 4; interval++) {
      for (int i = 0; i < 300; i++) {
        String line = line(random);
        alone.packet(line);
        first.packet(line);
      }
      List<String> sent = first.flush();
      sent.forEach(second::packet);

      assertThat(second.flush()).containsExactlyInAnyOrderElementsOf(alone.flush());
    }
  }

  private static String line(java.util.Random random) {
    String key = "k" + random.nextInt(20) + (random.nextBoolean() ? "" : ";t=" + random.nextInt(3));
    int value = random.nextInt(100);
    return switch (random.nextInt(5)) {
      case 0 -> key + ":" + value + "|c|@0.5";
      case 1 -> key + ":" + (random.nextBoolean() ? "-" : "") + value + "|g";
      case 2 -> key + ":" + value + "|ms|@0.25|#x:y";
      case 3 -> key + ":" + value + "|ms";
      default -> key + ":" + value + "|s";
    };
  }
}
