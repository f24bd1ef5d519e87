package io.cadenza.app;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Tap;
import io.cadenza.meter.CheckMeters;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.output.CheckVerticle;
import io.cadenza.output.DestinationConfig;
import io.cadenza.output.OutputVerticle;
import io.cadenza.output.Substitute;
import io.cadenza.route.RouterVerticle;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolRoom;
import io.cadenza.store.Caches;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Starts and stops destinations. Two of one name may run for a while, as one takes the place of
 * another: they count as one, and what waits at either waits. One operation at a time.
 */
final class Outputs {
  /**
   * A destination that runs.
   *
   * @param check what stops asking it whether it works; null where nobody asks
   */
  record Output(DestinationConfig config, RouterVerticle.Exit exit, String id, String check) {}

  private final Site site;
  private final Caches stores;
  private final Map<String, Figures> figures = new ConcurrentHashMap<>();
  private final Function<String, List<Substitute>> substitutes;
  private int generation;

  /**
   * @param stores those that run
   * @param substitutes by the name of a destination, who takes what waits for it; any thread
   */
  Outputs(Site site, Caches stores, Function<String, List<Substitute>> substitutes) {
    this.site = site;
    this.stores = stores;
    this.substitutes = substitutes;
  }

  /**
   * @param taps by name, at least those that it may be
   */
  Future<Output> start(DestinationConfig config, Map<String, Tap> taps) {
    boolean perLoop = config.connections() == 0;
    int connections = perLoop ? site.loops : config.connections();
    Figures own = figures.computeIfAbsent(config.name(), name -> new Figures(site, name));
    DestinationState state =
        new DestinationState(
            config.name(),
            config.queue(),
            config.onFullQueue(),
            connections,
            generation++,
            site.wall,
            (name, up, why) -> own.meters.turned(site.events, name, up, why));
    own.add(state);
    own.meters.keptLimit(() -> Math.max(config.resend(), config.resendMost()));
    SpoolFolder folder = folder(config, own.meters);
    AtomicInteger next = new AtomicInteger();
    IntSupplier connection = perLoop ? site.directory::here : next::getAndIncrement;
    Supplier<List<Substitute>> others = () -> substitutes.apply(config.name());
    RouterVerticle.Exit exit = new RouterVerticle.Exit(state, own.meters, connections);
    return site.deploy(
            "destination " + config.name(),
            () ->
                new OutputVerticle(
                    config,
                    connection,
                    state,
                    own.meters,
                    taps,
                    stores,
                    folder,
                    others,
                    site.steady),
            connections)
        .compose(
            id ->
                check(config, state)
                    .onFailure(e -> site.undeploy(id))
                    .map(check -> new Output(config, exit, id, check)))
        .onFailure(e -> own.remove(state));
  }

  /** The destination's place on disk; null where it has none. */
  private SpoolFolder folder(DestinationConfig config, DestinationMeters own) {
    if (config.spool() == null) {
      return null;
    }
    SpoolConfig files = config.spool().files();
    SpoolRoom room = new SpoolRoom(files.maxBytes());
    own.spool(room::used, room::limit, room::oldestMillis);
    return new SpoolFolder(files, config.name(), room, site.steady);
  }

  /** Starts to ask it whether it works, where that is wanted. */
  private Future<String> check(DestinationConfig config, DestinationState state) {
    if (config.check() == null) {
      return Future.succeededFuture();
    }
    CheckMeters own =
        new CheckMeters(site.meters, config.name(), () -> state.condition().checkUp() ? 1 : 0);
    CheckVerticle.Target target =
        new CheckVerticle.Target(config.check(), config.tls(), state, own);
    return site.deploy("check of " + config.name(), () -> new CheckVerticle(List.of(target)), 1);
  }

  /** Stops one, when it has sent what it has, or when its time is over. */
  Future<Void> stop(Output output, Leave leave) {
    DestinationState state = output.exit().state();
    state.leave(leave);
    Future<Void> unasked =
        output.check() == null ? Future.succeededFuture() : site.undeploy(output.check());
    return unasked
        .compose(v -> site.undeploy(output.id()))
        .onComplete(done -> figures.get(output.config().name()).remove(state));
  }

  /** What all outputs of one name tell together. */
  private static final class Figures {
    private final DestinationMeters meters;
    private final List<DestinationState> states = new CopyOnWriteArrayList<>();

    private Figures(Site site, String name) {
      meters = new DestinationMeters(site.meters, name);
    }

    private synchronized void add(DestinationState state) {
      states.add(0, state);
      meters.queue(
          () -> states.stream().mapToLong(s -> s.queue().taken()).sum(),
          () -> states.stream().mapToLong(s -> s.queue().limit()).limit(1).sum(),
          () -> states.stream().mapToLong(s -> s.up() ? 1 : 0).limit(1).sum());
    }

    private synchronized void remove(DestinationState state) {
      states.remove(state);
      if (states.isEmpty()) {
        meters.gone();
      }
    }
  }
}
