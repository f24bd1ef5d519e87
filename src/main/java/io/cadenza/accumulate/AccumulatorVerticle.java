package io.cadenza.accumulate;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Address;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Window;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.AccumulatorMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard of an accumulator on its event loop: takes lines from all routers, and sends what it
 * flushes to the router of its own loop.
 *
 * <p>A flush goes on between the batches that come, some keys at a time, so that nobody waits for
 * it. When the router can take no more, it stops until there is room; what comes meanwhile is
 * accumulated all the same. What a predecessor left is taken in the same manner, and a flush that
 * is due waits until all of it is there.
 */
public final class AccumulatorVerticle extends VerticleBase {
  /** Where flushed lines go. */
  public interface Ways {
    /**
     * A way that is this caller's own.
     *
     * @param pipeline that gets the lines
     * @param format how they are written
     */
    FlushedLines to(String pipeline, LineFormat format);
  }

  /** Makes the shards of an accumulator, each on its own thread. */
  public interface Maker {
    /**
     * @param shard from 0
     * @param ways where its lines go
     * @param nowMillis the time of day
     */
    Accumulator make(int shard, Ways ways, long nowMillis);
  }

  /**
   * What all shards of an accumulator have.
   *
   * @param config what is common to all kinds
   * @param maker makes its shards
   */
  public record Kind(AccumulatorConfig config, Maker maker) {}

  private static final Logger LOG = LoggerFactory.getLogger(AccumulatorVerticle.class);

  /** Keys that are looked at before it is looked at the time, and whether something else waits. */
  private static final int SLICE = 16;

  /** What is emitted in so long is still near when it is routed and written. */
  private static final long SLICE_NANOS = 500_000;

  /** How long a flush rests between two slices. */
  private static final long PAUSE_MILLIS = 1;

  /** Bytes of flushed lines that may be on their way to the router. */
  private static final long FLUSH_WINDOW = 1 << 20;

  private final AccumulatorState state;
  private final Kind kind;
  private final IntSupplier shards;
  private final Loops loops;
  private final AccumulatorMeters meters;
  private final InstantSource wall;
  private final InstantSource steady;
  private final Window flushWindow = new Window(FLUSH_WINDOW);
  private final Exits exits;
  private final Adoptions adoptions = new Adoptions();
  private Accumulator accumulator;
  private Ticks ticks;
  private long timer = -1;
  private boolean due;
  private boolean pumping;

  /** It stops: nothing is taken any more, as nobody would flush it. */
  private boolean closed;

  private Promise<Void> emptied;

  /**
   * @param shards answers which shard this is; asked once, on the event loop
   * @param wall the time of day, which may jump
   * @param steady a clock that does not
   */
  public AccumulatorVerticle(
      AccumulatorState state,
      Kind kind,
      IntSupplier shards,
      Loops loops,
      AccumulatorMeters meters,
      InstantSource wall,
      InstantSource steady) {
    this.state = state;
    this.kind = kind;
    this.shards = shards;
    this.loops = loops;
    this.meters = meters;
    this.wall = wall;
    this.steady = steady;
    this.exits = new Exits(flushWindow, meters);
  }

  @Override
  public Future<?> start() {
    int shard = shards.getAsInt();
    accumulator = kind.maker().make(shard, this::way, wall.millis());
    boolean random = kind.config().randomStart();
    ticks = new Ticks(kind.config().flush(), random, wall.millis(), steady.millis());
    return vertx
        .eventBus()
        .<Parcel<LineBatch>>localConsumer(state.address(shard), m -> take(m.body()))
        .completion();
  }

  /** From now on it flushes: the routers know all pipelines that its lines are for. Any thread. */
  public void begin() {
    context.runOnContext(v -> plan());
  }

  /** A way for flushed lines to a pipeline, by the router of this loop. */
  private FlushedLines way(String pipeline, LineFormat format) {
    Lane<LineBatch> lane = new Lane<>(vertx.eventBus(), Address.route(loops.here()), flushWindow);
    return exits.add(
        format, "accumulator " + state.name(), batch -> lane.send(batch, pipeline, batch.size()));
  }

  private void take(Parcel<LineBatch> parcel) {
    LineBatch batch = parcel.load();
    if (closed) {
      drop(batch, "shutdown");
    } else {
      exits.refresh();
      take(batch);
    }
    batch.done();
    parcel.done();
    if (due) {
      pump();
    }
  }

  private void take(LineBatch batch) {
    try {
      accumulator.take(batch, wall.millis());
    } catch (RuntimeException mistake) {
      LOG.error("accumulator {}: a batch could not be taken", state.name(), mistake);
      batch.keep();
      drop(batch, "failed");
    }
  }

