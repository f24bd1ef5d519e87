package io.cadenza.app;

import io.cadenza.api.ApiConfig;
import io.cadenza.api.ApiVerticle;
import io.cadenza.api.Holding;
import io.cadenza.api.Library;
import io.cadenza.api.cache.CacheQueryConfig;
import io.cadenza.api.cache.CacheQueryVerticle;
import io.cadenza.config.Url;
import io.cadenza.meter.ApiMeters;
import io.cadenza.meter.CacheQueryMeters;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * How the read API and the cache query are started and stopped, and what they read. One operation
 * at a time. They are there where there are stores; lines matter more than they do, so that a first
 * start goes without one whose address another process has.
 */
final class Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

  /**
   * What runs of one configuration.
   *
   * @param ids what stops them
   */
  record Own(RelayConfig config, List<String> ids) {}

  private final Site site;
  private final Map<String, Stores.Running> stores;
  private final ApiMeters apiMeters;
  private final CacheQueryMeters queryMeters;
  private boolean withoutApi;
  private boolean withoutQueries;
  private Own now = new Own(null, List.of());

  /**
   * @param stores those that run, by name; any thread
   */
  Reading(Site site, Map<String, Stores.Running> stores) {
    this.site = site;
    this.stores = stores;
    this.apiMeters = new ApiMeters(site.meters);
    this.queryMeters = new CacheQueryMeters(site.meters);
  }

  /** Where the API of a configuration listens; nowhere without stores to read. */
  static Optional<Url> api(RelayConfig config) {
    return config.stores().isEmpty() ? Optional.empty() : config.api().listen();
  }

  /** The same of the cache query. */
  static Optional<Url> queries(RelayConfig config) {
    return config.stores().isEmpty() ? Optional.empty() : config.cacheQuery().listen();
  }

  /** Looks whether another process has an address: then this one goes without. */
  Future<Void> lookWhetherFree(RelayConfig config) {
    return check("api", api(config))
        .onSuccess(free -> withoutApi = !free)
        .compose(v -> check("cache-query", queries(config)))
        .onSuccess(free -> withoutQueries = !free)
        .mapEmpty();
  }

  private Future<Boolean> check(String what, Optional<Url> address) {
    if (address.isEmpty()) {
      return Future.succeededFuture(true);
    }
    return site.checkFree(what + " on " + address.get(), address.get())
        .map(true)
        .recover(
            why -> {
              LOG.warn("{}; there is none until a reload that changes it", why.getMessage());
              site.events.add(Level.WARN, what, what, why.getMessage());
              return Future.succeededFuture(false);
            });
  }

  /** The first ones. */
  Future<Void> startFirst(RelayConfig config) {
    return start(config, !withoutApi, !withoutQueries).onSuccess(this::keep).mapEmpty();
  }

  /** Starts those of a configuration, maybe beside those that are there. */
  Future<Own> start(RelayConfig config) {
    return start(config, true, true);
  }

  private Future<Own> start(RelayConfig config, boolean withApi, boolean withQueries) {
    List<String> ids = new ArrayList<>();
    Future<Void> started = Future.succeededFuture();
    if (withApi && api(config).isPresent()) {
      started = started.compose(v -> deploy("api", api(config), () -> api(config.api()), ids));
    }
    if (withQueries && queries(config).isPresent()) {
      started =
          started.compose(
              v -> deploy("cache-query", queries(config), () -> queries(config.cacheQuery()), ids));
    }
    return started
        .map(v -> new Own(config, List.copyOf(ids)))
        .onFailure(e -> ids.forEach(site::undeploy));
  }

  private Future<Void> deploy(
      String what, Optional<Url> address, Supplier<Deployable> verticle, List<String> ids) {
    return site.deploy(what + " on " + address.orElseThrow(), verticle, 1)
        .onSuccess(ids::add)
        .mapEmpty();
  }

  private ApiVerticle api(ApiConfig config) {
    return new ApiVerticle(config, library(config.stores()), apiMeters, site.wall);
  }

  private CacheQueryVerticle queries(CacheQueryConfig config) {
    return new CacheQueryVerticle(
        config,
        library(config.stores()),
        new WaitingPoints(() -> named(config.stores())),
        queryMeters);
  }

  private Library library(List<String> names) {
    return () ->
        named(names).stream()
            .filter(store -> store.reader().isPresent())
            .map(
                store ->
                    new Holding(
                        store.config().name(),
                        store.names().index(),
                        store.reader().get(),
                        new StoreMetadata(store.store()),
                        store.config().reach()))
            .toList();
  }

  /** Those stores that run; all of them where none are named. */
  private List<Stores.Running> named(List<String> names) {
    return names.isEmpty()
        ? List.copyOf(stores.values())
        : names.stream().filter(stores::containsKey).map(stores::get).toList();
  }

  /** These are the ones that run from now on. */
  void keep(Own own) {
    now = own;
    if (api(own.config()).isEmpty()) {
      apiMeters.gone();
    }
    if (queries(own.config()).isEmpty()) {
      queryMeters.gone();
    }
  }

  /** Stops those that run. */
  Future<Void> stop() {
    Own last = now;
    now = new Own(null, List.of());
    return stop(last);
  }

  Future<Void> stop(Own own) {
    return Site.join(own.ids().stream().map(site::undeploy).toList());
  }
}
