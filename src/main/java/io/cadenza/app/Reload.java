package io.cadenza.app;

import io.cadenza.app.Difference.Kind;
import io.cadenza.app.Listeners.Listener;
import io.cadenza.app.Outputs.Output;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Tap;
import io.cadenza.config.Url;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.output.DestinationConfig;
import io.cadenza.route.ClusterConfig;
import io.cadenza.route.PipelineConfig;
import io.cadenza.route.RoutingTable;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One change of the configuration of a relay that runs, in this order: new stores, destinations and
 * accumulators; routers that know old and new; the admin and the shell; new listeners; from here on
 * there is no way back. Then accumulators that go on in others' place; listeners that are no more
 * take leave of their senders; accumulators that are no more flush; routers that know the new only;
 * and destinations that are no more send what they have.
 *
 * <p>What did not change is not touched. When something can't be started, all that was done is
 * undone.
 */
final class Reload {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final Running running;
  private final RelayConfig old;
  private final RelayConfig next;
  private final Difference difference;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final Map<String, Stores.Running> stores = new LinkedHashMap<>();
  private final Map<String, Listener> listeners = new LinkedHashMap<>();
  private final Map<String, Accumulators.Running> accumulators = new LinkedHashMap<>();
  private final Deque<Supplier<Future<Void>>> back = new ArrayDeque<>();
  private final List<Listener> leaving = new ArrayList<>();
  private final Map<String, Tap> taps;
  private String admin;
  private Optional<Shell.Own> shell = Optional.empty();
  private Optional<Reading.Own> reading = Optional.empty();
  private Future<Void> drained = Future.succeededFuture();

  Reload(Running running, RelayConfig old, RelayConfig next, Difference difference) {
    this.running = running;
    this.old = old;
    this.next = next;
    this.difference = difference;
    this.taps = running.tapsOf(next);
  }

  /** Done when the new configuration is in effect; fails when the old one is again. */
  Future<Void> run() {
    return Site.each(difference.names("store", Kind.ADDED, Kind.CHANGED), this::store)
        .compose(
            v -> Site.each(difference.names("destination", Kind.ADDED, Kind.CHANGED), this::output))
        .compose(
            v ->
                Site.each(
                    difference.names("accumulator", Kind.ADDED, Kind.CHANGED), this::accumulator))
        .compose(v -> routers())
        .compose(v -> admin())
        .compose(v -> shell())
        .compose(v -> reading())
        .compose(v -> Site.each(difference.names("listener", Kind.ADDED), this::added))
        .compose(v -> Site.each(difference.names("listener", Kind.CHANGED), this::changed))
        .recover(why -> goBack().transform(v -> Future.failedFuture(why)))
        .compose(v -> finish());
  }

  /** Done when also those destinations that are no more have sent what they had. */
  Future<Void> drained() {
    return drained;
  }

  private Leave leave(boolean succeeded) {
    return new Leave(next.shutdownGrace(), next.shutdownDeadline(), succeeded);
  }

  /** One that takes the place of another does not write yet. */
  private Future<Void> store(String name) {
    return running
        .storing
        .start(next.stores().get(name), next.waitingPoints(), running.unflushed(name))
        .onSuccess(
            started -> {
              stores.put(name, started);
              back.push(() -> running.storing.stop(started, leave(true)));
              if (!running.stores.containsKey(name)) {
                running.storing.begin(started);
              }
            })
        .mapEmpty();
  }

  private Future<Void> output(String name) {
    DestinationConfig config = next.destinations().get(name);
    return running
        .starter
        .start(config, taps)
        .onSuccess(
            output -> {
              outputs.put(name, output);
              back.push(() -> running.starter.stop(output, leave(true)));
            })
        .mapEmpty();
  }

  private Future<Void> accumulator(String name) {
    return running
        .accumulating
        .start(next.accumulators().get(name), next.states())
        .onSuccess(
            started -> {
              accumulators.put(name, started);
              back.push(() -> giveBack(name, started));
            })
        .mapEmpty();
  }

  /** What a new one has got goes to the one that is there. */
  private Future<Void> giveBack(String name, Accumulators.Running started) {
    Accumulators.Running before = running.accumulators.get(name);
    return before != null && before.spec().goesOnWith(started.spec())
        ? running.accumulating.replace(started, before)
        : running.accumulating.stop(started, leave(true));
  }

  private boolean routes() {
    boolean limits = !old.table().limits().equals(next.table().limits());
    boolean tables = difference.has("pipeline") || difference.has("cluster");
    return limits || tables || !outputs.isEmpty() || !accumulators.isEmpty();
  }

