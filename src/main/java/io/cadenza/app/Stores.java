package io.cadenza.app;

import io.cadenza.bus.Leave;
import io.cadenza.meter.Pace;
import io.cadenza.meter.StoreMeters;
import io.cadenza.meter.Tally;
import io.cadenza.spool.FolderName;
import io.cadenza.store.CacheBatch;
import io.cadenza.store.CacheFile;
import io.cadenza.store.Caches;
import io.cadenza.store.CachingReader;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Names;
import io.cadenza.store.Store;
import io.cadenza.store.Unflushed;
import io.cadenza.store.WriteCache;
import io.cadenza.writer.IndexVerticle;
import io.cadenza.writer.StoreState;
import io.cadenza.writer.WriterVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops stores. One that takes the place of another of its name begins to write when
 * that has ended; what comes meanwhile waits in its cache. One operation at a time.
 */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  /**
   * A store that runs.
   *
   * @param reader of what is stored and of what waits; nothing where it can't be read
   * @param writerId what stops its writer
   * @param indexId what stops its index
   */
  record Running(
      StoreConfig config,
      Store store,
      WriteCache cache,
      Names names,
      Optional<MetricReader> reader,
      StoreState state,
      WriterVerticle writer,
      String writerId,
      String indexId) {}

  private final Site site;
  final Caches caches = new Caches();

  Stores(Site site) {
    this.site = site;
  }

  /**
   * @param folder where points wait for the next process
   * @param unflushed what comes to it and is not in its cache yet
   */
  Future<Running> start(StoreConfig config, Path folder, Unflushed unflushed) {
    String name = config.name();
    StoreMeters meters = new StoreMeters(site.meters, name);
    Store store = StoreKinds.of(config.driver()).make(config.own(), place(name));
    Names names = new Names(config.writing().maxNames(), meters);
    WriteCache cache =
        new WriteCache(
            store, config.writing().cache(), names::fresh, refusals(name, meters), meters);
    StoreState state = new StoreState(name, site.events);
    CacheFile left = new CacheFile(folder.resolve(FolderName.of(name) + ".points"));
    WriterVerticle writer =
        new WriterVerticle(
            config.writing(), cache, store.writer(), state, meters, left, site.steady);
    IndexVerticle index =
        new IndexVerticle(name, config.writing(), store.index(), names, meters, site.steady);
    meters.cache(
        cache.room()::taken,
        cache.room()::limit,
        cache::series,
        () -> config.writing().cache().series());
    meters.names(names::count, () -> config.writing().maxNames(), names::refused);
    meters.up(() -> state.up() ? 1 : 0);
    Optional<MetricReader> reader =
        store.reader().map(stored -> new CachingReader(store, stored, cache, unflushed));
    return site.deployWorker("store " + name, writer)
        .compose(
            id ->
                site.deployWorker("index of store " + name, index)
                    .onFailure(e -> site.undeploy(id))
                    .map(
                        own ->
                            new Running(
                                config, store, cache, names, reader, state, writer, id, own)))
        .onFailure(e -> meters.gone());
  }

  private StoreKinds.Place place(String store) {
    return new StoreKinds.Place(
        store, site.vertx, site.meters.scope("store", store), site.wall, site.steady);
  }

  private CacheBatch.Refusals refusals(String store, StoreMeters meters) {
    Pace pace = new Pace(site.steady);
    return (key, points, reason) -> {
      Tally dropped = meters.dropped(reason);
      dropped.add(points);
      long times = pace.happened();
      if (times > 0) {
        String shown = new String(key, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", ".");
        LOG.warn(
            "store {}: {} series had points refused; the last {} of {}: {}",
            store,
            times,
            points,
            shown.substring(0, Math.min(120, shown.length())),
            reason);
      }
    };
  }

  /** From now on points of its name go to it, and it writes. */
  void begin(Running store) {
    turnTo(store);
    store.writer().begin();
  }

  /** From now on points of its name go to it. */
  void turnTo(Running store) {
    caches.put(store.config().name(), store.cache());
  }

  /** Stops one when what it has is written, or when its time is over. */
  Future<Void> stop(Running store, Leave leave) {
    caches.remove(store.config().name(), store.cache());
    store.writer().leave(leave);
    return site.undeploy(store.writerId())
        .compose(v -> site.undeploy(store.indexId()))
        .compose(v -> closeReader(store))
        .onComplete(
            v -> {
              if (caches.of(store.config().name()).isEmpty()) {
                new StoreMeters(site.meters, store.config().name()).gone();
              }
            });
  }

  private Future<Void> closeReader(Running store) {
    Vertx vertx = site.vertx;
    return vertx.executeBlocking(
        () -> {
          try {
            if (store.reader().isPresent()) {
              store.reader().get().close();
            }
          } catch (IOException failed) {
            LOG.warn("store {}: reader: {}", store.config().name(), failed.getMessage());
          }
          return null;
        });
  }
}
