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
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
 * accumulated all the same.
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
  private static final int SLICE = 256;

  private static final long SLICE_NANOS = 1_000_000;

  /** Bytes of flushed lines that may be on their way to the router. */
  private static final long FLUSH_WINDOW = 1 << 20;

  private final AccumulatorState state;
  private final Kind kind;
  private final IntSupplier shards;
  private final Loops loops;
  private final AccumulatorMeters meters;
  private final InstantSource wall;
  private final InstantSource steady;
  private final List<FlushedLines> ways = new ArrayList<>();
  private final Window flushWindow = new Window(FLUSH_WINDOW);
  private Accumulator accumulator;
  private Ticks ticks;
  private long timer = -1;
  private boolean due;
  private boolean pumping;
  private long linesTold;
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
    FlushedLines made =
        new FlushedLines(
            format,
            "accumulator " + state.name(),
            batch -> lane.send(batch, pipeline, batch.size()));
    ways.add(made);
    return made;
  }

  private void take(Parcel<LineBatch> parcel) {
    LineBatch batch = parcel.load();
    try {
      accumulator.take(batch, wall.millis());
    } catch (RuntimeException mistake) {
      LOG.error("accumulator {}: a batch could not be taken", state.name(), mistake);
      meters.dropped("failed").add(batch.count());
    }
    parcel.done();
    if (due) {
      pump();
    }
  }

  private void plan() {
    timer = vertx.setTimer(ticks.delay(wall.millis()), fired -> tick());
  }

  private void tick() {
    Tick now = ticks.due(wall.millis(), steady.millis());
    if (now != null) {
      flush(now);
    }
    plan();
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
    while (!all && hasRoom() && System.nanoTime() - begun < SLICE_NANOS) {
      all = accumulator.emit(SLICE);
    }
    if (all) {
      due = false;
      ways.forEach(FlushedLines::send);
    }
    tell();
    if (due) {
      goOn();
    } else {
      finish();
    }
  }

  private void goOn() {
    pumping = true;
    if (hasRoom()) {
      context.runOnContext(v -> pumpAgain());
    } else {
      flushWindow.whenRoom(() -> context.runOnContext(v -> pumpAgain()));
    }
  }

  private void pumpAgain() {
    pumping = false;
    boolean room = !flushWindow.full();
    ways.forEach(way -> way.room(room));
    pump();
  }

  private boolean hasRoom() {
    return !flushWindow.full();
  }

  private void tell() {
    long lines = 0;
    for (FlushedLines way : ways) {
      lines += way.lines();
    }
    meters.linesOut.add(lines - linesTold);
    linesTold = lines;
  }

  /** Has all that is open emitted. Done when it has gone to the router, or the time is over. */
  public Future<Void> flushAll() {
    return onContext(
        () -> {
          Leave leave = state.leave();
          long millis = leave == null ? 0 : leave.routersMillis();
          vertx.cancelTimer(timer);
          emptied = Promise.promise();
          vertx.setTimer(Math.max(1, millis), late -> emptied.tryComplete());
          flush(ticks.last(wall.millis()));
          return emptied.future();
        });
  }

  private void finish() {
    if (emptied != null) {
      if (flushWindow.taken() == 0) {
        emptied.tryComplete();
      } else {
        flushWindow.whenEmpty(() -> context.runOnContext(v -> emptied.tryComplete()));
      }
    }
  }

  /**
   * All that a successor needs; nothing is emitted any more. Called last. A flush that is not over
   * ends here: what it has emitted goes off, the rest is the successor's.
   */
  public Future<byte[]> handOver() {
    return onContext(
        () -> {
          vertx.cancelTimer(timer);
          due = false;
          ways.forEach(FlushedLines::send);
          tell();
          return vertx.executeBlocking(this::written, false);
        });
  }

  private byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      accumulator.handOver(out);
    }
    return bytes.toByteArray();
  }

  /** Takes what another shard handed over. */
  public Future<Void> adopt(byte[] handedOver) {
    return onContext(
        () -> {
          try {
            accumulator.adopt(new DataInputStream(new ByteArrayInputStream(handedOver)));
          } catch (IOException damaged) {
            LOG.error(
                "accumulator {}: what was handed over is damaged: {}",
                state.name(),
                damaged.toString());
          }
          return Future.succeededFuture();
        });
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
