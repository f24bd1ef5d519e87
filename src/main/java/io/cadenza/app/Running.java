package io.cadenza.app;

import io.cadenza.admin.AdminConfig;
import io.cadenza.admin.AdminVerticle;
import io.cadenza.admin.StatsdAccumulators;
import io.cadenza.app.Listeners.Listener;
import io.cadenza.app.Outputs.Output;
import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Tap;
import io.cadenza.config.Url;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.output.DestinationConfig;
import io.cadenza.output.Substitute;
import io.cadenza.route.ClusterConfig;
import io.cadenza.route.RouterVerticle;
import io.cadenza.route.RoutingTable;
import io.cadenza.store.Unflushed;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The stages that run now, and how each is started and stopped. In which order is {@link Relay}'s
 * and {@link Reload}'s. One operation at a time.
 */
final class Running {
  final Site site;
  final Stores storing;
  final Outputs starter;
  final Listeners doorkeeper;
  final Accumulators accumulating;
  final Shell shell;
  final Reading reading;
  final Map<String, Output> outputs = new ConcurrentSkipListMap<>();

  /** Read by any thread. */
  final Map<String, Stores.Running> stores = new ConcurrentSkipListMap<>();

  /** Those whose lines may come to others stand before them. */
  final Map<String, Accumulators.Running> accumulators =
      Collections.synchronizedMap(new LinkedHashMap<>());

  final Map<String, Listener> listeners = new LinkedHashMap<>();
  final List<RouterVerticle> routers = new ArrayList<>();
  Map<String, Tap> taps = Map.of();

  /** Clusters whose members take over what waits for one of them. */
  private volatile List<ClusterConfig> dynamic = List.of();

  private String routersId;
  String admin;

  Running(Site site, Map<String, Integer> instances) {
    this.site = site;
    this.storing = new Stores(site);
    this.starter = new Outputs(site, storing.caches, this::substitutes);
    this.doorkeeper = new Listeners(site, instances);
    this.accumulating = new Accumulators(site, storing.caches);
    this.shell = new Shell(site, statsdAccumulators());
    this.reading = new Reading(site, stores);
  }

  /** The taps of a configuration: those that run already, and new ones. */
  Map<String, Tap> tapsOf(RelayConfig config) {
    long window = config.limits().tapWindow();
    Map<String, Tap> all = new TreeMap<>();
    for (DestinationConfig destination : config.destinations().values()) {
      if (destination.url().scheme() == Url.Scheme.TAP) {
        String name = destination.url().host();
        all.computeIfAbsent(name, n -> taps.containsKey(n) ? taps.get(n) : new Tap(n, window));
      }
    }
    return all;
  }

  /** Where routers send to. */
  private static RouterVerticle.Ways ways(
      Map<String, Output> outputs, Map<String, Accumulators.Running> accumulators) {
    Map<String, RouterVerticle.Exit> exits = new HashMap<>();
    outputs.forEach((name, output) -> exits.put(name, output.exit()));
    Map<String, AccumulatorState> states = new HashMap<>();
    accumulators.forEach((name, accumulator) -> states.put(name, accumulator.state()));
    return new RouterVerticle.Ways(exits, states);
  }

  Future<Void> startAccumulator(AccumulatorSpec spec, RelayConfig config) {
    return accumulating
        .start(spec, config.states())
        .onSuccess(accumulator -> accumulators.put(spec.name(), accumulator))
        .mapEmpty();
  }

  /** Each deals with what it has, those first whose lines may come to others. */
  Future<Void> stopAccumulators(Leave leave) {
    List<Accumulators.Running> all = List.copyOf(accumulators.values());
    accumulators.clear();
    return Site.each(all, accumulator -> stopAccumulator(accumulator, leave))
        .compose(v -> settle(leave));
  }

  /** Stops one to which no listener brings lines any more. */
  Future<Void> stopAccumulator(Accumulators.Running accumulator, Leave leave) {
    return settle(leave).compose(v -> accumulating.stop(accumulator, leave));
  }

  /** Those whose lines may come to others first. */
  void orderAccumulators(Iterable<String> names) {
    names.forEach(
        name -> {
          Accumulators.Running one = accumulators.remove(name);
          if (one != null) {
            accumulators.put(name, one);
          }
        });
  }

  /**
   * Done when what routers have is on its way; in time for accumulators to flush, for which the
   * rest of what routers have left is.
   */
  Future<Void> settle(Leave leave) {
    return Site.join(routers.stream().map(r -> r.settle(leave.listenersMillis())).toList());
  }

