package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.meter.Meters;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.store.Told;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A whisper store in a folder, with a clock that a test moves. */
final class WhisperRig implements AutoCloseable {
  static final long NOW = 1_700_000_400;

  final Path folder;
  final FailingDisk disk;
  final WhisperStore store;
  final MetricWriter writer;
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private Instant now = Instant.ofEpochSecond(NOW);

  /** On libc. */
  WhisperRig(Path folder, String keys) {
    this(folder, NativeDisk.load(), keys);
  }

  /**
   * @param keys what is not as in the defaults
   */
  WhisperRig(Path folder, Disk disk, String keys) {
    this.folder = folder;
    this.disk = new FailingDisk(disk);
    InstantSource clock = () -> now;
    store =
        new WhisperStore(config(folder, keys), this.disk, meters.scope("store", "s"), clock, clock);
    writer = store.writer();
  }

  static WhisperConfig config(Path folder, String keys) {
    return WhisperConfig.read(settings("path = \"" + folder + "\"\n" + keys));
  }

  static Settings settings(String keys) {
    String defaults =
        """
        path = data, retentions = ["10s:6h", "1m:7d"], schemas = null, aggregations = null
        x-files-factor = null, writes-per-second = 0, creates-per-minute = 0, hash-tagged = true
        sparse = true, lock = false, fsync = none, open-files = 0, check-files = 60s
        """;
    Settings all = Configuration.read("s {\n" + keys + "\n}, d {\n" + defaults + "\n}", "test");
    return all.block("s").withDefaults(all.block("d"));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Told write(PointBatch batch) throws Exception {
    Told told = new Told();
    writer.write(batch, told);
    return told;
  }

  /** What is read of a key of the ten minutes before now; null when there is nothing. */
  Fetched read(String key) throws Exception {
    try (MetricReader reader = store.reader().orElseThrow()) {
      long until = now.getEpochSecond();
      List<String> keys = List.of(key);
      return reader.read(new MetricReader.Query(keys, until - 600, until, until, false)).get(key);
    }
  }

  /** The value of the interval of a time; NaN where there is none. */
  double value(String key, long time) throws Exception {
    Fetched all = read(key);
    return all == null ? Double.NaN : all.values()[(int) ((time - all.start()) / all.step())];
  }

  List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    store.index().load(name -> names.add(new String(name, UTF_8)));
    return names.stream().sorted().toList();
  }

  /** A figure of the store. */
  long figure(String name) {
    Map<?, ?> figures = (Map<?, ?>) ((Map<?, ?>) meters.snapshot().get("stores")).get("s");
    return (long) figures.get(name);
  }

  /** The names of all files below the folder, with slashes. */
  TreeSet<String> files() throws java.io.IOException {
    try (var all = java.nio.file.Files.walk(folder)) {
      TreeSet<String> names = new TreeSet<>();
      all.filter(java.nio.file.Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString()));
      return names;
    }
  }

  @Override
  public void close() throws java.io.IOException {
    writer.close();
  }
}
