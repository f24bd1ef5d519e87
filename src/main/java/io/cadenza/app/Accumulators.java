package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig.OnStop;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.StateFolder;
import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Window;
import io.cadenza.meter.AccumulatorMeters;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Starts and stops accumulators. Two of one name may run for a while, as one takes the place of
 * another. One operation at a time.
 */
final class Accumulators {
  private static final Logger LOG = LoggerFactory.getLogger(Accumulators.class);

  /** How often it is looked whether a predecessor has left something. */
  private static final long LOOK_MILLIS = 1000;

  private static final long NO_TIMER = -1;

  /**
   * An accumulator that runs.
   *
   * @param shards in no order
   * @param timer that looks for what predecessors left
   */
  record Running(
      AccumulatorSpec spec,
      AccumulatorState state,
      Kinds.Made made,
      List<AccumulatorVerticle> shards,
      StateFolder folder,
      AtomicLong timer,
      String id) {}

  private final Site site;
  private final Map<String, List<Figures>> figures = new ConcurrentHashMap<>();
  private final Kinds kinds;
  private int generation;

  Accumulators(Site site) {
    this.site = site;
    this.kinds = new Kinds(site.meters, site.wall);
  }

  /**
   * @param states the folder under which processes leave what is open
   */
  Future<Running> start(AccumulatorSpec spec, Path states) {
    int configured = spec.common().shards();
    int count = configured == 0 ? site.loops : configured;
    AccumulatorMeters meters = new AccumulatorMeters(site.meters, spec.name());
    Kinds.Made made = kinds.make(spec, count, meters);
    AccumulatorState state =
        new AccumulatorState(
            spec.name(),
            count,
            spec.common().queue(),
            spec.cleansNames(),
            made.seen(),
            generation++);
    tell(meters, new Figures(state, made), true);
    List<AccumulatorVerticle> shards = new CopyOnWriteArrayList<>();
    AtomicInteger next = new AtomicInteger();
    IntSupplier shard = configured == 0 ? site.directory::here : next::getAndIncrement;
    StateFolder folder = new StateFolder(states.resolve(spec.folder()));
    return site.deploy(
            "accumulator " + spec.name(),
            () -> {
              AccumulatorVerticle verticle =
                  new AccumulatorVerticle(
                      state,
                      new AccumulatorVerticle.Kind(spec.common(), made.maker()),
                      shard,
                      site.directory,
                      meters,
                      site.wall,
                      site.steady);
              shards.add(verticle);
              return verticle;
            },
            count)
        .onFailure(e -> tell(meters, new Figures(state, made), false))
        .map(id -> new Running(spec, state, made, shards, folder, new AtomicLong(NO_TIMER), id));
  }

  /** Has it flush, and look for what predecessors left, as the routers know its pipelines now. */
  void begin(Running accumulator) {
    accumulator.shards().forEach(AccumulatorVerticle::begin);
    accumulator.timer().set(site.vertx.setPeriodic(1, LOOK_MILLIS, tick -> look(accumulator)));
  }

  private void tell(AccumulatorMeters meters, Figures one, boolean here) {
    List<Figures> all = figures.computeIfAbsent(one.name(), n -> new CopyOnWriteArrayList<>());
    if (here) {
      all.add(0, one);
      meters.keys(
          () -> sum(all, f -> f.made.room().keys()),
          () -> latest(all, f -> f.made.room().mostKeys()),
          () -> sum(all, f -> f.made.room().bytes()),
          () -> latest(all, f -> f.made.room().mostBytes()));
      meters.queue(() -> sum(all, Figures::queued), () -> latest(all, Figures::mostQueued));
      meters.samples(
          () -> sum(all, f -> f.made.samples().getAsLong()),
          () -> latest(all, f -> f.made.mostSamples()));
    } else {
      all.remove(one);
      if (all.isEmpty()) {
        meters.gone();
      }
    }
  }

  private static long sum(List<Figures> all, ToLongFunction<Figures> figure) {
    return all.stream().mapToLong(figure).sum();
  }

  private static long latest(List<Figures> all, ToLongFunction<Figures> figure) {
    return all.stream().mapToLong(figure).limit(1).sum();
  }

