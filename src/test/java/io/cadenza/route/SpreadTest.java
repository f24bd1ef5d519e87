package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.config.Configuration;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.FlowMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final int LANES = 3;

  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final List<StringBuilder> lanes = new ArrayList<>();

  private Outlet outlet() {
    List<Consumer<LineRun>> ways = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      StringBuilder lane = new StringBuilder();
      lanes.add(lane);
      ways.add(
          run ->
              lane.append(
                  new String(run.bytes(), run.from(), run.size(), StandardCharsets.US_ASCII)));
    }
    DestinationState state = new DestinationState("d", 1 << 20, OnFull.BLOCK);
    return Outlet.of(state, new DestinationMeters(meters, "d"), ways);
  }

  private static LineBatch batch(int keys, int each) {
    LineBatch.Builder builder = new LineBatch.Builder(new GraphiteFormat(), 1 << 16);
    for (int n = 0; n < each; n++) {
      for (int key = 0; key < keys; key++) {
        byte[] line = ("key." + key + " " + n + " 1700000000").getBytes(StandardCharsets.US_ASCII);
        assertThat(builder.add(line, 0, line.length)).isZero();
      }
    }
    return builder.freeze();
  }

  private Cluster cluster(Outlet outlet) {
    String text = "clusters { c { policy = all, destinations = [\"tcp://h:1\"] } }";
    RoutingTable table = RoutingTable.read(Configuration.read(text, "test"));
    FlowMeters flow = FlowMeters.cluster(meters, "c");
    Count count = new Count(flow.lines, flow.bytes);
    ClusterConfig config = table.clusters().get("c");
    return Cluster.of(config, table.limits(), List.of(outlet), count, 0, RingMaker.HERE);
  }

  @Test
  void bringsAllLinesOfAKeyToOneLaneInOrder() {
    Outlet outlet = outlet();

    cluster(outlet).deliver(batch(100, 5), 0, 499);
    outlet.flush();

    Map<String, Integer> laneOf = new HashMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (int lane = 0; lane < LANES; lane++) {
      for (String line : lanes.get(lane).toString().split("\n")) {
        String[] parts = line.split(" ");
        laneOf.putIfAbsent(parts[0], lane);
        assertThat(laneOf).containsEntry(parts[0], lane);
        int n = Integer.parseInt(parts[1]);
        assertThat(n).isEqualTo(last.getOrDefault(parts[0], -1) + 1);
        last.put(parts[0], n);
      }
    }
    assertThat(last).hasSize(100).allSatisfy((key, n) -> assertThat(n).isEqualTo(4));
    assertThat(lanes).allSatisfy(lane -> assertThat(lane.toString()).contains("key."));
  }

  @Test
  void findsTheSameLaneForAKeyWhereverItStands() {
    Outlet outlet = outlet();
    byte[] one = "key.1 1 2".getBytes(StandardCharsets.US_ASCII);
    byte[] two = "  key.1 1 2".getBytes(StandardCharsets.US_ASCII);

    assertThat(outlet.lane(one, 0, 5)).isSameAs(outlet.lane(two, 2, 7)).isNotSameAs(outlet);
  }
}
