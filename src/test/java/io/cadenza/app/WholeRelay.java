package io.cadenza.app;

import io.cadenza.config.Configuration;
import io.cadenza.config.Url;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.meter.Events;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The whole relay in the process of a test: real listeners, routers and outputs. */
public final class WholeRelay implements AutoCloseable {
  private final Relay relay;

  private WholeRelay(RelayConfig config, InstantSource clock) {
    this.relay = new Relay(config, Map.of(), clock);
  }

  /** Without a shell, unless the text has one: its port would be that of all tests. */
  private static RelayConfig read(String text, String name) {
    return RelayConfig.read(
        Configuration.read("shell.listen = null, api.listen = null, " + text, name));
  }

  /**
   * Starts a relay and answers when it is ready.
   *
   * @param text a configuration
   * @param name stands for its file in problems
   */
  public static WholeRelay start(String text, String name) {
    return start(text, name, Clock.systemUTC());
  }

  /** As {@link #start(String, String)}, with a clock of the test's own. */
  public static WholeRelay start(String text, String name, InstantSource clock) {
    WholeRelay running = new WholeRelay(read(text, name), clock);
    try {
      await(running.relay.start());
    } catch (IllegalStateException failed) {
      running.close();
      throw failed;
    }
    return running;
  }

  /**
   * Changes the configuration, as on SIGHUP, and answers when it is in effect.
   *
   * @return what was different, a line for each thing
   * @throws IllegalStateException when it could not be done, with why
   */
  public List<String> reload(String text) {
    return await(relay.reload(read(text, "reload"))).lines();
  }

  /** Where each listener is bound, as configured. */
  public Map<String, Url> listeners() {
    Map<String, Url> all = new TreeMap<>();
    relay.config().listeners().forEach(listener -> all.put(listener.name(), listener.url()));
    return all;
  }

  /** Which pipeline each listener feeds. */
  public Map<String, String> entries() {
    Map<String, String> all = new TreeMap<>();
    for (ListenerConfig listener : relay.config().listeners()) {
      all.put(listener.name(), listener.into());
    }
    return all;
  }

  /** Whether other pipelines or accumulators send lines to this one. */
  public boolean isNested(String pipeline) {
    return pipeline.contains(":")
        || relay.config().table().pipelines().values().stream()
            .flatMap(p -> p.targets().stream())
            .anyMatch(pipeline::equals);
  }

  /** All figures now. */
  public Map<String, Object> stats() {
    return relay.meters().snapshot();
  }

  /** What the events that are kept say, a line each. */
  public String events() {
    return relay.events().all().stream().map(Events.Event::text).collect(Collectors.joining("\n"));
  }

  /** Stops as on SIGTERM; afterwards the figures are final. */
  @Override
  public void close() {
    await(relay.stop());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
