package io.cadenza.app;

import io.cadenza.bus.Leave;
import io.cadenza.config.Url;
import io.cadenza.listen.Entrance;
import io.cadenza.listen.HttpListenerVerticle;
import io.cadenza.listen.Intakes;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.listen.TcpListenerVerticle;
import io.cadenza.listen.UdpListenerVerticle;
import io.cadenza.meter.ListenerMeters;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops listeners. Two of one name may run for a while, on one address even, as one
 * takes the place of another; they count as one. One operation at a time.
 */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private static final int MOST_LOOKS = 50;
  private static final long LOOK_MILLIS = 20;

  /** A listener that runs. */
  record Listener(ListenerConfig config, Entrance entrance, Intakes intakes, String id) {}

  private final Site site;
  private final Map<String, Integer> instances;
  private final Map<String, ListenerMeters> meters = new HashMap<>();
  private final Map<String, Deque<Intakes>> running = new HashMap<>();
  private int generation;

  /**
   * @param instances by name, beside what the configuration says
   */
  Listeners(Site site, Map<String, Integer> instances) {
    this.site = site;
    this.instances = instances;
  }

  private static String what(ListenerConfig config) {
    return "listener " + config.name() + " on " + config.url();
  }

  /** Fails where another process has the address. */
  Future<Void> checkFree(ListenerConfig config) {
    return site.checkFree(what(config), config.url());
  }

  /** Waits until an address is free that was ours: without epoll that is a moment after a close. */
  Future<Void> awaitFree(ListenerConfig config) {
    return awaitFree(config, MOST_LOOKS);
  }

  private Future<Void> awaitFree(ListenerConfig config, int looks) {
    return checkFree(config)
        .recover(
            taken ->
                looks == 0
                    ? Future.failedFuture(taken)
                    : site.vertx
                        .timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(v -> awaitFree(config, looks - 1)));
  }

  Future<Listener> start(ListenerConfig config) {
    String name = config.name() + "@" + ProcessHandle.current().pid() + "." + generation++;
    Entrance entrance = new Entrance(site.doors, config.url(), name);
    ListenerMeters own = meters(config);
    entrance.watch("listener " + config.name(), own.acceptFailures);
    Intakes intakes =
        new Intakes(
            config,
            Catalog.format(config),
            own,
            site.senders,
            site.directory,
            site.steady,
            site.wall,
            entrance);
    come(config.name(), intakes);
    int count = instances(config);
    AtomicInteger next = new AtomicInteger();
    IntFunction<Deployable> verticle =
        index ->
            switch (config.url().scheme()) {
              case TCP, UNIX -> new TcpListenerVerticle(config, intakes);
              case HTTP, HTTPS -> new HttpListenerVerticle(config, intakes);
              case UDP -> new UdpListenerVerticle(config, intakes, index, count);
              case TAP, STORE -> throw new IllegalArgumentException("no listener: " + config.url());
            };
    return site.deploy(what(config), () -> verticle.apply(next.getAndIncrement()), count)
        .map(id -> new Listener(config, entrance, intakes, id))
        .onFailure(e -> gone(config.name(), intakes, entrance));
  }

  /** How many instances of a listener there are: of some kinds there can be but one. */
  private int instances(ListenerConfig config) {
    int own = instances.getOrDefault(config.name(), config.instances());
    boolean udp = config.url().scheme() == Url.Scheme.UDP;
    if (udp && own != 1 && !UdpListenerVerticle.shares(site.vertx)) {
      LOG.info(
          "listener {}: no native transport here, so one socket takes all datagrams",
          config.name());
      return 1;
    }
    if (config.url().scheme() == Url.Scheme.UNIX) {
      return 1;
    }
    return own > 0 ? own : site.loops;
  }

  /** Stops one, when its senders have gone, or when their time is over. */
  Future<Void> stop(Listener listener, Leave leave) {
    listener.entrance().leave(leave);
    String name = listener.config().name();
    return site.undeploy(listener.id())
        .onComplete(done -> gone(name, listener.intakes(), listener.entrance()));
  }

  /** Has the kernel give all new connections to this one, as another still has the port. */
  Future<Void> prefer(Listener listener) {
    return site.prepare(
        what(listener.config()),
        () -> {
          listener.entrance().prefer();
          return null;
        });
  }

  /** Whether the second can listen while the first does. */
  boolean fitBeside(ListenerConfig first, ListenerConfig second) {
    boolean files = second.url().scheme() == Url.Scheme.UNIX;
    boolean share = UdpListenerVerticle.shares(site.vertx);
    return files
        || !RelayConfig.sameAddress(first.url(), second.url())
        || share && first.reusePort() && second.reusePort();
  }

  private synchronized ListenerMeters meters(ListenerConfig config) {
    return meters.computeIfAbsent(config.name(), name -> new ListenerMeters(site.meters, name));
  }

  private synchronized void come(String name, Intakes intakes) {
    running.computeIfAbsent(name, n -> new ArrayDeque<>()).addLast(intakes);
    meters.get(name).here();
    intakes.announce();
  }

  private synchronized void gone(String name, Intakes intakes, Entrance entrance) {
    entrance.over();
    Deque<Intakes> left = running.get(name);
    left.remove(intakes);
    if (left.isEmpty()) {
      meters.get(name).gone();
    } else {
      left.getLast().announce();
    }
  }
}
