package io.cadenza.route;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Parcels;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A router on a bench: its outlets end in text, and the test fills and empties the queues. */
final class Rig {
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final Map<String, StringBuilder> delivered = new TreeMap<>();
  private final Map<String, DestinationState> states = new HashMap<>();
  final Router router;

  Rig(String conf) {
    this(conf, name -> new DestinationState(name, 1 << 20, OnFull.BLOCK));
  }

  Rig(String conf, Function<String, DestinationState> makeState) {
    InstantSource still = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    router =
        new Router(
            table(conf),
            0,
            meters,
            still,
            name -> outlet(name, makeState),
            Rig::feed,
            RingMaker.HERE);
  }

  /** The way to an accumulator that always has room. */
  private static Feed feed(String accumulator) {
    AccumulatorState state =
        new AccumulatorState(
            accumulator, 1, Long.MAX_VALUE, false, AccumulatorState.Seen.NOBODY, 0);
    return new Feed(state, new GraphiteFormat(), (shard, batch) -> {});
  }

  static RoutingTable table(String conf) {
    Settings settings = Configuration.read(conf, "test");
    RoutingTable table = RoutingTable.read(settings);
    settings.problems().throwIfAny();
    return table;
  }

  private Outlet outlet(String name, Function<String, DestinationState> makeState) {
    DestinationState state = makeState.apply(name);
    states.put(name, state);
    delivered.put(name, new StringBuilder());
    return new Outlet(state, new DestinationMeters(meters, name), run -> deliver(name, run));
  }

  private void deliver(String name, LineRun run) {
    delivered
        .get(name)
        .append(new String(run.bytes(), run.from(), run.size(), StandardCharsets.ISO_8859_1));
    states.get(name).queue().take(run.size());
  }

  static Parcel<LineBatch> parcel(String into, List<String> lines) {
    return Parcels.of(batch(lines), into);
  }

  static LineBatch batch(List<String> lines) {
    LineBatch.Builder builder = new LineBatch.Builder(new GraphiteFormat(), 1 << 16);
    builder.reserve(1);
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      if (builder.add(bytes, 0, bytes.length) < 0) {
        throw new IllegalArgumentException(Invalid.of(builder.add(bytes, 0, bytes.length)) + line);
      }
    }
    return builder.freeze();
  }

  /** Routes all lines, however many batches; none may have to wait. */
  void route(String into, String... lines) {
    LineBatch batch = batch(List.of(lines));
    router.refresh();
    int done = router.route(Parcels.of(batch, into), 0);
    if (done != batch.count()) {
      throw new IllegalStateException("stopped at line " + done);
    }
    router.flush();
  }

  DestinationState state(String destination) {
    return states.get(destination);
  }

  void fill(String destination) {
    states.get(destination).queue().take(1 << 20);
  }

  void empty(String destination) {
    states.get(destination).queue().giveBack(states.get(destination).queue().taken());
  }

  void emptyAll() {
    states.keySet().forEach(this::empty);
  }

  /** What has gone to a destination so far. */
  String at(String destination) {
    return delivered.get(destination).toString();
  }

  /** What has gone to all destinations so far. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    delivered.forEach((name, text) -> all.put(name, text.toString()));
    return all;
  }

  /** All figures of a kind by name; those of {@code without} left out. */
  Map<String, Object> figures(String kind, String without) {
    Map<String, Object> all = new TreeMap<>();
    if (meters.snapshot().get(kind) instanceof Map<?, ?> named) {
      named.forEach((name, figures) -> all.put(String.valueOf(name), figures));
    }
    all.keySet().removeIf(name -> name.startsWith(without));
    return all;
  }

  /** One figure, 0 when there is none. */
  long figure(String kind, String name, String... path) {
    Object found = figures(kind, "-").get(name);
    for (String step : path) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return found == null ? 0 : ((Number) found).longValue();
  }
}
