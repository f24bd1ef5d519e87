package io.cadenza.app;

import io.cadenza.bus.Leave;
import io.cadenza.meter.Events;
import io.cadenza.meter.Failures;
import io.cadenza.meter.Meters;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: its stages, started back to front, changed while they run, and stopped front to
 * back.
 *
 * <p>Stores and outputs first, then accumulators, routers, the admin and the shell, and listeners
 * last: nothing comes in before it can go on. On stop the listeners go first, then each stage in
 * turn deals with what it still has; the accumulators before the routers, which take what they
 * flush. How one configuration takes the place of another is {@link Reload}'s. One of these three
 * at a time; any thread.
 */
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Site site;
  private final Running running;
  private final List<Future<Void>> draining = new CopyOnWriteArrayList<>();
  private Future<?> last = Future.succeededFuture();
  private volatile RelayConfig config;

  /**
   * @param instances by name of a listener, beside what the configuration says
   * @param wall the time of day, which may jump; what waits or measures goes by a steady clock
   */
  Relay(RelayConfig config, Map<String, Integer> instances, InstantSource wall) {
    this.config = config;
    this.site = new Site(config, wall);
    this.running = new Running(site, instances);
  }

  /** Who is told of what no thread has caught. */
  Failures failures() {
    return site.failures;
  }

  Events events() {
    return site.events;
  }

  Meters meters() {
    return site.meters;
  }

  /** What is in effect now. */
  RelayConfig config() {
    return config;
  }

  private synchronized <T> Future<T> next(Supplier<Future<T>> step) {
    Future<T> own = last.transform(done -> step.get());
    last = own;
    return own;
  }

  /** Starts all stages; fails with a {@link StartException} that says which one could not. */
  Future<Void> start() {
    return next(() -> free().compose(v -> startAll()));
  }

  /** Starts all stages beside another process that has the same addresses. */
  Future<Void> startBeside() {
    return next(this::startAll);
  }

  private Future<Void> free() {
    return Site.each(config.listeners(), running.doorkeeper::checkFree)
        .compose(v -> running.checkAdminFree(config.admin()))
        .compose(v -> running.shell.lookWhetherFree(config.shell()))
        .compose(v -> running.reading.lookWhetherFree(config));
  }

  private Future<Void> startAll() {
    site.watchClocks();
    config
        .limits()
        .shortOf(config, ProcessMeters.mostDescriptors(), site.loops)
        .ifPresent(LOG::warn);
    running.taps = running.tapsOf(config);
    return Site.each(config.stores().values(), store -> running.startStore(store, config))
        .compose(v -> Site.each(config.destinations().values(), running::startOutput))
        .compose(v -> Site.each(config.accumulators().values(), this::startAccumulator))
        .compose(v -> running.startRouters(config.table()))
        .onSuccess(v -> running.accumulators.values().forEach(running.accumulating::begin))
        .compose(v -> running.startAdmin(config.admin(), running.taps.values()))
        .onSuccess(id -> running.admin = id)
        .compose(v -> running.shell.startIfItCan(config.shell()))
        .onSuccess(running.shell::keep)
        .compose(v -> running.reading.startFirst(config))
        .compose(v -> Site.each(config.listeners(), running::startListener))
        .onSuccess(v -> tellOfLeftLines());
  }

  private Future<Void> startAccumulator(AccumulatorSpec spec) {
    return running.startAccumulator(spec, config);
  }

  /** Beside what runs, since there may be much to read. */
  private void tellOfLeftLines() {
    LeftLines left = new LeftLines(config);
    site.vertx.executeBlocking(
        () -> {
          left.tell(site.events);
          return null;
        });
  }

  /** Has the kernel give all new connections to this process, as another still has the ports. */
  Future<Void> prefer() {
    return next(() -> Site.each(running.listeners.values(), running.doorkeeper::prefer));
  }

  /** The other process has gone. */
  Future<Void> share() {
    return next(
        () -> {
          running.listeners.values().forEach(listener -> listener.entrance().share());
          return Future.succeededFuture();
        });
  }

  /**
   * Puts another configuration in the place of the one that is in effect: see {@link Reload}. Done
   * when it is in effect; when it fails, the one before is in effect as before.
   */
  Future<Difference> reload(RelayConfig wanted) {
    return next(() -> reloadNow(wanted));
  }

  private Future<Difference> reloadNow(RelayConfig wanted) {
    Difference difference = Difference.between(config, wanted);
    Reload reload = new Reload(running, config, wanted, difference);
    return reload
        .run()
        .map(
            v -> {
              config = wanted;
              draining.removeIf(Future::isComplete);
              draining.add(reload.drained().onComplete(done -> tellOfLeftLines()));
              return difference;
            });
  }

  /** Stops all stages, listeners first; each deals with what it has within the deadline. */
  Future<Void> stop() {
    return stop(false);
  }

  /**
   * The same.
   *
   * @param succeeded whether another process serves the senders from now on
   */
  Future<Void> stop(boolean succeeded) {
    site.close();
    return next(() -> stopAll(succeeded));
  }

  private Future<Void> stopAll(boolean succeeded) {
    Leave leave = new Leave(config.shutdownGrace(), config.shutdownDeadline(), succeeded);
    return running
        .stopListeners(leave)
        .eventually(running.reading::stop)
        .eventually(running::stopAdmin)
        .eventually(() -> running.stopAccumulators(leave))
        .eventually(() -> running.shell.stop())
        .eventually(() -> running.stopRouters(leave))
        .eventually(() -> running.stopOutputs(leave))
        .eventually(() -> running.stopStores(leave))
        .eventually(() -> Site.join(draining))
        .eventually(site.vertx::close)
        .onFailure(e -> LOG.warn("a stage did not stop well: {}", e.toString()));
  }
}
