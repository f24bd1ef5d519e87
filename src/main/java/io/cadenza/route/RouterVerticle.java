package io.cadenza.route;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Address;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Window;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.hash.HashRing;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.LineRun;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes the batches of the listeners on its event loop. One instance a core.
 *
 * <p>A batch that has to wait for a full destination is kept, with all that the same listener sends
 * behind it, and that listener pauses as its lane fills; when there is room it goes on at the line
 * where it stopped. What comes from other listeners is not held back.
 */
public final class RouterVerticle extends VerticleBase {
  /**
   * What a router must know of a destination.
   *
   * @param connections how many it has; as many as there are event loops where each has its own
   */
  public record Exit(DestinationState state, DestinationMeters meters, int connections) {}

  /**
   * Where a router can send lines.
   *
   * @param exits by destination
   * @param accumulators by their names in metrics
   */
  public record Ways(Map<String, Exit> exits, Map<String, AccumulatorState> accumulators) {
    public Ways {
      exits = Map.copyOf(exits);
      accumulators = Map.copyOf(accumulators);
    }
  }

  /** How soon it is seen that destinations came up or went down: those of one moment together. */
  private static final long LOOK_MILLIS = 100;

  /** How accumulators read lines is their own affair; what is sent to them has its key marked. */
  private static final LineFormat FED = new GraphiteFormat();

  private static final Logger LOG = LoggerFactory.getLogger(RouterVerticle.class);

  /** How often it is told how full caches are. */
  private static final long TICK_MILLIS = 1000;

  private final RoutingTable firstTable;
  private final Loops loops;
  private final Meters meters;
  private final InstantSource clock;
  private final Ways firstWays;
  private final Map<Window, Inbox> inboxes = new IdentityHashMap<>();
  private Ways ways;
  private Router router;
  private int index;
  private long turns;
  private boolean armed;
  private boolean looking;
  private final Runnable turned = () -> context.runOnContext(v -> lookSoon());
  private volatile Leave leave;
  private Promise<Void> drained;
  private final List<Promise<Void>> idlers = new ArrayList<>();

  public RouterVerticle(
      RoutingTable table, Loops loops, Meters meters, InstantSource clock, Ways ways) {
    this.firstTable = table;
    this.loops = loops;
    this.meters = meters;
    this.clock = clock;
    this.firstWays = ways;
  }

  @Override
  public Future<?> start() {
    index = loops.claim();
    ways = firstWays;
    router = router(firstTable, firstWays);
    router.levels().publish();
    watch(firstWays);
    lookSoon(); // There may have been turns before.
    vertx.setPeriodic(TICK_MILLIS, tick -> router.levels().publish());
    return vertx
        .eventBus()
        .<Parcel<LineBatch>>localConsumer(Address.route(index), m -> take(m.body()))
        .completion();
  }

  private Router router(RoutingTable table, Ways to) {
    return new Router(
        table,
        index,
        meters,
        clock,
        name -> outlet(name, to.exits().get(name)),
        name -> feed(to.accumulators().get(name)),
        this::makeRing);
  }

  private Feed feed(AccumulatorState state) {
    List<Lane<LineBatch>> lanes =
        IntStream.range(0, state.shards())
            .mapToObj(i -> new Lane<LineBatch>(vertx.eventBus(), state.address(i), state.window(i)))
            .toList();
    AccumulatorMeters fed = new AccumulatorMeters(meters, state.name());
    return new Feed(
        state,
        FED,
        (shard, batch) -> {
          if (state.ended()) {
            fed.missed(batch.count(), batch.size());
          } else {
            lanes.get(shard).send(batch, state.name(), batch.size());
          }
        });
  }

  /**
   * Routes by another table. It is made ready beside the event loop and takes the place of the old
   * one between two batches; what waits for a full destination is looked at anew. Any thread, once
   * this has started.
   *
   * @return done when all that went out by the old table is on its way
   */
  public Future<Void> turnTo(RoutingTable table, Ways to) {
    Promise<Void> turned = Promise.promise();
    context
        .executeBlocking(() -> router(table, to), false)
        .onComplete(
            made ->
                context.runOnContext(
                    v -> {
                      if (made.succeeded()) {
                        turnTo(made.result(), to, turned);
                      } else {
                        turned.fail(made.cause());
                      }
                    }));
    return turned.future();
  }

  private void turnTo(Router next, Ways to, Promise<Void> turned) {
    try {
      turnTo(next, to);
      turned.complete();
    } catch (RuntimeException mistake) {
      turned.fail(mistake);
    }
  }

  private void turnTo(Router next, Ways to) {
    router.flush();
    router.levels().takeBack();
    router = next;
    unwatch(ways);
    ways = to;
    watch(to);
    turns = turnsNow();
    router.refresh();
    router.levels().publish();
    inboxes.values().removeIf(inbox -> inbox.waiting.isEmpty());
    for (Inbox inbox : List.copyOf(inboxes.values())) {
      inbox.held = false;
      work(inbox);
    }
  }

  /** Says how long a stop may take; before it is told to. Any thread. */
  public void leave(Leave now) {
    leave = now;
  }

