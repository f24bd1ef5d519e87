package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where node statsd breaks, or knows less, and this does better. Names are those of the vectors.
 */
class DeviationsTest {
  private final StatsdRig rig = new StatsdRig(1, "percentiles = [-90]");

  @Test
  void aTopPercentileOverAllValuesHasTheirSum() {
    rig.packet("t:100|ms\nt:200|ms");

    assertThat(rig.series())
        .contains(
            "stats.timers.t.sum_top90 300",
            "stats.timers.t.mean_top90 150",
            "stats.timers.t.sum_squares_top90 50000",
            "stats.timers.t.lower_top90 100",
            "stats.timers.t.count_top90 2");
  }

  @Test
  void fractionalPercentilesAreKeptByNameToo() {
    var rig =
        new StatsdRig(1, "percentiles = [99.9]", "calculated-timer-metrics = [upper_percent]");
    rig.packet("t:1|ms\nt:2|ms");

    assertThat(rig.series()).containsExactly("stats.timers.t.upper_99_9 2");
  }

  @Test
  void packedValuesAreSamplesEach() {
    rig.packet("a:1:2:3|ms\nc:1:2|c|@0.5\ng:1:+2|g\na::7:|ms");

    assertThat(rig.series())
        .contains(
            "stats.timers.a.count 4",
            "stats.timers.a.sum 13",
            "stats_counts.c 6",
            "stats.gauges.g 3");
    assertThat(rig.shared.internals().badLinesSeen()).isZero();
  }

  @Test
  void aSetTakesColonsAsText() {
    rig.packet("s:a:b|s\ns:a|s\ns:b|s");

    assertThat(rig.series()).containsExactly("stats.sets.s.count 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "e1:1|c|# e1",
        "e2:1|c|#bare e2;bare",
        "e3:1|c|#a:b:c e3;a=bc",
        "e4:1|c|#, e4",
        "e5:1|c|#b:2,a:1 e5;a=1;b=2",
        "e5;b=2:1|c|#a:1 e5;a=1;b=2",
        "e6:1|c|#s/p:v/w e6;s-p=v-w",
        "e7:1|c|#t:v|@1 e7;t=v",
        "e8:1|c|#a:1|#b:2 e8;a=1",
        "a:1|c|#a:1,a:2 a;a=2",
        "a;a=1:1|c|#a:2 a;a=2",
        "a:1|c|#t:v|c:83c0a99c0a54 a;t=v",
        "a:1|c|c:83c0|#t:v|e:it-false,cn-x|card:low a;t=v",
        "a:1|c|@1|unknown|#t:v:w;x a;t=vw_x",
        "constructor:1|c constructor",
        "__proto__:1|c __proto__",
        "toString:1|c toString",
        "a/b:1|c|#é:1 a-b",
      })
  void tagsAndNamesAreReadSo(String line, String key) {
    rig.packet(line);

    List<String> name = List.of(key.split(";", 2));
    String tags = name.size() == 1 ? "" : ";" + name.get(1);
    assertThat(rig.series())
        .containsExactly(
            "stats." + name.get(0) + tags + " 0.1", "stats_counts." + name.get(0) + tags + " 1");
  }

  @Test
  void allSpellingsOfAKeyAreOneSeries() {
    for (int i = 0; i < 2; i++) {
      rig.packet("a b:1|c|#y:2,x:1\na_b:1|c|#x:1,y:2\na_b;x=1;y=2:1|c\na_b;y=2:1|c|#x:1");

      assertThat(rig.series()).contains("stats_counts.a_b;x=1;y=2 4").hasSize(2);
    }
  }

  @Test
  void tagsMayBePartOfTheName() {
    var flat = new StatsdRig(1, "tags = flat");
    flat.packet("a:1|c|#y:2,x:1,bare");

    assertThat(flat.series()).contains("stats_counts.a.bare.x_1.y_2 1");
  }

  @Test
  void tagsMayBeDropped() {
    var drop = new StatsdRig(1, "tags = drop");
    drop.packet("a:1|c|#y:2\na;x=1:1|c\na:1|c");

    assertThat(drop.series()).contains("stats_counts.a 3").hasSize(2);
  }

