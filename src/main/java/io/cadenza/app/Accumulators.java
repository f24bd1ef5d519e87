package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig.OnStop;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.StateFolder;
import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Window;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.store.Caches;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops accumulators. Two of one name may run for a while, as one takes the place of
 * another. One operation at a time.
 */
final class Accumulators {
  private static final Logger LOG = LoggerFactory.getLogger(Accumulators.class);

  /**
   * An accumulator that runs.
   *
   * @param shards in no order
   * @param predecessors what others of its name left
   */
  record Running(
      AccumulatorSpec spec,
      AccumulatorState state,
      Kinds.Made made,
      List<AccumulatorVerticle> shards,
      StateFolder folder,
      Predecessors predecessors,
      String id) {}

  private final Site site;
  private final Map<String, List<Figures>> figures = new ConcurrentHashMap<>();
  private final Kinds kinds;
  private int generation;

  /**
   * @param stores those that run
   */
  Accumulators(Site site, Caches stores) {
    this.site = site;
    this.kinds = new Kinds(site.meters, site.wall, stores);
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
    IntSupplier shard = places(count);
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
        .map(
            id -> {
              Predecessors predecessors = new Predecessors(site, spec.name(), folder, shards);
              return new Running(spec, state, made, shards, folder, predecessors, id);
            });
  }

  /** Gives each shard a number, that of its event loop where no other shard has that. */
  private IntSupplier places(int count) {
    Set<Integer> taken = ConcurrentHashMap.newKeySet();
    return () -> {
      int here = site.directory.here();
      return IntStream.range(here, here + count)
          .map(place -> place % count)
          .filter(taken::add)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("more than " + count + " shards"));
    };
  }

  /** Has it flush, and look for what predecessors left, as the routers know its pipelines now. */
  void begin(Running accumulator) {
    accumulator.shards().forEach(AccumulatorVerticle::begin);
    accumulator.predecessors().begin();
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
    return accumulator
        .predecessors()
        .end()
        .compose(v -> emptied(accumulator))
        .onFailure(
            e ->
                LOG.error(
                    "accumulator {}: what was open is lost: {}",
                    accumulator.spec().name(),
                    e.toString()))
        .eventually(() -> end(accumulator))
        .otherwiseEmpty();
  }

  private Future<Void> emptied(Running accumulator) {
    return accumulator.spec().common().onStop() == OnStop.HAND_OVER
        ? handOver(accumulator)
            .compose(shards -> blocking(() -> accumulator.folder().leave(shards)))
            .recover(e -> flushInstead(accumulator, e))
        : flushAll(accumulator);
  }

  private Future<Void> flushInstead(Running accumulator, Throwable why) {
    LOG.error(
        "accumulator {}: what is open can't be handed over, and is flushed: {}",
        accumulator.spec().name(),
        why.toString());
    return flushAll(accumulator);
  }

  private static Future<Void> flushAll(Running accumulator) {
    accumulator.state().end();
    return Site.join(accumulator.shards().stream().map(AccumulatorVerticle::flushAll).toList());
  }

  /** Stops one whose place another has taken: that goes on with what is open. */
  Future<Void> replace(Running old, Running by) {
    return old.predecessors()
        .end()
        .compose(v -> handOver(old))
        .compose(all -> Predecessors.adopt(all, by.shards()))
        .onFailure(e -> LOG.error("accumulator {}: {}", old.spec().name(), e.toString()))
        .eventually(() -> end(old))
        .otherwiseEmpty();
  }

  private static Future<List<byte[]>> handOver(Running accumulator) {
    accumulator.state().end();
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
