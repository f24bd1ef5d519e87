package io.cadenza.app;

import io.cadenza.admin.AdminVerticle;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Handover;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Tap;
import io.cadenza.config.Url;
import io.cadenza.listen.HttpListenerVerticle;
import io.cadenza.listen.Intakes;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.listen.TcpListenerVerticle;
import io.cadenza.listen.UdpListenerVerticle;
import io.cadenza.meter.CheckMeters;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Events;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Meters;
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

  private final RelayConfig config;
  private final Map<String, Integer> instances;
  private final InstantSource clock;
  private final int loops;
  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private final Events events;
  private final Loops directory;
  private final Map<String, RouterVerticle.Exit> exits = new LinkedHashMap<>();
  private final List<CheckVerticle.Target> checks = new ArrayList<>();
  private final Map<String, Tap> taps = new TreeMap<>();
  private final Deque<List<String>> stages = new ArrayDeque<>();

  /**
   * @param instances by name of a listener, beside what the configuration says
   */
  Relay(RelayConfig config, Map<String, Integer> instances, InstantSource clock) {
    this.config = config;
    this.instances = instances;
    this.clock = clock;
    int cores = Runtime.getRuntime().availableProcessors();
    this.loops = config.instances() > 0 ? config.instances() : cores;
    this.directory = new Loops(loops);
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.meters = new Meters(registry);
    this.events = new Events(meters, clock, config.eventsKept());
    this.vertx = Vertx.vertx(options(loops));
    Handover.register(vertx.eventBus());
    config.destinations().values().stream()
        .map(DestinationConfig::url)
        .filter(url -> url.scheme() == Url.Scheme.TAP)
        .forEach(url -> taps.computeIfAbsent(url.host(), Tap::new));
  }

  private static VertxOptions options(int loops) {
    return new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(4)
        .setPreferNativeTransport(true)
        .setAddressResolverOptions(new AddressResolverOptions().setHostsRefreshPeriod(10_000));
  }

  Meters meters() {
    return meters;
  }

  /** Starts all stages; fails with a {@link StartException} that says which one could not. */
  Future<Void> start() {
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
            clock,
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
        () -> new OutputVerticle(destination, connection, state, own, taps, folder, clock),
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
    return new SpoolFolder(files, destination.name(), room, clock);
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
                config.table(), directory, meters, clock, exits, config.shutdownDeadline()),
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
    Intakes intakes =
        new Intakes(
            Catalog.format(listener),
            new ListenerMeters(meters, listener.name()),
            directory,
            clock);
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
