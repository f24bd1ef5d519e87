package io.cadenza.app;

import io.cadenza.admin.HealthStatus;
import io.cadenza.admin.ShellConfig;
import io.cadenza.admin.ShellVerticle;
import io.cadenza.admin.StatsdAccumulators;
import io.cadenza.config.Url;
import io.cadenza.meter.ShellMeters;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** How the shell is started and stopped, and what outlives it. One operation at a time. */
final class Shell {
  private static final Logger LOG = LoggerFactory.getLogger(Shell.class);

  private final Site site;
  private final StatsdAccumulators accumulators;
  private final HealthStatus health;
  private final ShellMeters meters;
  private final long started;
  private boolean without;
  private Optional<Own> now = Optional.empty();

  /**
   * One shell.
   *
   * @param id what stops it; none where the configuration wants no shell
   */
  record Own(ShellConfig config, Optional<String> id) {}

  Shell(Site site, StatsdAccumulators accumulators) {
    this.site = site;
    this.accumulators = accumulators;
    this.health = new HealthStatus(site.events);
    this.meters = new ShellMeters(site.meters);
    this.started = site.wall.millis();
  }

  private static String what(Url listen) {
    return "shell on " + listen;
  }

  Future<Void> checkFree(ShellConfig config) {
    return config
        .listen()
        .map(address -> site.checkFree(what(address), address))
        .orElse(Future.succeededFuture());
  }

  /** Looks whether another process has the address: then this one goes without a shell. */
  Future<Void> lookWhetherFree(ShellConfig config) {
    return checkFree(config)
        .recover(
            why -> {
              goWithout(why);
              return Future.succeededFuture();
            });
  }

  /** Lines matter more than the shell: the process starts without it when it has to. */
  private void goWithout(Throwable why) {
    without = true;
    LOG.warn("{}; there is no shell until the next reload that changes it", why.getMessage());
    site.events.add(Level.WARN, "shell", "shell", why.getMessage());
  }

  /** The first one. */
  Future<Own> startIfItCan(ShellConfig config) {
    Own none = new Own(config, Optional.empty());
    return without
        ? Future.succeededFuture(none)
        : start(config)
            .recover(
                why -> {
                  goWithout(why);
                  return Future.succeededFuture(none);
                });
  }

  /** Starts one, maybe beside the one that is there. */
  Future<Own> start(ShellConfig config) {
    if (config.listen().isEmpty()) {
      return Future.succeededFuture(new Own(config, Optional.empty()));
    }
    return site.deploy(
            what(config.listen().get()),
            () -> new ShellVerticle(config, accumulators, health, meters, site.wall, started),
            1)
        .map(id -> new Own(config, Optional.of(id)));
  }

  /** This is the one that runs from now on. */
  void keep(Own own) {
    now = Optional.of(own);
    if (own.id.isPresent()) {
      meters.here(own.config.maxConnections());
    } else {
      meters.gone();
    }
  }

  /** Stops the one that runs. */
  Future<Void> stop() {
    Future<Void> stopped = now.map(this::stop).orElse(Future.succeededFuture());
    now = Optional.empty();
    return stopped;
  }

  Future<Void> stop(Own own) {
    return own.id.isEmpty() ? Future.succeededFuture() : site.undeploy(own.id.get());
  }
}
