package io.cadenza.writer.file;

import io.cadenza.format.DoubleText;
import io.cadenza.store.KeyText;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.store.Retention;
import io.cadenza.store.Retentions;
import io.cadenza.writer.Refusals;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a line for each point: name, sum, mean, min, max, count, resolution in seconds, time in
 * nanoseconds, time to live, with tabs between. Numbers are the shortest text that reads back as
 * the same. All lines of a batch are with the system when {@link #write} returns, or none is in a
 * file.
 */
final class FileWriter implements MetricWriter {
  private static final long NANOS = 1_000_000_000L;
  private static final int NUMBERS = 9 * (DoubleText.LONGEST + 1);

  /** Beyond, a time in nanoseconds is none: the year 2262. */
  private static final long LAST_SECOND = Long.MAX_VALUE / NANOS;

  private final FileConfig config;
  private final InstantSource clock;
  private final Disk disk;
  private final Map<Integer, LineFile> files = new HashMap<>();
  private Instant rotatedAt = Instant.MIN;
  private boolean closed;
  private byte[] line = new byte[1024];

  FileWriter(FileConfig config, InstantSource clock, Disk disk) {
    this.config = config;
    this.clock = clock;
    this.disk = disk;
  }

  @Override
  public void write(PointBatch batch, Verdicts verdicts) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    rotateInTime();
    Refusals refusals = new Refusals();
    try {
      for (int s = 0; s < batch.series(); s++) {
        if (isPlain(batch.key(s))) {
          write(batch, s, refusals);
        } else {
          refusals.series(s, Refusals.BAD_NAME);
        }
      }
      for (LineFile file : files.values()) {
        file.drain();
      }
    } catch (IOException e) {
      files.values().forEach(LineFile::rollBack);
      throw e;
    }
    files.values().forEach(LineFile::commit);
    refusals.tell(verdicts);
  }

  /** UTF-8 without what would be a tab, the end of a line, or of a text. */
  private static boolean isPlain(byte[] key) {
    boolean ascii = true;
    for (byte b : key) {
      if (b >= 0 && b < ' ') {
        return false;
      }
      ascii &= b >= 0;
    }
    return key.length > 0 && (ascii || KeyText.of(key) != null);
  }

  private void write(PointBatch batch, int s, Refusals refusals) throws IOException {
    int step = batch.step(s) == 0 ? config.retentions().get(0).step() : batch.step(s);
    LineFile file = files.computeIfAbsent(step, any -> new LineFile(config.file(step), disk));
    long ttl = ttl(batch.ttl(s), step);
    byte[] key = batch.key(s);
    if (line.length < key.length + NUMBERS) {
      line = new byte[2 * (key.length + NUMBERS)];
    }
    System.arraycopy(key, 0, line, 0, key.length);
    for (int p = batch.first(s); p < batch.end(s); p++) {
      if (!isFinite(batch, p)) {
        refusals.point(s, Refusals.NOT_FINITE);
      } else if (Math.abs(batch.time(p)) > LAST_SECOND) {
        refusals.point(s, Refusals.OUT_OF_RANGE);
      } else {
        file.add(line, lineEnd(key.length, batch, p, step, ttl));
      }
    }
  }

  private static boolean isFinite(PointBatch batch, int p) {
    return Double.isFinite(batch.sum(p))
        && Double.isFinite(batch.min(p))
        && Double.isFinite(batch.max(p));
  }

  private long ttl(long ofSeries, int step) {
    long seconds = ofSeries;
    if (seconds == 0) {
      seconds = Retentions.withStep(config.retentions(), step).map(Retention::seconds).orElse(0L);
    }
    return config.ttlInSeconds() ? seconds : Math.min(seconds, LAST_SECOND) * NANOS;
  }

  private int lineEnd(int keyEnd, PointBatch batch, int p, int step, long ttl) {
    int at = column(batch.sum(p), keyEnd);
    at = column(batch.mean(p), at);
    at = column(batch.min(p), at);
    at = column(batch.max(p), at);
    at = column(batch.count(p), at);
    at = column(step, at);
    at = column(batch.time(p) * NANOS, at);
    at = column(ttl, at);
    line[at] = '\n';
    return at + 1;
  }

  private int column(double number, int at) {
    line[at] = '\t';
    return DoubleText.write(number, line, at + 1);
  }

  private int column(long number, int at) {
    line[at] = '\t';
    return DoubleText.write(number, line, at + 1);
  }

  @Override
  public void idle() throws IOException {
    rotateInTime();
  }

  private void rotateInTime() throws IOException {
    Instant now = clock.instant();
    if (rotatedAt.equals(Instant.MIN) || !now.isBefore(rotatedAt.plus(config.rotateEvery()))) {
      rotatedAt = now;
      for (LineFile file : files.values()) {
        file.rotate(config.maxFileSize(), now);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    IOException first = null;
    for (LineFile file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    files.clear();
    if (first != null) {
      throw first;
    }
  }
}
