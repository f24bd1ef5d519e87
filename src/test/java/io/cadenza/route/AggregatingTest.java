package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.AccumulatorState.Seen;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Parcels;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.Shards;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.FlowMeters;
import io.cadenza.meter.Meters;
import io.cadenza.meter.PipelineMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a router does with the lines of pipelines that aggregate or accumulate. */
class AggregatingTest {
  private static final CacheLimits LIMITS = new CacheLimits(1024, 1 << 20, 1 << 20, 1024, 1 << 20);
  private static final String RULE =
      "{ function = sum, every = 10s, regex = \"^a\\\\.(x*)\", to = \"$1\", drop-raw = %s }";

  private static String main(String keys) {
    return "pipelines { main { " + keys + ", routes = [ { to = [blackhole] } ] } }";
  }

  private static String lines(String accumulator, Rig rig) {
    return rig.fed(accumulator).replace("\0\0", "#0 ");
  }

  @Test
  void givesARuleItsLinesInTheirOrder() {
    Rig rig = new Rig(main("aggregate = [ " + RULE.formatted(true) + " ]"));

    rig.route("main", "a.xx 1 10", "b 2 10", "a.x 3 10", "a.xx 4 10");

    assertThat(lines("main:aggregate", rig)).isEqualTo("#0 xx 1 10\n#0 x 3 10\n#0 xx 4 10\n");
    assertThat(rig.figure("pipelines", "main", "aggregated")).isEqualTo(3);
  }

  /** Else a line that goes no further itself would be nowhere, and counted as aggregated. */
  @Test
  void tellsTheAccumulatorOfALineOfWhichARuleMakesNoKey() {
    Rig rig = new Rig(main("aggregate = [ " + RULE.formatted(true) + " ]"));

    rig.route("main", "a.y 1 10");

    assertThat(lines("main:aggregate", rig)).isEqualTo("#0  1 10\n");
  }

  @Test
  void aBatchWhoseFirstLineHasToWaitHasComeOnce() {
    Rig rig = new Rig(main("accumulate { format = graphite, into = blackhole }"));
    AccumulatorState state = rig.accumulator("main");
    LineBatch.Builder builder = new LineBatch.Builder(new GraphiteFormat(), 1 << 16);
    byte[] line = "a 1 10".getBytes(StandardCharsets.UTF_8);
    builder.add(line, 0, line.length);
    builder.packet();
    Parcel<LineBatch> parcel = Parcels.of(builder.freeze(), "main");
    state.window(0).take(1 << 20);

    assertThat(rig.router.route(parcel, 0)).isZero();
    assertThat(rig.router.route(parcel, 0)).isZero();
    state.window(0).giveBack(1 << 20);
    assertThat(rig.router.route(parcel, 0)).isEqualTo(1);

    assertThat(rig.fed("main")).isEqualTo("a 1 10\n");
    assertThat(rig.packetsSeen).isEqualTo(1);
  }

  @Test
  void decidesOnceForAKeyThatARuleLeavesAsItIs() {
    AggregateConfig rule = AggregateConfig.carbon("a.<x>", "a.<x>", false, List.of());
    Fates fates = new Fates(List.of(rule), LIMITS);
    Decision found = decision();
    Decision same = decision();
    byte[] key = "a.b".getBytes(StandardCharsets.UTF_8);

    Fate made = fates.make(found, () -> same, key, 0, key.length, feed());

    assertThat(made.decision()).isSameAs(same);
    assertThat(fates.find(key, 0, key.length)).isSameAs(made);
  }

  /** Where each key has a new key of its own. */
  @Test
  void keepsNoMoreThanItMay() {
    AggregateConfig rule = AggregateConfig.carbon("<x>.<y>", "<y>.<x>", false, List.of());
    Fates fates = new Fates(List.of(rule), LIMITS);
    Decision found = decision();
    long most = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] key = ("key.number" + i).getBytes(StandardCharsets.UTF_8);
      Fate made = fates.make(found, () -> found, key, 0, key.length, feed());
      assertThat(fates.find(key, 0, key.length)).isSameAs(made);
      most = Math.max(most, fates.bytes());
    }

    assertThat(most).isBetween(1L << 20, fates.mostBytes());
  }

  @Test
  void decidesTheSameByWhicheverRewriteAKeyWasMade() {
    String rewrites = "rewrite = [ { old = one, to = two }, { old = three, to = two } ]";
    PipelineConfig config = Rig.table(main(rewrites)).pipelines().get("main");
    Meters meters = new Meters(new SimpleMeterRegistry());
    Pipeline pipeline =
        new Pipeline(
            config,
            LIMITS,
            new PipelineMeters(meters, "main"),
            route -> FlowMeters.route(meters, "main", route.name()),
            new Complaints("test", InstantSource.system()));
    pipeline.link(name -> null, name -> null, name -> null);
    int outcome = pipeline.outcome("two".getBytes(StandardCharsets.UTF_8), 0, 3);

    assertThat(pipeline.decision(outcome, 1)).isSameAs(pipeline.decision(outcome, 2));
    assertThat(pipeline.decision(outcome, 0)).isSameAs(pipeline.decision(outcome, 2));
  }

  @Test
  void tellsOfMoreRulesThanItCanNumber(@TempDir Path dir) throws Exception {
    String rules =
        IntStream.rangeClosed(0, Shards.MOST_RULES)
            .mapToObj(i -> "a (1) = sum a\n")
            .collect(Collectors.joining());
    Path file = Files.writeString(dir.resolve("rules"), rules);

    assertThatThrownBy(() -> Rig.table(main("aggregation.rules = \"" + file + "\"")))
        .hasMessageContaining("pipelines.main.aggregate: has 65537 rules; at most 65536");
  }

  /** So that no pipeline that stands behind another has its name. */
  @Test
  void tellsOfNamesThatThePipelinesBehindOthersMayHave() {
    String conf =
        """
        pipelines { "main:flushed" { routes = [ { to = [blackhole] } ] } }
        clusters { "main:post" { policy = all, destinations = ["tcp://h:1"] } }
        """;

    assertThatThrownBy(() -> Rig.table(conf))
        .hasMessageContaining("main:flushed has a :")
        .hasMessageContaining("main:post has a :");
  }

  private static Decision decision() {
    return new Decision(
        Decision.Kind.ROUTED,
        0,
        Decision.NO_CLUSTERS,
        Decision.NO_PIPELINES,
        new int[0],
        new Count[0],
        new int[] {0},
        null);
  }

  private static Feed feed() {
    return new Feed(
        new AccumulatorState("test", 1, 1, false, Seen.NOBODY, 0),
        new GraphiteFormat(),
        (shard, batch) -> {});
  }
}
