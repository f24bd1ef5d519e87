package io.cadenza.output;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.bus.Address;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Handover;
import io.cadenza.bus.Lane;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Tap;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.LineRun;
import io.cadenza.line.Shelf;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.spool.AtBound;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolRoom;
import io.cadenza.store.Caches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Outputs at work, with the test in the place of the routers. */
final class Bench implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
  final Meters meters = new Meters(new SimpleMeterRegistry());
  final Events events = new Events(meters, InstantSource.system(), 1000);
  final Map<String, Tap> taps = Map.of("main", new Tap("main", 4 << 20));

  Bench() {
    Handover.register(vertx.eventBus());
  }

  /** Waits until something holds. */
  static void until(Runnable asserted) {
    await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).untilAsserted(asserted::run);
  }

  /**
   * Starts a destination.
   *
   * @param keys of defaults.destination, over quick reconnecting
   */
  Destination to(String url, String keys) {
    return new Destination(config(url, keys), null);
  }

  /**
   * Starts a destination with a spool.
   *
   * @param spool keys of the top-level spool
   */
  Destination spooling(String url, Path folder, String keys, String spool) {
    Settings root =
        Configuration.read("spool { path = \"%s\", %s }".formatted(folder, spool), "test");
    SpoolConfig files = SpoolConfig.read(root.block("spool"));
    root.problems().throwIfAny();
    return new Destination(config(url, "on-full = spool\n" + keys), files);
  }

  static DestinationConfig config(String url, String keys) {
    String quick = "reconnect-min = 10ms, reconnect-max = 100ms, connections = 1";
    Settings root =
        Configuration.read(
            "defaults.destination { url = \"%s\", %s\n%s }".formatted(url, quick, keys), "test");
    Settings block = root.block("defaults").block("destination");
    SpoolConfig spool = SpoolConfig.read(root.block("spool"));
    DestinationConfig config = DestinationConfig.read(url, block, spool, Duration.ofMillis(300));
    root.problems().throwIfAny();
    return config;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, SECONDS).join();
  }

  /** One destination, its queue and its figures. */
  final class Destination {
    final DestinationState state;
    final DestinationMeters figures;
    private final DestinationConfig config;
    private final String id;
    private final List<Shelf> shelves = new ArrayList<>();
    private int connection;
    volatile List<Substitute> substitutes = List.of();

    private Destination(DestinationConfig config, SpoolConfig files) {
      this.config = config;
      int connections = config.connections();
      boolean blocks = files != null && files.atBound() == AtBound.BLOCK;
      OnFull onFull = blocks ? OnFull.BLOCK : config.onFullQueue();
      figures = new DestinationMeters(meters, config.name());
      state =
          new DestinationState(
              config.name(),
              config.queue(),
              onFull,
              connections,
              0,
              InstantSource.system(),
              (name, up, why) -> figures.turned(events, name, up, why));
      figures.queue(state.queue()::taken, state.queue()::limit, () -> state.up() ? 1 : 0);
      SpoolFolder folder = null;
      if (files != null) {
        SpoolRoom room = new SpoolRoom(files.maxBytes());
        figures.spool(room::used, room::limit, room::oldestMillis);
        folder = new SpoolFolder(files, config.name(), room, InstantSource.system());
      }
      SpoolFolder disk = folder;
      AtomicInteger next = new AtomicInteger();
      id =
          vertx
              .deployVerticle(
                  () ->
                      new OutputVerticle(
                          config,
                          next::getAndIncrement,
                          state,
                          figures,
                          taps,
                          new Caches(),
                          disk,
                          () -> substitutes,
                          InstantSource.system()),
                  new DeploymentOptions().setInstances(connections))
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    }

    /** Sends lines as one run, as a router would; by turns to the connections. */
    void send(String... lines) {
      byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      LineRun run = run(bytes, lines.length);
      figures.linesIn.add(lines.length);
      String address = Address.output(config.name(), connection++ % config.connections());
      new Lane<LineRun>(vertx.eventBus(), address, state.queue())
          .send(run, config.name(), run.size());
    }

    /** A run of a batch that the router has done with, and whose array may come back. */
    private LineRun run(byte[] bytes, int lines) {
      Shelf shelf = new Shelf(1);
      var builder = new LineBatch.Builder(new GraphiteFormat(), bytes.length, shelf);
      System.arraycopy(bytes, 0, builder.reserve(bytes.length), 0, bytes.length);
      builder.line(0, LineFormat.span(0, 0), bytes.length - 1);
      builder.advance(bytes.length);
      LineBatch batch = builder.freeze();
      LineRun run = batch.run(0, bytes.length, lines);
      batch.done();
      shelves.add(shelf);
      return run;
    }

    /** How many of the arrays that were sent have come back. */
    int cameBack() {
      return shelves.stream().mapToInt(Shelf::count).sum();
    }

    /** Sends numbered lines, so many to a run. */
    void sendNumbers(int from, int to, int each) {
      for (int start = from; start < to; start += each) {
        String[] lines = new String[Math.min(each, to - start)];
        for (int i = 0; i < lines.length; i++) {
          lines[i] = "n." + (start + i) + " 1 1700000000";
        }
        send(lines);
      }
    }

    long dropped(String reason) {
      return figures.dropped(reason).sum();
    }

    @SuppressWarnings("unchecked")
    long figure(String name) {
      Map<String, Object> kinds = meters.snapshot();
      var all = (Map<String, Map<String, Object>>) kinds.get("destinations");
      Object value = all.get(config.name()).getOrDefault(name, 0L);
      return value instanceof Map<?, ?> parts
          ? parts.values().stream().mapToLong(part -> (Long) part).sum()
          : (Long) value;
    }

    @SuppressWarnings("unchecked")
    long failures(String reason) {
      var all = (Map<String, Map<String, Object>>) meters.snapshot().get("destinations");
      var reasons = (Map<String, Long>) all.get(config.name()).getOrDefault("failures", Map.of());
      return reasons.getOrDefault(reason, 0L);
    }

    /** All is written or dropped, by the figures and by the room that is taken. */
    void settle() {
      until(
          () -> {
            assertThat(state.queue().taken()).isZero();
            assertThat(figure("queue-lines") + figure("spool-lines")).isZero();
            assertBalance();
          });
    }

    private void assertBalance() {
      assertThat(figure("lines-in") + figure("recovered"))
          .isEqualTo(
              figure("lines-out")
                  + figure("dropped")
                  + figure("handed-over")
                  + figure("queue-lines")
                  + figure("spool-lines"));
    }

    void stop() {
      stopped(beginStop());
    }

    /** It stops; what it has to send may take a while. */
    CompletableFuture<Void> beginStop() {
      return vertx.undeploy(id).toCompletionStage().toCompletableFuture();
    }

    void stopped(CompletableFuture<Void> stop) {
      stop.join();
      assertThat(state.queue().taken()).isZero();
      assertThat(figure("connections")).isZero();
      assertThat(figure("queue-lines")).isZero();
      assertBalance();
    }
  }
}
