package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.accumulate.statsd.Holdings.Listed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the management shell sees and deletes; the state is that of the recorded transcript. */
class HoldingsTest {
  private final StatsdRig rig = new StatsdRig(1);
  private final Holdings holdings = rig.shards.get(0).holdings();

  HoldingsTest() {
    rig.packet("a.b:1|c\na.c:2|c\na.c.d:3|c\nab:4|c\nt.one:5|ms\nt.one:7|ms\nt.two:9|ms");
    rig.packet("g.x:1|g\ng.y:2|g\nset.s:v|s\nbad");
  }

  @Test
  void showsWhatIsHeld() {
    assertThat(byName(holdings.counters()))
        .containsOnlyKeys("a.b", "a.c", "a.c.d", "ab")
        .containsEntry("ab", 4.0);
    assertThat(byName(holdings.timers())).containsOnlyKeys("t.one", "t.two");
    assertThat(byName(holdings.timers()).get("t.one")).containsExactly(5, 7);
    assertThat(byName(holdings.gauges())).containsEntry("g.y", 2.0).hasSize(2);
    assertThat(byName(holdings.sets())).containsEntry("set.s", 1);
    assertThat(rig.shared.internals().counters()).containsEntry("statsd.bad_lines_seen", 1.0);
  }

  @Test
  void deletesByNameOrByPrefix() {
    assertThat(holdings.delete(SeriesKind.COUNTER, "a.b")).containsExactly("a.b");
    assertThat(holdings.delete(SeriesKind.COUNTER, "a.b")).isEmpty();
    assertThat(holdings.delete(SeriesKind.COUNTER, "a.*")).containsExactly("a.c", "a.c.d");
    assertThat(holdings.delete(SeriesKind.COUNTER, "nope.*")).isEmpty();
    assertThat(holdings.delete(SeriesKind.COUNTER, ".*")).isEmpty();
    assertThat(holdings.delete(SeriesKind.COUNTER, "*")).isEmpty();
    assertThat(holdings.delete(SeriesKind.TIMER, "t.*")).containsExactly("t.one", "t.two");
    assertThat(holdings.delete(SeriesKind.GAUGE, "ab")).isEmpty();

    assertThat(byName(holdings.counters())).containsOnlyKeys("ab");
    assertThat(rig.series()).noneMatch(line -> line.contains("t.one") || line.contains("a.c"));
  }

  @Test
  void deletingWhileAFlushIsUnderWayHarmsNobody() {
    rig.begin(1);
    rig.shards.get(0).emit(3);
    holdings.delete(SeriesKind.COUNTER, "ab");
    holdings.delete(SeriesKind.GAUGE, "g.*");
    rig.shards.get(0).emit(1000);

    assertThat(rig.lines()).doesNotHaveDuplicates();
    assertThat(rig.shards.get(0).keys()).isEqualTo(6);
  }

  @Test
  void whatIsDeletedIsMadeAnew() {
    rig.packet("x:1|c|#k:v");
    assertThat(holdings.delete(SeriesKind.COUNTER, "x;k=v")).containsExactly("x;k=v");
    rig.packet("x:7|c|#k:v");

    assertThat(rig.series()).contains("stats_counts.x;k=v 7");
  }

  private static <T> Map<String, T> byName(List<Listed<T>> listed) {
    return listed.stream().collect(Collectors.toMap(Listed::name, Listed::value));
  }
}
