package io.cadenza.writer.file;

import io.cadenza.store.Aggregate;
import io.cadenza.store.GuessTable;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.Store;
import java.time.InstantSource;
import java.util.Optional;

/** A store that is tab-separated files, for whoever reads them. Any thread. */
public final class FileStore implements Store {
  private final FileConfig config;
  private final InstantSource clock;
  private final Disk disk;

  public FileStore(FileConfig config, InstantSource clock) {
    this(config, clock, Disk.REAL);
  }

  FileStore(FileConfig config, InstantSource clock, Disk disk) {
    this.config = config;
    this.clock = clock;
    this.disk = disk;
  }

  @Override
  public Figures figures() {
    return Figures.ALL;
  }

  @Override
  public Aggregate aggregate(byte[] key, int from, int to) {
    return GuessTable.method(key, from, to);
  }

  @Override
  public MetricWriter writer() {
    return new FileWriter(config, clock, disk);
  }

  @Override
  public MetricIndex index() {
    return MetricIndex.NONE;
  }

  @Override
  public Optional<MetricReader> reader() {
    return Optional.empty();
  }
}
