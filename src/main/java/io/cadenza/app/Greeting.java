package io.cadenza.app;

import io.cadenza.config.Url;
import io.cadenza.listen.ListenerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says when all runs. */
final class Greeting {
  private static final Logger LOG = LoggerFactory.getLogger("cadenza");

  private Greeting() {}

  /** Says what listens where, and what to try first. */
  static void tell(RelayConfig config) {
    LOG.info("Cadenza {} is ready", About.version());
    for (ListenerConfig listener : config.listeners()) {
      LOG.info(
          "  {} takes {} lines into {} ({})",
          listener.url(),
          listener.format(),
          listener.into(),
          listener.name());
    }
    Url admin = config.admin().listen();
    LOG.info("  http://{}/stats and /metrics show what it does", admin.address());
    config
        .shell()
        .listen()
        .ifPresent(shell -> LOG.info("  {} is the shell: help, commands", shell.address()));
    Reading.api(config)
        .ifPresent(api -> LOG.info("  http://{}/ draws what is stored", api.address()));
    config.eachRingWarning((cluster, warning) -> LOG.warn("cluster {}: {}", cluster, warning));
    suggestTap(config, admin);
    config.listeners().stream()
        .filter(l -> l.url().scheme() == Url.Scheme.TCP && l.format().equals("graphite"))
        .findFirst()
        .ifPresent(Greeting::suggest);
  }

  private static void suggestTap(RelayConfig config, Url admin) {
    boolean tapped =
        config.destinations().values().stream()
            .anyMatch(destination -> destination.url().scheme() == Url.Scheme.TAP);
    if (tapped) {
      LOG.info("  see what comes: curl -sN http://{}/tap", admin.address());
    }
  }

  private static void suggest(ListenerConfig listener) {
    LOG.info(
        "  send a line: echo \"test.first 42 $(date +%s)\" > /dev/tcp/127.0.0.1/{}",
        listener.url().port());
  }
}