  /** With more connections than event loops, a router has several of them. */
  private Outlet outlet(String destination, Exit exit) {
    List<Consumer<LineRun>> ways = new ArrayList<>();
    for (int c = index % exit.connections(); c < exit.connections(); c += loops.count()) {
      Lane<LineRun> lane =
          new Lane<>(vertx.eventBus(), exit.state().address(c), exit.state().queue());
      ways.add(run -> lane.send(run, destination, run.size()));
    }
    return Outlet.of(exit.state(), exit.meters(), ways);
  }

  private void makeRing(Supplier<HashRing> work, Consumer<HashRing> done) {
    vertx
        .executeBlocking(work::get, false)
        .onFailure(mistake -> LOG.error("router {}: no ring could be made", index, mistake))
        .onComplete(
            made -> {
              done.accept(made.result());
              retry();
            });
  }

  /** Looking now and then instead would wake the event loop of an idle relay ten times a second. */
  private void watch(Ways next) {
    next.exits().values().forEach(exit -> exit.state().watch(turned));
  }

  private void unwatch(Ways last) {
    last.exits().values().forEach(exit -> exit.state().unwatch(turned));
  }

  private void lookSoon() {
    if (!looking) {
      looking = true;
      vertx.setTimer(
          LOOK_MILLIS,
          over -> {
            looking = false;
            look();
          });
    }
  }

  private void look() {
    long now = turnsNow();
    if (now != turns) {
      turns = now;
      router.refresh();
      retry();
    }
  }

  /** Rises with every turn of the destinations that there are. */
  private long turnsNow() {
    long now = 0;
    for (Exit exit : ways.exits().values()) {
      now += exit.state().turns();
    }
    return now;
  }

  /** What waits for a destination that went down may go to another one now. */
  private void retry() {
    for (Inbox inbox : List.copyOf(inboxes.values())) {
      if (inbox.held) {
        inbox.held = false; // Woken later all the same, it looks once more.
        work(inbox);
      }
    }
  }

  private void take(Parcel<LineBatch> parcel) {
    Inbox inbox = inboxes.computeIfAbsent(parcel.window(), lane -> new Inbox());
    inbox.waiting.add(parcel);
    work(inbox);
  }

  private void work(Inbox inbox) {
    while (!inbox.held && !inbox.waiting.isEmpty()) {
      Parcel<LineBatch> parcel = inbox.waiting.peek();
      inbox.done = route(parcel, inbox.done);
      if (inbox.done < parcel.load().count()) {
        hold(inbox);
      } else {
        inbox.done = 0;
        inbox.waiting.remove();
        parcel.load().done();
        parcel.done();
      }
    }
    arm();
    finish();
  }

  /** Whatever goes wrong with one batch, the next ones are routed. */
  private int route(Parcel<LineBatch> parcel, int from) {
    try {
      return router.route(parcel, from);
    } catch (RuntimeException mistake) {
      LOG.error("router {}: a batch could not be routed", index, mistake);
      parcel.load().keep(); // Who knows where some of it is.
      router.fail(parcel, from);
      return parcel.load().count();
    }
  }

  private void hold(Inbox inbox) {
    inbox.held = true;
    router
        .waitsFor()
        .whenRoom(
            () ->
                context.runOnContext(
                    v -> {
                      inbox.held = false;
                      work(inbox);
                    }));
  }

  /** Sends open runs off after all batches of this turn of the event loop. */
  private void arm() {
    if (!armed) {
      armed = true;
      context.runOnContext(
          v -> {
            armed = false;
            router.flush();
          });
    }
  }

  private void finish() {
    if (drained == null && idlers.isEmpty()) {
      return;
    }
    if (inboxes.values().stream().allMatch(inbox -> inbox.waiting.isEmpty())) {
      if (drained != null) {
        drained.tryComplete();
      }
      router.flush();
      idlers.forEach(Promise::tryComplete);
      idlers.clear();
    }
  }

  /**
   * Done when all that has come so far is on its way, or when its time is over. Any thread.
   *
   * @param millis how long to wait at most
   */
  public Future<Void> settle(long millis) {
    Promise<Void> settled = Promise.promise();
    context.runOnContext(
        v -> {
          idlers.add(settled);
          vertx.setTimer(Math.max(1, millis), late -> settled.tryComplete());
          finish();
        });
    return settled.future();
  }

  /** Waits until all that came is on its way; what still waits at the deadline is dropped. */
  @Override
  public Future<?> stop() {
    drained = Promise.promise();
    long millis = leave == null ? 0 : leave.routersMillis();
    long timer = vertx.setTimer(Math.max(1, millis), late -> drained.tryComplete());
    finish();
    return drained
        .future()
        .onComplete(
            over -> {
              vertx.cancelTimer(timer);
              letGo();
            });
  }

  private void letGo() {
    unwatch(ways);
    router.flush();
    router.levels().takeBack();
    inboxes.values().forEach(this::letGo);
  }

  private void letGo(Inbox inbox) {
    inbox.held = true;
    for (Parcel<LineBatch> parcel : inbox.waiting) {
      int lines = parcel.load().count() - inbox.done;
      LOG.warn("router {}: {} lines had to wait too long", index, lines);
      router.giveUp(parcel, inbox.done);
      inbox.done = 0;
      parcel.done();
    }
    inbox.waiting.clear();
  }

  /** What has come from one listener and is not routed yet. */
  private static final class Inbox {
    private final Deque<Parcel<LineBatch>> waiting = new ArrayDeque<>();
    private int done;
    private boolean held;
  }
}
