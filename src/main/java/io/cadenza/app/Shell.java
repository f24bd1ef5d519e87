package io.cadenza.app;

import io.cadenza.admin.HealthStatus;
import io.cadenza.admin.ShellConfig;
import io.cadenza.admin.ShellVerticle;
import io.cadenza.admin.StatsdAccumulators;
import io.cadenza.config.Url;
import io.cadenza.listen.Entrance;
import io.cadenza.meter.ShellMeters;
import io.vertx.core.Future;
import java.util.Optional;

/** How the shell is started and stopped, and what outlives it. One operation at a time. */
final class Shell {
  private final Site site;
  private final StatsdAccumulators accumulators;
  private final HealthStatus health;
  private final ShellMeters meters;
  private final long started;
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
    if (config.listen().isEmpty()) {
      return Future.succeededFuture();
    }
    Entrance probe = new Entrance(site.doors, config.listen().get(), "probe");
    return site.prepare(
        what(config.listen().get()),
        () -> {
          probe.checkFree();
          return null;
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
