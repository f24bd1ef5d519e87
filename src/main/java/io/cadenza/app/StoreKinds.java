package io.cadenza.app;

import io.cadenza.config.Settings;
import io.cadenza.store.MemoryConfig;
import io.cadenza.store.MemoryStore;
import io.cadenza.store.Retention;
import io.cadenza.store.Store;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every kind of store that a configuration may name, by the word of {@code driver}. */
final class StoreKinds {
  /**
   * A kind of store.
   *
   * @param read its part of a store's block
   * @param make makes one of what was read
   * @param steps those that it keeps for each key; empty where it rolls up the finest by itself
   * @param reach how far back it keeps points, at most
   */
  record Kind<C extends Record>(
      Function<Settings, C> read,
      Maker<C> make,
      Function<C, List<Retention>> steps,
      Function<C, Duration> reach) {
    Record read(Settings s) {
      return read.apply(s);
    }

    @SuppressWarnings("unchecked") // It is what this kind has read.
    Store make(Record config, Vertx vertx, InstantSource wall) {
      return make.make((C) config, vertx, wall);
    }

    @SuppressWarnings("unchecked")
    List<Retention> steps(Record config) {
      return steps.apply((C) config);
    }

    @SuppressWarnings("unchecked")
    Duration reach(Record config) {
      return reach.apply((C) config);
    }
  }

  /** Makes a store of what was read of it; touches nothing that may be down. */
  interface Maker<C> {
    Store make(C config, Vertx vertx, InstantSource wall);
  }

  private static final Map<String, Kind<?>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(
        "memory",
        new Kind<>(
            MemoryConfig::read,
            (config, vertx, wall) -> new MemoryStore(config, wall),
            MemoryConfig::retentions,
            config -> longest(config.retentions())));
  }

  private StoreKinds() {}

  private static Duration longest(List<Retention> finestFirst) {
    return Duration.ofSeconds(finestFirst.get(finestFirst.size() - 1).seconds());
  }

  static String[] words() {
    return KINDS.keySet().toArray(new String[0]);
  }

  /** One of {@link #words}. */
  static Kind<?> of(String driver) {
    return KINDS.get(driver);
  }
}