  /** What one tells of how full it is. */
  private record Figures(AccumulatorState state, Kinds.Made made) {
    private String name() {
      return state.name();
    }

    private long queued() {
      return windows(Window::taken);
    }

    private long mostQueued() {
      return windows(Window::limit);
    }

    private long windows(ToLongFunction<Window> figure) {
      return IntStream.range(0, state.shards()).mapToObj(state::window).mapToLong(figure).sum();
    }
  }

  /** Takes what a predecessor left, if it did. */
  private void look(Running accumulator) {
    site.vertx
        .executeBlocking(accumulator.folder()::take, false)
        .onFailure(e -> LOG.warn("accumulator {}: {}", accumulator.spec().name(), e.toString()))
        .onSuccess(all -> all.forEach(found -> adopt(accumulator, found)));
  }

  private void adopt(Running accumulator, StateFolder.Found found) {
    String name = accumulator.spec().name();
    if (found.damaged() > 0) {
      String text = "what was handed over is damaged, and stays in " + found.file();
      site.events.add(Level.WARN, "accumulator", name, text);
    }
    adopt(found.shards(), accumulator.shards())
        .compose(v -> blocking(() -> accumulator.folder().done(found)))
        .onSuccess(v -> LOG.info("accumulator {} goes on with what was handed over", name))
        .onFailure(e -> LOG.warn("accumulator {}: {}", name, e.toString()));
  }

  /** Has each shard take what is its own of what others had. */
  private static Future<Void> adopt(List<byte[]> handedOver, List<AccumulatorVerticle> shards) {
    List<Future<Void>> all = new ArrayList<>();
    for (byte[] one : handedOver) {
      shards.forEach(shard -> all.add(shard.adopt(one)));
    }
    return Site.join(all);
  }

  private interface Blocking {
    void run() throws IOException;
  }

  private Future<Void> blocking(Blocking work) {
    return site.vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        },
        false);
  }

  /** Stops one for good: what is open is flushed, or left to the next process. */
  Future<Void> stop(Running accumulator, Leave leave) {
    accumulator.state().leave(leave);
    site.vertx.cancelTimer(accumulator.timer().get());
    Future<Void> gone =
        accumulator.spec().common().onStop() == OnStop.HAND_OVER
            ? handOver(accumulator)
                .compose(shards -> blocking(() -> accumulator.folder().leave(shards)))
                .recover(e -> flushInstead(accumulator, e))
            : flushAll(accumulator);
    return gone.onFailure(
            e ->
                LOG.error(
                    "accumulator {}: what was open is lost: {}",
                    accumulator.spec().name(),
                    e.toString()))
        .eventually(() -> end(accumulator))
        .otherwiseEmpty();
  }

  private Future<Void> flushInstead(Running accumulator, Throwable why) {
    LOG.error(
        "accumulator {}: what is open can't be handed over, and is flushed: {}",
        accumulator.spec().name(),
        why.toString());
    return flushAll(accumulator);
  }

  private static Future<Void> flushAll(Running accumulator) {
    return Site.join(accumulator.shards().stream().map(AccumulatorVerticle::flushAll).toList());
  }

  /** Stops one whose place another has taken: that goes on with what is open. */
  Future<Void> replace(Running old, Running by) {
    site.vertx.cancelTimer(old.timer().get());
    return handOver(old)
        .compose(all -> adopt(all, by.shards()))
        .onFailure(e -> LOG.error("accumulator {}: {}", old.spec().name(), e.toString()))
        .eventually(() -> end(old))
        .otherwiseEmpty();
  }

  private static Future<List<byte[]>> handOver(Running accumulator) {
    List<Future<byte[]>> all =
        accumulator.shards().stream().map(AccumulatorVerticle::handOver).toList();
    return Future.all(all).map(done -> done.list());
  }

  private Future<Void> end(Running accumulator) {
    AccumulatorMeters meters = new AccumulatorMeters(site.meters, accumulator.spec().name());
    return site.undeploy(accumulator.id())
        .onComplete(
            done -> tell(meters, new Figures(accumulator.state(), accumulator.made()), false));
  }
}