  private Future<Void> routers() {
    if (!routes()) {
      return Future.succeededFuture();
    }
    Map<String, Output> all = new HashMap<>(running.outputs);
    all.putAll(outputs);
    Map<String, Accumulators.Running> feeding = new HashMap<>(running.accumulators);
    feeding.putAll(accumulators);
    back.push(() -> running.turnRouters(old.table(), running.outputs, running.accumulators));
    return running
        .turnRouters(both(), all, feeding)
        .onSuccess(v -> accumulators.values().forEach(running.accumulating::begin));
  }

  /** Old and new; of what has one name, the new. */
  private RoutingTable both() {
    RoutingTable now = next.table();
    Map<String, PipelineConfig> all = new HashMap<>(old.table().all());
    all.keySet().removeAll(now.clusters().keySet());
    all.putAll(now.all());
    Map<String, ClusterConfig> clusters = new HashMap<>(old.table().clusters());
    clusters.keySet().removeAll(now.pipelines().keySet());
    clusters.putAll(now.clusters());
    return new RoutingTable(now.pipelines(), all, clusters, now.limits());
  }

  private Future<Void> admin() {
    if (!difference.has("admin") && taps.keySet().equals(running.taps.keySet())) {
      return Future.succeededFuture();
    }
    boolean moves = !next.admin().listen().address().equals(old.admin().listen().address());
    Future<Void> free =
        moves ? running.checkAdminFree(next.admin()) : Future.<Void>succeededFuture();
    return free.compose(v -> running.startAdmin(next.admin(), taps.values()))
        .onSuccess(
            id -> {
              admin = id;
              back.push(() -> running.site.undeploy(id));
            })
        .mapEmpty();
  }

  private Future<Void> shell() {
    if (!difference.has("shell")) {
      return Future.succeededFuture();
    }
    boolean moves = !address(next).equals(address(old));
    Future<Void> free =
        moves ? running.shell.checkFree(next.shell()) : Future.<Void>succeededFuture();
    return free.compose(v -> running.shell.start(next.shell()))
        .onSuccess(
            own -> {
              shell = Optional.of(own);
              back.push(() -> running.shell.stop(own));
            })
        .mapEmpty();
  }

  /** Beside the one that is there: both may have one address for a while. */
  private Future<Void> reading() {
    boolean changed = difference.has("api") || difference.has("cache-query");
    if (!changed && old.stores().isEmpty() == next.stores().isEmpty()) {
      return Future.succeededFuture();
    }
    return running
        .reading
        .start(next)
        .onSuccess(
            own -> {
              reading = Optional.of(own);
              back.push(() -> running.reading.stop(own));
            })
        .mapEmpty();
  }

  private static String address(RelayConfig config) {
    return config.shell().listen().map(Url::address).orElse("");
  }

