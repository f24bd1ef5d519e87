package io.cadenza.app;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.bins.OpenBins;
import io.cadenza.store.Unflushed;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open bins of all accumulators that give their points to one store. */
final class OpenPoints implements Unflushed {
  private static final Logger LOG = LoggerFactory.getLogger(OpenPoints.class);
  private static final long PATIENCE_MILLIS = 1000;

  private final String store;
  private final Supplier<List<Accumulators.Running>> accumulators;

  /**
   * @param accumulators those that run; any thread
   */
  OpenPoints(String store, Supplier<List<Accumulators.Running>> accumulators) {
    this.store = store;
    this.accumulators = accumulators;
  }

  /** One bin of a key. */
  private record Open(
      int key,
      long step,
      boolean finest,
      long time,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last) {}

  @Override
  public void tell(List<byte[]> keys, Told told) {
    List<Future<List<Open>>> asked = new ArrayList<>();
    for (Accumulators.Running accumulator : accumulators.get()) {
      if (accumulator.spec().stores().contains(store)) {
        long finest = accumulator.spec().common().flush().toMillis() / 1000;
        for (AccumulatorVerticle shard : accumulator.shards()) {
          asked.add(shard.ask(state -> open(state, keys, Math.max(1, finest))));
        }
      }
    }
    asked.forEach(answer -> tell(answer, told));
  }

  private static List<Open> open(Accumulator state, List<byte[]> keys, long finest) {
    List<Open> found = new ArrayList<>();
    if (state instanceof OpenBins bins) {
      for (int i = 0; i < keys.size(); i++) {
        int key = i;
        bins.open(
            keys.get(i),
            (k, from, to, step, ttl, time, min, max, sum, count, first, last) ->
                found.add(
                    new Open(key, step, step == finest, time, min, max, sum, count, first, last)));
      }
    }
    return found;
  }

  private void tell(Future<List<Open>> answer, Told told) {
    try {
      List<Open> found =
          answer
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      for (Open o : found) {
        int step = (int) o.step;
        told.point(o.key, step, o.finest, o.time, o.min, o.max, o.sum, o.count, o.first, o.last);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException none) {
      LOG.debug("store {}: what is not flushed yet can't be told: {}", store, none.toString());
    }
  }
}
