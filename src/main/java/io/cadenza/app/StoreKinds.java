package io.cadenza.app;

import io.cadenza.config.Settings;
import io.cadenza.meter.Meters;
import io.cadenza.store.MemoryConfig;
import io.cadenza.store.MemoryStore;
import io.cadenza.store.Retention;
import io.cadenza.store.Store;
import io.cadenza.writer.cassandra.CassandraConfig;
import io.cadenza.writer.cassandra.CassandraStore;
import io.cadenza.writer.file.FileConfig;
import io.cadenza.writer.file.FileStore;
import io.cadenza.writer.kafka.KafkaConfig;
import io.cadenza.writer.kafka.KafkaStore;
import io.cadenza.writer.mysql.MysqlConfig;
import io.cadenza.writer.mysql.MysqlStore;
import io.cadenza.writer.whisper.WhisperConfig;
import io.cadenza.writer.whisper.WhisperStore;
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
    Store make(Record config, Place place) {
      return make.make((C) config, place);
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

  /**
   * What a store may use.
   *
   * @param meters its figures
   * @param wall the time of day
   * @param steady a clock that does not jump
   */
  record Place(
      String name, Vertx vertx, Meters.Scope meters, InstantSource wall, InstantSource steady) {}

  /** Makes a store of what was read of it; touches nothing that may be down. */
  interface Maker<C> {
    Store make(C config, Place place);
  }

  private static final Map<String, Kind<?>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(
        "whisper",
        new Kind<>(
            WhisperConfig::read,
            (config, place) ->
                new WhisperStore(config, place.meters(), place.wall(), place.steady()),
            config -> List.of(),
            WhisperConfig::reach));
    KINDS.put(
        "file",
        new Kind<>(
            FileConfig::read,
            (config, place) -> new FileStore(config, place.wall()),
            config -> List.of(),
            config -> longest(config.retentions())));
    KINDS.put(
        "mysql",
        new Kind<>(
            MysqlConfig::read,
            (config, place) -> new MysqlStore(place.vertx(), config, place.wall()),
            MysqlConfig::retentions,
            config -> longest(config.retentions())));
    KINDS.put(
        "cassandra",
        new Kind<>(
            CassandraConfig::read,
            (config, place) -> new CassandraStore(config, place.vertx(), place.wall()),
            CassandraConfig::retentions,
            config -> longest(config.retentions())));
    KINDS.put(
        "kafka",
        new Kind<>(
            KafkaConfig::read,
            (config, place) -> new KafkaStore(place.vertx(), config, place.wall()),
            config -> List.of(),
            config -> longest(config.retentions())));
    KINDS.put(
        "memory",
        new Kind<>(
            MemoryConfig::read,
            (config, place) -> new MemoryStore(config, place.wall()),
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
