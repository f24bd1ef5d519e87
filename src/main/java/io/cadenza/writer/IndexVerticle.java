package io.cadenza.writer;

import io.cadenza.bus.BackOff;
import io.cadenza.meter.Pace;
import io.cadenza.meter.StoreMeters;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.Names;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the names of one store, on a worker thread: loads those that the store knows, at the start
 * and now and then, and has the store keep those that are new. When it can't, it tries again;
 * points do not wait for it.
 */
public final class IndexVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(IndexVerticle.class);
  private static final long TICK_MILLIS = 200;

  /** Names that are given to the store at once. */
  private static final int MOST = 1000;

  private final String store;
  private final WritingConfig config;
  private final MetricIndex index;
  private final Names names;
  private final StoreMeters meters;
  private final InstantSource steady;
  private final BackOff retries;
  private final Pace pace;
  private boolean loaded;
  private long loadedAt;
  private boolean stopping;

  public IndexVerticle(
      String store,
      WritingConfig config,
      MetricIndex index,
      Names names,
      StoreMeters meters,
      InstantSource steady) {
    this.store = store;
    this.config = config;
    this.index = index;
    this.names = names;
    this.meters = meters;
    this.steady = steady;
    this.retries = new BackOff(config.retryMin(), config.retryMax());
    this.pace = new Pace(steady);
  }

  @Override
  public Future<?> start() {
    vertx.setTimer(1, v -> work());
    return Future.succeededFuture();
  }

  private void work() {
    if (stopping) {
      return;
    }
    long wait = TICK_MILLIS;
    try {
      load();
      names.keepIn(index, MOST);
      retries.reset();
    } catch (Exception failed) {
      wait = retries.next();
      meters.nameFailures.increment();
      tell(failed);
    }
    vertx.setTimer(Math.max(1, wait), v -> work());
  }

  private void tell(Exception failed) {
    long times = pace.happened();
    if (times > 0) {
      LOG.warn("store {}: names can't be kept or loaded: {}", store, failed.toString());
    }
  }

  private void load() throws Exception {
    long refresh = config.indexRefresh().toMillis();
    long now = steady.millis();
    if (loaded && (refresh == 0 || now - loadedAt < refresh)) {
      return;
    }
    index.load(names::known);
    loadedAt = now;
    if (!loaded) {
      loaded = true;
      LOG.info("store {}: {} names are known", store, names.count());
    }
  }

  /** Has the last new names kept. */
  @Override
  public Future<?> stop() {
    stopping = true;
    try {
      names.keepIn(index, MOST);
    } catch (Exception failed) {
      tell(failed);
    }
    try {
      index.close();
    } catch (IOException failed) {
      LOG.warn("store {}: index could not be closed well: {}", store, failed.getMessage());
    }
    return Future.succeededFuture();
  }
}
