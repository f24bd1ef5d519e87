package io.cadenza.writer;

import io.cadenza.bus.BackOff;
import io.cadenza.bus.Leave;
import io.cadenza.meter.StoreMeters;
import io.cadenza.store.CacheBatch;
import io.cadenza.store.CacheFile;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.WriteCache;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is in the cache of one store, on a worker thread: the series with the most points
 * first, round after round. When the store takes nothing it waits, longer each time, while the
 * cache fills and those who fill it wait or drop.
 *
 * <p>A stop writes what is there until its time is over; what is left goes to a file, from which
 * the next process takes it.
 */
public final class WriterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WriterVerticle.class);

  /** How long it writes before it looks whether something else waits. */
  private static final long SLICE_NANOS = 200_000_000;

  /** How long it waits when there is nothing to write. */
  private static final long IDLE_MILLIS = 100;

  private final WritingConfig config;
  private final WriteCache cache;
  private final MetricWriter writer;
  private final StoreState state;
  private final StoreMeters meters;
  private final CacheFile left;
  private final InstantSource steady;
  private final BackOff retries;
  private long roundBegun;
  private long lastIdle;

  /** Whether the last batch could not be written, and is the next again. */
  private boolean failed;

  private boolean stopping;
  private volatile Leave leave;

  /**
   * @param left where points wait for the next process
   * @param steady a clock that does not jump
   */
  public WriterVerticle(
      WritingConfig config,
      WriteCache cache,
      MetricWriter writer,
      StoreState state,
      StoreMeters meters,
      CacheFile left,
      InstantSource steady) {
    this.config = config;
    this.cache = cache;
    this.writer = writer;
    this.state = state;
    this.meters = meters;
    this.left = left;
    this.steady = steady;
    this.retries = new BackOff(config.retryMin(), config.retryMax());
  }

  @Override
  public Future<?> start() {
    return Future.succeededFuture();
  }

  /** From now on it writes; what a process before has left, too. Any thread. */
  public void begin() {
    context.runOnContext(v -> takeLeft());
  }

  private void takeLeft() {
    roundBegun = steady.millis() - config.linger().toMillis();
    try {
      long found = left.take(cache);
      if (found > 0) {
        meters.pointsFound.add(found);
        LOG.info("store {}: {} points found that were left for it", state.store(), found);
      }
    } catch (IOException damaged) {
      LOG.error("store {}: {}", state.store(), damaged.getMessage());
    }
    work();
  }

  private void work() {
    if (stopping) {
      return;
    }
    long wait = IDLE_MILLIS;
    try {
      wait = slice();
    } catch (Exception trouble) {
      wait = retries.next();
      state.failed(trouble);
    }
    vertx.setTimer(Math.max(1, wait), v -> work());
  }

  /** Writes for a while; answers how long to wait before the next time. */
  private long slice() throws Exception {
    long begun = System.nanoTime();
    do {
      boolean begins = cache.roundIsOver();
      long rest = begins ? roundBegun + config.linger().toMillis() - steady.millis() : 0;
      if (rest > 0 && !failed || !writeOne()) {
        idle();
        return IDLE_MILLIS;
      }
      if (begins) {
        roundBegun = steady.millis();
      }
    } while (System.nanoTime() - begun < SLICE_NANOS);
    return 1;
  }

  /** Writes a batch; false when there is none. */
  private boolean writeOne() throws Exception {
    CacheBatch batch =
        failed ? cache.again() : cache.take(config.batchSeries(), config.batchPoints());
    if (batch.series() == 0) {
      return false;
    }
    failed = true;
    try {
      writer.write(batch, batch);
      failed = false;
    } finally {
      meters.failures.add(failed ? 1 : 0);
    }
    meters.writes.increment();
    meters.seriesWritten.add(batch.series());
    cache.written();
    retries.reset();
    state.works();
    return true;
  }

  private void idle() throws Exception {
    long now = steady.millis();
    if (now - lastIdle >= IDLE_MILLIS) {
      lastIdle = now;
      writer.idle();
    }
  }

  /** Says how long a stop may take; before it is told to. Any thread. */
  public void leave(Leave now) {
    leave = now;
  }

  /** Writes what is there; what can't be written in time is left for the next process. */
  @Override
  public Future<?> stop() {
    stopping = true;
    writer.hurry();
    try {
      writeRest();
    } catch (Exception trouble) {
      state.failed(trouble);
    }
    leaveRest();
    try {
      writer.close();
    } catch (IOException trouble) {
      LOG.warn("store {}: could not be closed well: {}", state.store(), trouble.getMessage());
    }
    return Future.succeededFuture();
  }

  /** Until nothing is left, the time is over, or a round changes nothing any more. */
  private void writeRest() throws Exception {
    long before = Long.MAX_VALUE;
    while (cache.room().taken() > 0 && leave != null && leave.outputsMillis() > 0) {
      if (cache.roundIsOver()) {
        if (cache.room().taken() == before) {
          return;
        }
        before = cache.room().taken();
      }
      writeOne();
    }
  }

  private void leaveRest() {
    if (failed) {
      cache.failed();
    }
    long points = cache.room().taken();
    if (points == 0) {
      return;
    }
    try {
      meters.pointsLeft.add(left.leave(cache));
      LOG.warn("store {}: {} points are left for the next process", state.store(), points);
    } catch (IOException trouble) {
      meters.dropped("shutdown").add(points);
      LOG.error("store {}: {} points are lost: {}", state.store(), points, trouble.getMessage());
    }
    cache.room().giveBack(points);
  }
}