  private ListenerConfig listener(String name) {
    return next.listeners().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private Future<Void> added(String name) {
    ListenerConfig config = listener(name);
    return makeRoom(config).compose(v -> free(config)).compose(v -> start(config)).mapEmpty();
  }

  /** Stops listeners that are to go where it can't listen beside them. */
  private Future<Void> makeRoom(ListenerConfig config) {
    List<String> going = difference.names("listener", Kind.REMOVED, Kind.CHANGED);
    List<Listener> inTheWay =
        running.listeners.values().stream()
            .filter(own -> going.contains(own.config().name()))
            .filter(own -> !running.doorkeeper.fitBeside(own.config(), config))
            .toList();
    return Site.each(inTheWay, this::stopFirst);
  }

  private Future<Void> stopFirst(Listener own) {
    running.listeners.remove(own.config().name());
    back.push(() -> running.startListener(own.config()));
    back.push(() -> running.doorkeeper.awaitFree(own.config()));
    return running
        .doorkeeper
        .stop(own, leave(true))
        .compose(v -> running.doorkeeper.awaitFree(own.config()));
  }

  /** An address that a listener of ours has, which is to go, will be free. */
  private Future<Void> free(ListenerConfig config) {
    boolean ours =
        running.listeners.values().stream()
            .anyMatch(own -> RelayConfig.sameAddress(own.config().url(), config.url()));
    return ours ? Future.succeededFuture() : running.doorkeeper.checkFree(config);
  }

  private Future<Listener> start(ListenerConfig config) {
    return running
        .doorkeeper
        .start(config)
        .onSuccess(
            listener -> {
              listeners.put(config.name(), listener);
              back.push(() -> running.doorkeeper.stop(listener, leave(true)));
            });
  }

  private Future<Void> changed(String name) {
    return added(name)
        .compose(
            v -> {
              Listener before = running.listeners.get(name);
              if (before == null) {
                return Future.succeededFuture(); // It had to make room.
              }
              leaving.add(before);
              return running.doorkeeper.prefer(listeners.get(name));
            });
  }

  private Future<Void> goBack() {
    Future<Void> gone = Future.succeededFuture();
    while (!back.isEmpty()) {
      Supplier<Future<Void>> step = back.pop();
      gone =
          gone.transform(v -> step.get())
              .onFailure(e -> LOG.error("not all can be as it was: {}", e.getMessage()));
    }
    return gone;
  }

  /** What is no more takes leave. */
  private Future<Void> finish() {
    return Site.each(difference.names("store", Kind.CHANGED), this::storeChanged)
        .compose(
            v -> Site.each(difference.names("accumulator", Kind.CHANGED), this::accumulatorChanged))
        .compose(v -> listenersGone())
        .compose(v -> accumulatorsGone())
        .compose(v -> newOnly())
        .recover(
            mistake -> {
              LOG.error("what is no more could not be taken away", mistake);
              return Future.succeededFuture();
            });
  }

  /** What comes from now on waits until the one before has written what it has. */
  private Future<Void> storeChanged(String name) {
    Stores.Running by = stores.get(name);
    Stores.Running before = running.stores.put(name, by);
    running.storing.turnTo(by);
    return running
        .storing
        .stop(before, leave(true))
        .onComplete(v -> by.writer().begin())
        .mapEmpty();
  }

  /** When nothing comes any more. */
  private Future<Void> storesGone() {
    List<Future<Void>> gone = new ArrayList<>();
    for (String name : difference.names("store", Kind.REMOVED)) {
      gone.add(running.storing.stop(running.stores.remove(name), leave(true)));
    }
    return Site.join(gone);
  }

  /**
   * At once, as both flush until then, each a part. Nothing comes to the old one any more, since
   * the routers have turned.
   */
  private Future<Void> accumulatorChanged(String name) {
    Accumulators.Running by = accumulators.get(name);
    Accumulators.Running before = running.accumulators.put(name, by);
    return by.spec().goesOnWith(before.spec())
        ? running.accumulating.replace(before, by)
        : running.accumulating.stop(before, leave(true));
  }

  private Future<Void> listenersGone() {
    List<Future<Void>> gone = new ArrayList<>();
    for (String name : difference.names("listener", Kind.REMOVED)) {
      Listener own = running.listeners.remove(name);
      if (own != null) {
        gone.add(running.doorkeeper.stop(own, leave(false)));
      }
    }
    leaving.forEach(listener -> gone.add(running.doorkeeper.stop(listener, leave(true))));
    running.listeners.putAll(listeners);
    return Site.join(gone);
  }

  /** While the routers still know the pipelines for which what they flush is. */
  private Future<Void> accumulatorsGone() {
    Leave leave = leave(true);
    return Site.each(
            difference.names("accumulator", Kind.REMOVED),
            name -> running.stopAccumulator(running.accumulators.remove(name), leave))
        .onSuccess(
            v -> {
              running.accumulators.putAll(accumulators);
              running.orderAccumulators(next.accumulators().keySet());
            });
  }

  private Future<Void> newOnly() {
    listeners.values().forEach(listener -> listener.entrance().share());
    Collection<Output> last = new ArrayList<>();
    for (String name : difference.names("destination", Kind.REMOVED, Kind.CHANGED)) {
      last.add(running.outputs.remove(name));
    }
    running.outputs.putAll(outputs);
    stores.forEach(running.stores::putIfAbsent);
    running.taps = taps;
    Future<Void> turned =
        routes() || !last.isEmpty()
            ? running.turnRouters(next.table(), running.outputs, running.accumulators)
            : Future.succeededFuture();
    return turned.compose(
        v -> {
          drained =
              Site.join(last.stream().map(o -> running.starter.stop(o, leave(true))).toList())
                  .compose(done -> storesGone())
                  .compose(done -> tellOfSpools());
          return adminOnly().eventually(this::shellOnly).eventually(this::readingOnly);
        });
  }

  private Future<Void> tellOfSpools() {
    LeftSpools left = new LeftSpools(old, next);
    return running.site.prepare(
        "spools",
        () -> {
          left.tell(running.site.events);
          return null;
        });
  }

  private Future<Void> adminOnly() {
    if (admin == null) {
      return Future.succeededFuture();
    }
    Future<Void> stopped = running.stopAdmin();
    running.admin = admin;
    return stopped;
  }

  private Future<Void> readingOnly() {
    if (reading.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> stopped = running.reading.stop();
    running.reading.keep(reading.get());
    return stopped;
  }

  private Future<Void> shellOnly() {
    if (shell.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> stopped = running.shell.stop();
    running.shell.keep(shell.get());
    return stopped;
  }
}
