package io.cadenza.app;

import io.cadenza.admin.AdminVerticle;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Handover;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Tap;
import io.cadenza.bus.Window;
import io.cadenza.config.Url;
import io.cadenza.listen.Acceptors;
import io.cadenza.listen.HttpListenerVerticle;
import io.cadenza.listen.Intakes;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.listen.TcpListenerVerticle;
import io.cadenza.listen.UdpListenerVerticle;
import io.cadenza.meter.CheckMeters;
import io.cadenza.meter.ClockWatch;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Events;
import io.cadenza.meter.Failures;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Meters;
import io.cadenza.meter.SteadyClock;
import io.cadenza.output.CheckVerticle;
import io.cadenza.output.DestinationConfig;
import io.cadenza.output.OutputVerticle;
import io.cadenza.route.RouterVerticle;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolRoom;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: its stages, started back to front and stopped front to back.
 *
 * <p>Outputs first, then routers, the admin, and listeners last: nothing comes in before it can go
 * on. On stop the listeners go first, then each stage in turn deals with what it still has.
 */
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private static final long WATCH_MILLIS = 1000;

  /** What the JVM exits with. */
  private static final int OUT_OF_MEMORY = 3;

  private final RelayConfig config;
  private final Map<String, Integer> instances;
  private final InstantSource wall;
  private final InstantSource steady;
  private final int loops;
  private final Acceptors acceptors;
  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private final Events events;
  private final Window senders;
  private final Loops directory;
  private final Map<String, RouterVerticle.Exit> exits = new LinkedHashMap<>();
  private final List<CheckVerticle.Target> checks = new ArrayList<>();
  private final Map<String, Tap> taps = new TreeMap<>();
  private final Deque<List<String>> stages = new ArrayDeque<>();

  /**
   * @param instances by name of a listener, beside what the configuration says
   * @param wall the time of day, which may jump; what waits or measures goes by a steady clock
   */
  Relay(RelayConfig config, Map<String, Integer> instances, InstantSource wall) {
    this.config = config;
    this.instances = instances;
    this.wall = wall;
    this.steady = new SteadyClock(wall);
    int cores = Runtime.getRuntime().availableProcessors();
    this.loops = config.instances() > 0 ? config.instances() : cores;
    this.directory = new Loops(loops);
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.meters = new Meters(registry);
    this.events = new Events(meters, wall, config.eventsKept());
    this.acceptors =
        Acceptors.here(
            meters
                .process()
                .counter("accept-failures", "As at listeners, of servers that are none"),
            steady);
    this.vertx = Vertx.builder().with(options(loops)).withTransport(acceptors).build();
    this.senders = new Window(config.limits().connections());
    new ProcessMeters(meters, senders);
    Failures failures = new Failures(meters, steady, Relay::halt);
    vertx.exceptionHandler(failures::happened);
    Handover.register(vertx.eventBus());
    config.destinations().values().stream()
        .map(DestinationConfig::url)
        .filter(url -> url.scheme() == Url.Scheme.TAP)
        .forEach(
            url ->
                taps.computeIfAbsent(
                    url.host(), name -> new Tap(name, config.limits().tapWindow())));
  }

  private static VertxOptions options(int loops) {
    return new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(4)
        .setAddressResolverOptions(new AddressResolverOptions().setHostsRefreshPeriod(10_000));
  }

  /** As the JVM does with -XX:+ExitOnOutOfMemoryError, which sees more and is better. */
  private static void halt() {
    Runtime.getRuntime().halt(OUT_OF_MEMORY);
  }

  Meters meters() {
    return meters;
  }

  /** Starts all stages; fails with a {@link StartException} that says which one could not. */
  Future<Void> start() {
    ClockWatch clocks = new ClockWatch(wall, steady, meters, events);
    vertx.setPeriodic(WATCH_MILLIS, tick -> clocks.look());
    config.limits().shortOf(config, ProcessMeters.mostDescriptors(), loops).ifPresent(LOG::warn);
    Future<Void> started = stage();
    for (DestinationConfig destination : config.destinations().values()) {
      started = started.compose(v -> output(destination));
    }
    started = started.compose(v -> checks());
    started = started.compose(v -> stage()).compose(v -> routers());
    started = started.compose(v -> stage()).compose(v -> admin());
    started = started.compose(v -> stage());
    for (ListenerConfig listener : config.listeners()) {
      started = started.compose(v -> listener(listener));
    }
    return started;
  }

  /** What is deployed from here on stops together, before all that is deployed already. */
  private Future<Void> stage() {
    stages.push(new ArrayList<>());
    return Future.succeededFuture();
  }

  private Future<Void> output(DestinationConfig destination) {
    boolean perLoop = destination.connections() == 0;
    int connections = perLoop ? loops : destination.connections();
    DestinationMeters own = new DestinationMeters(meters, destination.name());
    DestinationState state =
        new DestinationState(
            destination.name(),
            destination.queue(),
            destination.onFullQueue(),
            connections,
            steady,
            (name, up, why) -> own.turned(events, name, up, why));
    SpoolFolder folder = folder(destination, own);
    own.queue(() -> state.queue().taken(), () -> state.queue().limit(), () -> state.up() ? 1 : 0);
    exits.put(destination.name(), new RouterVerticle.Exit(state, own, connections));
    if (destination.check() != null) {
      CheckMeters figures =
          new CheckMeters(meters, destination.name(), () -> state.condition().checkUp() ? 1 : 0);
      checks.add(new CheckVerticle.Target(destination.check(), destination.tls(), state, figures));
    }
    AtomicInteger next = new AtomicInteger();
    IntSupplier connection = perLoop ? directory::here : next::getAndIncrement;
    return deploy(
        "destination " + destination.name(),
        () -> new OutputVerticle(destination, connection, state, own, taps, folder, steady),
        connections);
  }

  /** The destination's place on disk; null where it has none. */
  private SpoolFolder folder(DestinationConfig destination, DestinationMeters own) {
    if (destination.spool() == null) {
      return null;
    }
    SpoolConfig files = destination.spool().files();
    SpoolRoom room = new SpoolRoom(files.maxBytes());
    own.spool(room::used, room::limit);
    return new SpoolFolder(files, destination.name(), room, steady);
  }

  private Future<Void> checks() {
    return checks.isEmpty()
        ? Future.succeededFuture()
        : deploy("checks", () -> new CheckVerticle(checks), 1);
  }

  private Future<Void> routers() {
    return deploy(
        "routers",
        () ->
            new RouterVerticle(
                config.table(), directory, meters, steady, exits, config.shutdownDeadline()),
        loops);
  }

  private Future<Void> admin() {
    return deploy(
        "admin on " + config.admin().listen(),
        () ->
            new AdminVerticle(
                config.admin(),
                meters,
                registry::scrape,
                About.process(),
                taps.values(),
                events,
                exits.values().stream().map(RouterVerticle.Exit::state).toList()),
        1);
  }

  private Future<Void> listener(ListenerConfig listener) {
    ListenerMeters own = new ListenerMeters(meters, listener.name());
    acceptors.watch(listener, own.acceptFailures, steady);
    Intakes intakes =
        new Intakes(listener, Catalog.format(listener), own, senders, directory, steady, wall);
    String what = "listener " + listener.name() + " on " + listener.url();
    int count = instances(listener);
    try {
      if (listener.url().scheme() == Url.Scheme.UDP) {
        UdpListenerVerticle.checkFree(listener);
      }
    } catch (IOException e) {
      return Future.failedFuture(new StartException(what, e));
    }
    AtomicInteger next = new AtomicInteger();
    return deploy(
        what,
        () ->
            switch (listener.url().scheme()) {
              case TCP, UNIX -> new TcpListenerVerticle(listener, intakes);
              case HTTP, HTTPS -> new HttpListenerVerticle(listener, intakes);
              case UDP -> new UdpListenerVerticle(listener, intakes, next.getAndIncrement(), count);
              case TAP -> throw new IllegalArgumentException("a tap is no listener");
            },
        count);
  }

  /** How many instances of a listener there are: of some kinds there can be but one. */
  private int instances(ListenerConfig listener) {
    int own = instances.getOrDefault(listener.name(), listener.instances());
    boolean udp = listener.url().scheme() == Url.Scheme.UDP;
    if (udp && own != 1 && !UdpListenerVerticle.shares(vertx)) {
      LOG.info(
          "listener {}: no native transport here, so one socket takes all datagrams",
          listener.name());
      return 1;
    }
    if (listener.url().scheme() == Url.Scheme.UNIX) {
      return 1;
    }
    return own > 0 ? own : loops;
  }

  private Future<Void> deploy(String what, Supplier<? extends Deployable> verticle, int count) {
    DeploymentOptions options = new DeploymentOptions().setInstances(count);
    return vertx
        .deployVerticle(verticle, options)
        .recover(e -> Future.failedFuture(new StartException(what, e)))
        .onSuccess(id -> stages.peek().add(id))
        .mapEmpty();
  }

  /** Stops all stages, listeners first; each deals with what it has within the deadline. */
  Future<Void> stop() {
    Future<Void> stopped = Future.succeededFuture();
    while (!stages.isEmpty()) {
      List<String> stage = stages.pop();
      stopped = stopped.compose(v -> stop(stage));
    }
    return stopped.eventually(vertx::close);
  }

  private Future<Void> stop(List<String> stage) {
    List<Future<Void>> stopped =
        stage.stream().map(id -> vertx.undeploy(id).recover(this::stopFailed)).toList();
    return stopped.isEmpty() ? Future.succeededFuture() : Future.join(stopped).mapEmpty();
  }

  private Future<Void> stopFailed(Throwable e) {
    LOG.warn("a stage did not stop well: {}", e.toString());
    return Future.succeededFuture();
  }
}
