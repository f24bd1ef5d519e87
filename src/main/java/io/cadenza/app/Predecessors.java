package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.StateFolder;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks for what other processes left of an accumulator, and has its shards go on with that. Any
 * thread.
 */
final class Predecessors {
  private static final Logger LOG = LoggerFactory.getLogger(Predecessors.class);

  /** How often it is looked whether there is something. */
  private static final long LOOK_MILLIS = 1000;

  private static final long NO_TIMER = -1;

  private final Site site;
  private final String name;
  private final StateFolder folder;
  private final List<AccumulatorVerticle> shards;
  private long timer = NO_TIMER;
  private boolean ended;
  private Future<Void> look = Future.succeededFuture();

  /**
   * @param name of the accumulator
   */
  Predecessors(Site site, String name, StateFolder folder, List<AccumulatorVerticle> shards) {
    this.site = site;
    this.name = name;
    this.folder = folder;
    this.shards = shards;
  }

  synchronized void begin() {
    timer = site.vertx.setPeriodic(1, LOOK_MILLIS, tick -> look());
  }

  /** Looks no more; done when the shards have what was found. Never fails. */
  synchronized Future<Void> end() {
    ended = true;
    site.vertx.cancelTimer(timer);
    return look;
  }

  private synchronized void look() {
    if (!ended && look.isComplete()) {
      look =
          site.vertx
              .executeBlocking(folder::take, false)
              .compose(all -> Site.join(all.stream().map(this::adopt).toList()))
              .onFailure(e -> LOG.warn("accumulator {}: {}", name, e.toString()))
              .otherwiseEmpty();
    }
  }

  private Future<Void> adopt(StateFolder.Found found) {
    if (found.damaged() > 0) {
      String text = "what was handed over is damaged, and stays in " + found.file();
      site.events.add(Level.WARN, "accumulator", name, text);
    }
    return adopt(found.shards(), shards)
        .compose(v -> site.vertx.executeBlocking(() -> done(found), false))
        .onSuccess(v -> LOG.info("accumulator {} goes on with what was handed over", name));
  }

  private Void done(StateFolder.Found found) throws IOException {
    folder.done(found);
    return null;
  }

  /** Has each shard take what is its own of what others had. */
  static Future<Void> adopt(List<byte[]> handedOver, List<AccumulatorVerticle> shards) {
    List<Future<Void>> all = new ArrayList<>();
    for (byte[] one : handedOver) {
      shards.forEach(shard -> all.add(shard.adopt(one)));
    }
    return Site.join(all);
  }
}
