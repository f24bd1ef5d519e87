package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.meter.Pace;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import io.cadenza.writer.whisper.DiskException.Fault;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads whisper files, each by what its own header says. Several worker threads at once. */
final class WhisperReader implements MetricReader {
  private static final Logger LOG = LoggerFactory.getLogger(WhisperReader.class);
  private static final int IDLE_READS = 32;

  private final WhisperParts parts;
  private final Pace failures;

  /** What reads use, one at a time. */
  private final Queue<Reading> idle = new ArrayBlockingQueue<>(IDLE_READS);

  private volatile boolean closed;

  WhisperReader(WhisperParts parts) {
    this.parts = parts;
    this.failures = new Pace(parts.steady());
  }

  /** What is done with a file that is open. */
  private interface Work<T> {
    T with(WhisperFile file, Reading reading) throws DiskException, CorruptFileException;
  }

  /** What one read needs. */
  private static final class Reading {
    final KeyPaths paths;
    final FilePath path;
    final Memory memory;
    final Stamp stamp;
    final Fetch fetch;

    Reading(WhisperParts parts) {
      paths = parts.paths();
      path = new FilePath(parts.disk());
      memory = parts.disk().memory(Layout.MOST_HEADER);
      stamp = new Stamp(parts.disk());
      fetch = new Fetch(parts.disk());
    }
  }

  @Override
  public Map<String, Fetched> read(Query query) throws DiskException {
    Map<String, Fetched> found = new HashMap<>();
    Reading reading = take();
    for (String key : query.keys()) {
      Fetched points =
          with(
              reading,
              key,
              (file, r) ->
                  r.fetch.fetch(file, query.from(), query.until(), query.now(), Fetch.ANY_STEP));
      if (points != null) {
        found.put(key, points);
      }
    }
    idle.offer(reading);
    return found;
  }

  @Override
  public List<Retention> retentions(String key) {
    Reading reading = take();
    List<Retention> there = null;
    try {
      there = with(reading, key, (file, r) -> file.layout.retentions());
    } catch (DiskException told) {
      // As if there was no file: reading it will say so.
      there = null;
    }
    idle.offer(reading);
    return there == null ? parts.config().retentions(key) : there;
  }

  private Reading take() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    Reading reading = idle.poll();
    return reading == null ? new Reading(parts) : reading;
  }

  /**
   * Null when there is no file, or that one can't be read: that is told, and others are read still.
   *
   * @throws DiskException when others could not be read either
   */
  private <T> T with(Reading reading, String name, Work<T> work) throws DiskException {
    byte[] key = name.getBytes(UTF_8);
    boolean hashed = parts.config().hashTagged();
    synchronized (parts.locks().of(key)) {
      try {
        T done = with(reading, key, hashed, work);
        // As carbon wrote it before, or after, names with tags were hashed.
        return done == null && KeyPaths.hasTags(key) ? with(reading, key, !hashed, work) : done;
      } catch (CorruptFileException damaged) {
        told(name, damaged);
        return null;
      } catch (DiskException failed) {
        told(name, failed);
        if (failed.fault == Fault.DENIED || failed.fault == Fault.WRONG_KIND) {
          return null;
        }
        throw failed;
      }
    }
  }

  private <T> T with(Reading reading, byte[] key, boolean hashed, Work<T> work)
      throws DiskException, CorruptFileException {
    if (!reading.paths.set(reading.path, key, hashed)) {
      return null;
    }
    WhisperFile file =
        WhisperFile.open(parts.disk(), reading.path, false, reading.memory, reading.stamp);
    if (file == null) {
      return null;
    }
    try {
      return work.with(file, reading);
    } finally {
      file.close();
    }
  }

  private void told(String name, IOException failed) {
    parts.meters().failures.increment();
    long times;
    synchronized (failures) {
      times = failures.happened();
    }
    if (times > 0) {
      LOG.warn(
          "whisper files could not be read, {} time(s); last {}: {}", times, name, failed + "");
    }
  }

  @Override
  public void close() {
    closed = true;
    idle.clear();
  }
}
