package io.cadenza.app;

import io.cadenza.config.Url;
import io.cadenza.listen.ListenerConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the relay until it is told to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the relay. SIGTERM stops it: what it has is sent on first.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("cadenza");

  @Mixin private ConfigOption option;

  @Spec private CommandSpec spec;

  @Option(
      names = "--instances",
      paramLabel = "N|NAME=N",
      description = "Event loops; or the instances of one listener. May be given several times.")
  private List<String> instances = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Integer> own = new HashMap<>();
    int loops = 0;
    for (String text : instances) {
      int equals = text.indexOf('=');
      int n = number(text.substring(equals + 1));
      if (equals < 0) {
        loops = n;
      } else {
        own.put(text.substring(0, equals), n);
      }
    }
    Optional<RelayConfig> read = option.read();
    if (read.isEmpty()) {
      return 1;
    }
    RelayConfig config = loops == 0 ? read.get() : read.get().withInstances(loops);
    checkNames(own, config);
    return run(config, own);
  }

  private int number(String text) {
    try {
      int n = Integer.parseInt(text.trim());
      if (n >= 1 && n <= 256) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(), "--instances: \"" + text + "\" is no number from 1 to 256");
  }

  private void checkNames(Map<String, Integer> own, RelayConfig config) {
    List<String> known = config.listeners().stream().map(ListenerConfig::name).toList();
    for (String name : own.keySet()) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "--instances: no listener " + name + "; known: " + known);
      }
    }
  }

  private static int run(RelayConfig config, Map<String, Integer> own) throws InterruptedException {
    Relay relay = new Relay(config, own, Clock.systemUTC());
    // A thread that a full heap has ended would leave the rest half dead.
    Thread.setDefaultUncaughtExceptionHandler(relay.failures());
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean failedToStart = new AtomicBoolean();
    Thread hook = new Thread(() -> shutDown(relay, config, failedToStart), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      relay.start().toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException failed) {
      LOG.error(failed.getCause().getMessage());
      failedToStart.set(true);
      stop(relay, config);
      return 1;
    }
    greet(config);
    over.await();
    return 0;
  }

  /** On SIGTERM or SIGINT: the JVM would say 143 or 130 in the end; an ordered stop is 0. */
  private static void shutDown(Relay relay, RelayConfig config, AtomicBoolean failedToStart) {
    if (failedToStart.get()) {
      return;
    }
    LOG.info("stopping");
    stop(relay, config);
    LOG.info("stopped");
    Runtime.getRuntime().halt(0);
  }

  private static void stop(Relay relay, RelayConfig config) {
    // Routers and destinations have the deadline each; some seconds for sockets to close.
    long millis = 2 * config.shutdownDeadline().toMillis() + 5000;
    try {
      relay.stop().toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("could not stop in time: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void greet(RelayConfig config) {
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
    config.eachRingWarning((cluster, warning) -> LOG.warn("cluster {}: {}", cluster, warning));
    suggestTap(config, admin);
    config.listeners().stream()
        .filter(l -> l.url().scheme() == Url.Scheme.TCP && l.format().equals("graphite"))
        .findFirst()
        .ifPresent(RunCommand::suggest);
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