  @Test
  void tagsOfNodeStayAsTheyCameWhereNamesAreNotCleaned() {
    var raw = new StatsdRig(1, "key-name-sanitize = false");
    raw.packet("a b:1|c|#k:v/w x");

    assertThat(raw.series()).contains("stats_counts.a_b;k=v/w_x 1");
  }

  @Test
  void aTimeOfItsOwnGoesOffAtOnce() {
    rig.packet("b:20|c|@0.5|T1656581400|#t:v\ng:-5|g|#t:v|T1656581401");

    assertThat(rig.lines())
        .containsExactly(
            "stats.b;t=v 4 1656581400",
            "stats_counts.b;t=v 40 1656581400",
            "stats.gauges.g;t=v -5 1656581401");
    assertThat(rig.series()).isEmpty();
  }

  @Test
  void aTimeSaysNothingOfTimers() {
    rig.packet("t:5|ms|T1656581400\nh:5|d|Tx|e:it-false");

    assertThat(rig.lines()).isEmpty();
    assertThat(rig.series()).contains("stats.timers.t.count 1", "stats.timers.h.count 1");
  }

  @Test
  void oddNumbersAreThoseOfJavaScript() {
    rig.packet("a:0x10|c\na:0b11|c\na:0o17|c\na: 5 |c\na: |c\na:1e2|c\na:.5|c\na:5.|c\na:+1|c");

    assertThat(rig.series()).contains("stats_counts.a 145.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"@2 0.5", "@0.1 10", "@2e-1 0.5", "@1e400 1", "@.5 2", "@0.5|@0.1 2", "@0.5|7 2"})
  void ratesAreReadAsNodeReadsThem(String rate, double sum) {
    rig.packet("a:1|c|" + rate);

    assertThat(rig.series()).contains("stats_counts.a " + rig(sum));
  }

  private static String rig(double sum) {
    return sum == Math.rint(sum) ? "" + (long) sum : "" + sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":1|c",
        "é:1|c",
        "a:NaN|c",
        "a:nan|g",
        "a:Infinity|c",
        "a:-inf|g",
        "a:1e400|ms",
        "a:1e308|c|@0.001",
        "a:1|c|@0",
        "a:1|c|@0x10",
        "a:1|c|@-1",
        "a:1|c|@+0.5",
        "a:1|c|@Infinity",
        "a:1|c|@ 1",
        "a:1|c|@",
        "a:1|c|",
        "a:1|c||#a:b",
        "a:1|c|0.1",
        "a:-1|ms",
        "a:|c",
        "a::|c",
        "a:1",
        "a",
        "a:",
        "a:x|s\r",
        "a:1_0|c",
        "a:0xg|c",
        "a:-0x1|c",
        "a:1|c|T",
        "a:1|c|T0",
        "a:1|c|T-1",
        "a:1|g|T99999999999999999999",
        "a:1|g|T4294967296",
        "a:1|g|T1.5",
        "a|#t:1|c",
      })
  void whatIsWrongIsCountedAndMakesNoSeries(String line) {
    rig.packet(line);

    assertThat(rig.lines()).isEmpty();
    assertThat(rig.shared.internals().badLinesSeen()).isEqualTo(1);
    assertThat(rig.series()).isEmpty();
  }

  @Test
  void whatWouldBecomeInfiniteIsRefused() {
    rig.packet("a:1e308|c\na:1e308|c\ng:1e308|g\ng:+1e308|g");

    assertThat(rig.shared.internals().badLinesSeen()).isEqualTo(2);
    assertThat(rig.series()).contains("stats_counts.a 1e+308", "stats.gauges.g 1e+308");
  }

  @Test
  void whatStatisticsCannotSayIsLeftOutAndCounted() {
    rig.packet("t:1e200|ms");

    assertThat(rig.series())
        .contains("stats.timers.t.sum 1e+200")
        .noneMatch(line -> line.contains("squares"));
    assertThat(rig.meters.notFinite.sum()).isEqualTo(2);
  }

  @Test
  void keysThatAreTooLongAreRefused() {
    rig.packet("k".repeat(65536) + ":1|c");
    rig.packet("k".repeat(4097) + ":1|c");
    rig.packet("k:1|c|#" + "t".repeat(4096));
    rig.packet("k".repeat(4096) + ":1|c");

    assertThat(rig.series()).hasSize(2);
    assertThat(rig.shared.internals().badLinesSeen()).isEqualTo(3);
  }
}