  private void drop(LineBatch batch, String reason) {
    meters.linesIn.add(batch.count());
    meters.bytesIn.add(batch.size());
    meters.dropped(reason).add(batch.count());
  }

  private void plan() {
    timer = vertx.setTimer(ticks.delay(wall.millis()), fired -> tick());
  }

  private void tick() {
    if (!adoptions.over()) {
      timer = vertx.setTimer(PAUSE_MILLIS, later -> tick());
      return;
    }
    Tick now = ticks.due(wall.millis(), steady.millis());
    plan();
    if (now != null) {
      flush(now);
    }
  }

  private void flush(Tick tick) {
    due = true;
    accumulator.flush(tick);
    pump();
  }

  /** Emits for a while, then lets others have the event loop. */
  private void pump() {
    if (pumping || !due) {
      return;
    }
    long begun = System.nanoTime();
    boolean all = false;
    while (!all && exits.room() && System.nanoTime() - begun < SLICE_NANOS) {
      all = emit();
    }
    if (all) {
      due = false;
      exits.send();
    }
    exits.count();
    if (due) {
      goOn();
    } else {
      finish();
    }
  }

  /** Whatever goes wrong with one flush, the next one is made. */
  private boolean emit() {
    try {
      return accumulator.emit(SLICE);
    } catch (RuntimeException mistake) {
      LOG.error("accumulator {}: a flush could not be finished", state.name(), mistake);
      return true;
    }
  }

  private void goOn() {
    pumping = true;
    if (exits.room()) {
      rest();
    } else {
      flushWindow.whenRoom(() -> context.runOnContext(v -> rest()));
    }
  }

  /** Not as the next task: an event loop works on tasks for long before it looks at its sockets. */
  private void rest() {
    vertx.setTimer(PAUSE_MILLIS, v -> pumpAgain());
  }

  private void pumpAgain() {
    pumping = false;
    exits.refresh();
    if (due) {
      pump();
    }
  }

  /**
   * Has all that is open emitted, and takes nothing any more. Done when it has gone to the router;
   * what could not go when the time is over is counted.
   */
  public Future<Void> flushAll() {
    return onContext(
        () -> {
          Leave leave = state.leave();
          long millis = leave == null ? 0 : leave.routersMillis();
          vertx.cancelTimer(timer);
          adoptions.finish();
          closed = true;
          emptied = Promise.promise();
          vertx.setTimer(Math.max(1, millis), over -> tooLate());
          flush(ticks.last(wall.millis()));
          return emptied.future();
        });
  }

  private void tooLate() {
    exits.tooLate();
    pumpAgain();
    if (!due) {
      finish();
    }
  }

  private void finish() {
    if (emptied == null) {
      return;
    }
    if (exits.over()) {
      emptied.tryComplete();
    } else {
      flushWindow.whenEmpty(() -> context.runOnContext(v -> emptied.tryComplete()));
    }
  }

  /** All that a successor needs; nothing is taken or emitted any more. Called last. */
  public Future<byte[]> handOver() {
    return onContext(
        () -> {
          vertx.cancelTimer(timer);
          adoptions.finish();
          closed = true;
          due = false;
          exits.send();
          exits.count();
          return vertx.executeBlocking(accumulator::handedOver, false);
        });
  }

  /**
   * Takes what another shard handed over. Fails when it is damaged, or not an accumulator's of this
   * kind, or when this one stops itself.
   */
  public Future<Void> adopt(byte[] handedOver) {
    return onContext(
        () -> {
          if (closed) {
            return Future.failedFuture("it stops, and takes nothing that was handed over");
          }
          boolean first = adoptions.over();
          var in = new DataInputStream(new ByteArrayInputStream(handedOver));
          Promise<Void> done = Promise.promise();
          adoptions.add(accumulator.adopt(in), wrong -> done.complete(null, wrong));
          if (first) {
            adoptSome();
          }
          return done.future();
        });
  }

  private void adoptSome() {
    long begun = System.nanoTime();
    while (!adoptions.over() && System.nanoTime() - begun < SLICE_NANOS) {
      adoptions.goOn(SLICE);
    }
    if (!adoptions.over()) {
      vertx.setTimer(PAUSE_MILLIS, v -> adoptSome());
    }
  }

  /** Asks the shard something, on its own thread. */
  public <T> Future<T> ask(Function<Accumulator, T> question) {
    return onContext(() -> Future.succeededFuture(question.apply(accumulator)));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        v -> {
          try {
            work.get().onComplete(done);
          } catch (RuntimeException mistake) {
            done.tryFail(mistake);
          }
        });
    return done.future();
  }
}
