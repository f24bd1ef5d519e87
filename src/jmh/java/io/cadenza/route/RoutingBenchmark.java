package io.cadenza.route;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.AccumulatorState.Seen;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.config.Configuration;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a batch to runs for the destinations: the whole routing table, time and bytes a line. The
 * bytes are those of the runs that go out, or of the batches for an accumulator; a table that sends
 * nowhere shows what routing itself needs, which is none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class RoutingBenchmark {
  private static final int LINES = 1000;

  @Param({"100000", "1000000"})
  private int keys;

  @Param({"blackhole", "forward", "hash", "rules", "rewrite", "aggregate"})
  private String table;

  private Router router;
  private List<Parcel<LineBatch>> parcels;
  private int next;

  @Setup
  public void setUp() {
    Meters meters = new Meters(new SimpleMeterRegistry());
    RoutingTable routes = RoutingTable.read(Configuration.read(configuration(), "benchmark"));
    router =
        new Router(
            routes,
            0,
            meters,
            InstantSource.system(),
            name ->
                new Outlet(
                    new DestinationState(name, Long.MAX_VALUE, OnFull.BLOCK),
                    new DestinationMeters(meters, name),
                    run -> {}),
            name ->
                new Feed(
                    new AccumulatorState(name, 2, Long.MAX_VALUE, false, Seen.NOBODY, 0),
                    new GraphiteFormat(),
                    (shard, batch) -> {}),
            RingMaker.HERE);
    parcels = new ArrayList<>();
    LineBatch.Builder batch = new LineBatch.Builder(new GraphiteFormat(), 128 * 1024);
    for (int i = 0; i < keys; i++) {
      String line =
          String.format(
              "bench.dc%d.host%05d.cpu.core%d.user_%d 719.42 1795184257", i % 4, i / 40, i % 10, i);
      byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
      batch.add(bytes, 0, bytes.length);
      if (batch.count() == LINES) {
        parcels.add(Parcel.of(batch.freeze(), "main"));
      }
    }
  }

  private String configuration() {
    String clusters =
        "clusters { one { policy = all, destinations = [\"tcp://h:1\"] }\n"
            + "ring { policy = hash, destinations ="
            + " [\"tcp://h:1#a\", \"tcp://h:2#b\", \"tcp://h:3#c\", \"tcp://h:4#d\"] } }\n";
    String to = table.equals("hash") ? "ring" : table.equals("blackhole") ? "blackhole" : "one";
    StringBuilder routes = new StringBuilder();
    for (int i = 0; table.equals("rules") && i < 50; i++) {
      routes.append("{ match { regex = \"^other").append(i).append("\\\\..*\\\\.cpu\" }, ");
      routes.append("to = [blackhole] }\n");
    }
    String rewrite =
        table.equals("rewrite")
            ? "rewrite = [{ regex = \"^bench\\\\.(dc\\\\d)\", to = \"$1.b\" }]\n"
            : "";
    String aggregate =
        table.equals("aggregate")
            ? "aggregate = [{ function = sum, every = 10s, wait = 5s, drop-raw = true,"
                + " regex = \"^bench\\\\.(dc[0-9]+)\\\\.host[0-9]+\\\\.cpu\\\\.core([0-9]+)\\\\..*\","
                + " to = \"agg.$1.core$2\" }]\n"
            : "";
    return clusters
        + "pipelines { main { "
        + rewrite
        + aggregate
        + "routes = [\n"
        + routes
        + "{ to = ["
        + to
        + "] }\n] } }";
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int routes() {
    next = next + 1 == parcels.size() ? 0 : next + 1;
    int done = router.route(parcels.get(next), 0);
    router.flush();
    return done;
  }
}
