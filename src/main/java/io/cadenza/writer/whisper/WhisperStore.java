package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cadenza.meter.Meters;
import io.cadenza.store.Aggregate;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.SeriesMethods;
import io.cadenza.store.Store;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps points in whisper files, which are the same to a byte as Python's. Nothing is touched
 * before a part of it is used.
 *
 * <p>In one process, readers never see half of an update. Other processes may read and write the
 * files meanwhile as they do with carbon's: what they replace is noticed after {@code check-files}.
 */
public final class WhisperStore implements Store, SeriesMethods {
  private static final Logger LOG = LoggerFactory.getLogger(WhisperStore.class);
  private static final int FEW_FILES = 4096;
  private static final int LEFT_FILES = 1024;

  private final WhisperParts parts;
  private final AtomicLong changedAt = new AtomicLong();

  /**
   * @param scope the figures of this store
   * @param clock what time it is for points
   * @param steady a steady one
   */
  public WhisperStore(
      WhisperConfig config, Meters.Scope scope, InstantSource clock, InstantSource steady) {
    this(config, Disk.best(), scope, clock, steady);
  }

  WhisperStore(
      WhisperConfig config,
      Disk disk,
      Meters.Scope scope,
      InstantSource clock,
      InstantSource steady) {
    WhisperMeters meters = new WhisperMeters(scope);
    this.parts = new WhisperParts(config, disk, new FileLocks(), meters, clock, steady);
    config.warnings().forEach(LOG::warn);
    if (config.lock() && !disk.locks()) {
      LOG.warn("whisper files are not locked: flock can't be called on this system");
    }
  }

  @Override
  public Figures figures() {
    return Figures.VALUE;
  }

  @Override
  public Aggregate aggregate(byte[] key, int from, int to) {
    return parts.config().method(key, from, to);
  }

  @Override
  public MetricWriter writer() {
    return new WhisperWriter(parts, openFiles(), changedAt);
  }

  /** As configured, but so many that the process has some left, for connections too. */
  private int openFiles() {
    long most = FEW_FILES;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long all = system.getMaxFileDescriptorCount();
      long left = Math.min(all / 4, Math.max(LEFT_FILES, all / 16));
      most = Math.min(all - left, Integer.MAX_VALUE);
    }
    int wanted = parts.config().openFiles();
    return wanted == 0 ? (int) most : (int) Math.min(most, wanted);
  }

  @Override
  public MetricIndex index() {
    return new WhisperIndex(parts);
  }

  @Override
  public Optional<MetricReader> reader() {
    return Optional.of(new WhisperReader(parts));
  }

  @Override
  public Optional<SeriesMethods> methods() {
    return Optional.of(this);
  }

  @Override
  public Aggregate method(String key) throws IOException {
    return changed(key, null).orElseThrow(() -> noFile(key));
  }

  @Override
  public Aggregate method(String key, Aggregate other) throws IOException {
    return changed(key, other).orElseThrow(() -> noFile(key));
  }

  private static IOException noFile(String key) {
    return new NoSuchFileException(key, null, "there is no file of this series");
  }

  /**
   * @param method null to change nothing
   */
  private Optional<Aggregate> changed(String name, Aggregate method) throws IOException {
    byte[] key = name.getBytes(UTF_8);
    Disk disk = parts.disk();
    FilePath path = new FilePath(disk);
    if (!parts.paths().set(path, key, parts.config().hashTagged())) {
      return Optional.empty();
    }
    Memory memory = disk.memory(Layout.MOST_HEADER);
    synchronized (parts.locks().of(key)) {
      WhisperFile file = WhisperFile.open(disk, path, method != null, memory, new Stamp(disk));
      if (file == null) {
        return Optional.empty();
      }
      try {
        if (method != null) {
          Layout other = file.layout.with(method, file.layout.xFilesFactor());
          file.aggregation(other, memory);
          changedAt.set(parts.steadySeconds());
        }
        return Optional.of(file.layout.method());
      } finally {
        file.close();
      }
    }
  }
}
