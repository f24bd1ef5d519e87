package io.cadenza.app;

import io.cadenza.bus.Handover;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Window;
import io.cadenza.config.Url;
import io.cadenza.listen.Doors;
import io.cadenza.listen.Entrance;
import io.cadenza.meter.ClockWatch;
import io.cadenza.meter.Events;
import io.cadenza.meter.Failures;
import io.cadenza.meter.Meters;
import io.cadenza.meter.SteadyClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where all stages run, and what they share: the event loops, the doors, the meters. */
final class Site {
  private static final Logger LOG = LoggerFactory.getLogger(Site.class);

  private static final long WATCH_MILLIS = 1000;

  /** What the JVM exits with. */
  private static final int OUT_OF_MEMORY = 3;

  private static final byte[] LAST_WORDS =
      ("out of memory: the process ends; give it a larger heap (-Xmx), or lower the bounds that"
              + " docs/limits.md names\n")
          .getBytes(StandardCharsets.UTF_8);
  private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

  final int loops;
  final Loops directory;
  final Doors doors;
  final Vertx vertx;
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Meters meters = new Meters(registry);
  final InstantSource wall;
  final InstantSource steady;
  final Events events;

  /** Is told of what no thread has caught. */
  final Failures failures;

  /** Bounds the connections of all listeners together. */
  final Window senders;

  /** The threads of those that have their own: kept for timers that fire while one stops. */
  private final Map<String, WorkerExecutor> threads = new ConcurrentHashMap<>();

  private volatile boolean closing;

  /**
   * @param wall the time of day, which may jump
   */
  Site(RelayConfig config, InstantSource wall) {
    int cores = Runtime.getRuntime().availableProcessors();
    this.loops = config.instances() > 0 ? config.instances() : cores;
    this.directory = new Loops(loops);
    this.wall = wall;
    this.steady = new SteadyClock(wall);
    this.events = new Events(meters, wall, config.eventsKept());
    this.senders = new Window(config.limits().connections());
    new ProcessMeters(meters, senders);
    String others = "As at listeners, of servers that are none";
    this.doors = new Doors(meters.process().counter("accept-failures", others), steady);
    this.vertx = Vertx.builder().with(options(loops)).withTransport(doors).build();
    this.failures = new Failures(meters, steady, Site::halt);
    vertx.exceptionHandler(failures::happened);
    Handover.register(vertx.eventBus());
  }

  /**
   * As the JVM does with -XX:+ExitOnOutOfMemoryError, which sees more and is better. Allocates
   * nothing.
   */
  private static void halt() {
    try {
      STDERR.write(LAST_WORDS);
    } catch (IOException e) {
      // Nobody listens.
    } finally {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
  }

  /** Looks every second whether the time of day has jumped. */
  void watchClocks() {
    ClockWatch clocks = new ClockWatch(wall, steady, meters, events);
    vertx.setPeriodic(WATCH_MILLIS, tick -> clocks.look());
  }

  private static VertxOptions options(int loops) {
    return new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(4)
        .setAddressResolverOptions(new AddressResolverOptions().setHostsRefreshPeriod(10_000));
  }

  /** Starts the instances of something; fails with a {@link StartException} that says what. */
  Future<String> deploy(String what, Supplier<? extends Deployable> verticle, int count) {
    if (closing) {
      return Future.failedFuture(new StartException(what, "the process is told to stop"));
    }
    return vertx
        .deployVerticle(verticle, new DeploymentOptions().setInstances(count))
        .recover(e -> Future.failedFuture(new StartException(what, e)));
  }

  /** Starts one thing that may block, on a worker thread of its own. */
  Future<String> deployWorker(String what, Deployable verticle) {
    WorkerExecutor held = vertx.createSharedWorkerExecutor(what, 1);
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(what)
            .setWorkerPoolSize(1)
            .setMaxWorkerExecuteTime(1)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS);
    return vertx
        .deployVerticle(verticle, options)
        .onSuccess(id -> threads.put(id, held))
        .onFailure(e -> held.close())
        .recover(e -> Future.failedFuture(new StartException(what, e)));
  }

  /** Does what may block, before something is started. */
  <T> Future<T> prepare(String what, Callable<T> work) {
    return vertx
        .executeBlocking(work, false)
        .recover(e -> Future.failedFuture(new StartException(what, e)));
  }

  /** Fails where another process has an address. */
  Future<Void> checkFree(String what, Url address) {
    Entrance probe = new Entrance(doors, address, "probe");
    return prepare(
        what,
        () -> {
          probe.checkFree();
          return null;
        });
  }

  /** Stops the instances of something; never fails. */
  Future<Void> undeploy(String id) {
    return vertx
        .undeploy(id)
        .recover(
            e -> {
              LOG.warn("a stage did not stop well: {}", e.toString());
              return Future.succeededFuture();
            })
        .onComplete(
            gone -> {
              WorkerExecutor held = threads.remove(id);
              if (held != null) {
                held.close();
              }
            });
  }

  /** Does it with one after the other, as long as it goes well. */
  static <T> Future<Void> each(Iterable<T> all, Function<T, Future<Void>> step) {
    Future<Void> done = Future.succeededFuture();
    for (T one : all) {
      done = done.compose(v -> step.apply(one));
    }
    return done;
  }

  /** Done when all are. */
  static Future<Void> join(List<Future<Void>> all) {
    return all.isEmpty() ? Future.succeededFuture() : Future.join(all).mapEmpty();
  }

  /** From now on nothing is started any more. */
  void close() {
    closing = true;
  }
}