  /** Who takes what waits for a destination, while that is down; any thread, for every run. */
  private List<Substitute> substitutes(String destination) {
    List<ClusterConfig> clusters = dynamic;
    if (clusters.isEmpty()) {
      return List.of();
    }
    return clusters.stream()
        .map(cluster -> cluster.members().stream().map(ClusterConfig.Member::destination).toList())
        .filter(members -> members.contains(destination))
        .flatMap(List::stream)
        .filter(other -> !other.equals(destination))
        .map(outputs::get)
        .filter(Objects::nonNull)
        .map(other -> new Substitute(other.exit().state(), other.exit().meters()))
        .toList();
  }

  private static List<ClusterConfig> dynamic(RoutingTable table) {
    return table.clusters().values().stream().filter(ClusterConfig::dynamic).toList();
  }

  Future<Void> startRouters(RoutingTable first) {
    dynamic = dynamic(first);
    RouterVerticle.Ways ways = ways(outputs, accumulators);
    return site.deploy(
            "routers",
            () -> {
              RouterVerticle router =
                  new RouterVerticle(first, site.directory, site.meters, site.steady, ways);
              routers.add(router);
              return router;
            },
            site.loops)
        .onSuccess(id -> routersId = id)
        .mapEmpty();
  }

  /** Done when all routers route by it. */
  Future<Void> turnRouters(
      RoutingTable next, Map<String, Output> to, Map<String, Accumulators.Running> feeding) {
    dynamic = dynamic(next);
    RouterVerticle.Ways ways = ways(to, feeding);
    return Site.join(routers.stream().map(router -> router.turnTo(next, ways)).toList());
  }

  Future<Void> stopRouters(Leave leave) {
    routers.forEach(router -> router.leave(leave));
    String id = routersId;
    routersId = null;
    return id == null ? Future.succeededFuture() : site.undeploy(id);
  }

  /** Those that the shell tells of; any thread. */
  private StatsdAccumulators statsdAccumulators() {
    return new StatsdShards(
        site.vertx,
        () -> {
          synchronized (accumulators) {
            return new LinkedHashMap<>(accumulators);
          }
        });
  }

  private static String what(AdminConfig config) {
    return "admin on " + config.listen();
  }

  Future<Void> checkAdminFree(AdminConfig config) {
    return site.checkFree(what(config), config.listen());
  }

  /** Starts an admin; answers what stops it. */
  Future<String> startAdmin(AdminConfig config, Collection<Tap> shown) {
    return site.deploy(
        what(config),
        () ->
            new AdminVerticle(
                config,
                site.meters,
                site.registry::scrape,
                About.process(),
                List.copyOf(shown),
                site.events,
                this::states),
        1);
  }

  /** How all destinations are; any thread. */
  private List<DestinationState> states() {
    return outputs.values().stream().map(output -> output.exit().state()).toList();
  }

  Future<Void> stopAdmin() {
    String id = admin;
    admin = null;
    return id == null ? Future.succeededFuture() : site.undeploy(id);
  }

  Future<Void> startListener(ListenerConfig config) {
    return doorkeeper
        .start(config)
        .onSuccess(listener -> listeners.put(config.name(), listener))
        .mapEmpty();
  }

  Future<Void> startStore(StoreConfig config, RelayConfig all) {
    return storing
        .start(config, all.waitingPoints(), unflushed(config.name()))
        .onSuccess(
            store -> {
              stores.put(config.name(), store);
              storing.begin(store);
            })
        .mapEmpty();
  }

  /** What accumulators have for a store and have not flushed. */
  Unflushed unflushed(String store) {
    return new OpenPoints(
        store,
        () -> {
          synchronized (accumulators) {
            return List.copyOf(accumulators.values());
          }
        });
  }

  /** Each writes what it has. */
  Future<Void> stopStores(Leave leave) {
    List<Stores.Running> all = List.copyOf(stores.values());
    stores.clear();
    return Site.join(all.stream().map(store -> storing.stop(store, leave)).toList());
  }

  Future<Void> startOutput(DestinationConfig config) {
    return starter
        .start(config, taps)
        .onSuccess(output -> outputs.put(config.name(), output))
        .mapEmpty();
  }

  Future<Void> stopListeners(Leave leave) {
    List<Listener> all = List.copyOf(listeners.values());
    listeners.clear();
    return Site.join(all.stream().map(listener -> doorkeeper.stop(listener, leave)).toList());
  }

  Future<Void> stopOutputs(Leave leave) {
    List<Output> all = List.copyOf(outputs.values());
    outputs.clear();
    return Site.join(all.stream().map(output -> starter.stop(output, leave)).toList());
  }
}
