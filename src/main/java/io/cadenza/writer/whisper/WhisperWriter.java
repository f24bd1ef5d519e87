package io.cadenza.writer.whisper;

import io.cadenza.meter.Pace;
import io.cadenza.meter.Share;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.writer.whisper.DiskException.Fault;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes points into whisper files: all points of a series in one update of its file.
 *
 * <p>A file that stays open costs one write for the finest points, and a read and a write for each
 * coarser archive. Writing points again changes nothing, so whatever fails may be tried again. When
 * the disk takes nothing at all the whole batch fails; when it stops in the middle, the rest is
 * told to be {@code later}, as it is for a single file that can't be written.
 */
final class WhisperWriter implements MetricWriter {
  private static final Logger LOG = LoggerFactory.getLogger(WhisperWriter.class);
  private static final SeriesFile NO_FILE = new SeriesFile(new Object());
  private static final long MOST_TIME = 0xffff_ffffL;
  private static final int NOT_NOW = -1;
  private static final int SWEPT = 256;
  private static final int SECOND = 1000;
  private static final int MINUTE = 60_000;

  private final WhisperParts parts;
  private final AtomicLong changedAt;
  private final boolean locks;
  private final OpenFiles open;
  private final SeriesFiles files;
  private final Updater updater;
  private final Points points = new Points();
  private final Pace failures;
  private final Share openShare;
  private TokenBucket updates;

  // Of the batch.
  private long now;
  private long steadyNow;
  private int updated;
  private int settled;
  private boolean stuck;
  private DiskException failure;

  /**
   * @param openFiles how many files are kept open at most
   * @param changedAt steady seconds when the store last changed headers of files
   */
  WhisperWriter(WhisperParts parts, int openFiles, AtomicLong changedAt) {
    WhisperConfig config = parts.config();
    this.parts = parts;
    this.changedAt = changedAt;
    this.locks = config.lock() && parts.disk().locks();
    this.open = new OpenFiles(openFiles);
    this.updates = new TokenBucket(config.writesPerSecond(), SECOND, parts.steady());
    TokenBucket creates = new TokenBucket(config.createsPerMinute(), MINUTE, parts.steady());
    this.files = new SeriesFiles(parts, open, creates);
    this.updater = new Updater(parts.disk());
    this.failures = new Pace(parts.steady());
    this.openShare = parts.meters().open();
  }

  @Override
  public void write(PointBatch batch, Verdicts verdicts) throws DiskException {
    begin();
    for (int s = 0; s < batch.series(); s++) {
      try {
        write(batch, s, verdicts);
      } catch (IOException failed) {
        failed(batch, s, verdicts, failed);
      }
    }
    parts.meters().updates.add(updated);
    openShare.set(open.count());
    if (settled == 0 && failure != null) {
      throw failure;
    }
  }

  private void begin() {
    now = parts.now();
    steadyNow = parts.steadySeconds();
    files.begin(steadyNow, changedAt.get());
    updated = 0;
    settled = 0;
    stuck = false;
    failure = null;
  }

  private void write(PointBatch batch, int series, Verdicts verdicts) throws IOException {
    SeriesFile one = file(batch, series);
    if (one == NO_FILE) {
      settled++;
      verdicts.refused(series, "bad-name");
      return;
    }
    if (stuck || !updates.has()) {
      verdicts.later(series);
      return;
    }
    take(batch, series, verdicts);
    int tooOld;
    synchronized (one.lock) {
      tooOld = update(one, batch.key(series));
    }
    if (tooOld == NOT_NOW) {
      verdicts.later(series);
      return;
    }
    updates.take();
    updated++;
    settled++;
    if (tooOld > 0) {
      verdicts.refused(series, tooOld, "too-old");
    }
  }

  private SeriesFile file(PointBatch batch, int series) {
    Object note = batch.note(series);
    if (note instanceof SeriesFile known) {
      return known;
    }
    SeriesFile one = files.of(batch.key(series));
    one = one == null ? NO_FILE : one;
    batch.note(series, one);
    return one;
  }

  private void take(PointBatch batch, int series, Verdicts verdicts) {
    points.clear();
    int end = batch.end(series);
    for (int p = batch.first(series); p < end; p++) {
      long time = batch.time(p);
      if (time <= MOST_TIME) {
        points.add(time, batch.lastValue(p));
      }
    }
    int wrong = end - batch.first(series) - points.count;
    if (wrong > 0) {
      verdicts.refused(series, wrong, "bad-time");
    }
  }

  /** How many points were too old, or {@link #NOT_NOW}. */
  private int update(SeriesFile one, byte[] key) throws IOException {
    try {
      return tryUpdate(one, key);
    } catch (CorruptFileException damaged) {
      files.setAside(one, key, damaged);
      return tryUpdate(one, key);
    }
  }

  private int tryUpdate(SeriesFile one, byte[] key) throws IOException {
    if (!files.ready(one, key)) {
      return NOT_NOW;
    }
    int tooOld = NOT_NOW;
    if (!locks || one.file.io.tryLock()) {
      tooOld = updater.updateMany(one.file, points, now);
      if (parts.config().fsync() == Fsync.ALWAYS) {
        one.file.io.sync();
      }
      if (locks) {
        one.file.io.unlock();
      }
    }
    open.done(one, steadyNow);
    return tooOld;
  }

  /** A file that failed is closed, which gives its lock back. */
  private void failed(PointBatch batch, int series, Verdicts verdicts, IOException failed) {
    if (batch.note(series) instanceof SeriesFile one) {
      open.drop(one);
      one.forget();
    }
    parts.meters().failures.increment();
    long times = failures.happened();
    if (times > 0) {
      LOG.warn("whisper files could not be written, {} time(s); the last: {}", times, failed + "");
    }
    DiskException told =
        failed instanceof DiskException disk
            ? disk
            : new DiskException(Fault.OTHER, failed.getMessage());
    if (told.fault == Fault.WRONG_KIND) {
      settled++;
      verdicts.refused(series, "name-taken");
      return;
    }
    failure = told;
    stuck |= told.fault == Fault.FULL || told.fault == Fault.READ_ONLY;
    verdicts.later(series);
  }

  @Override
  public void hurry() {
    updates = new TokenBucket(TokenBucket.UNLIMITED, 1, parts.steady());
    files.createAll();
  }

  /** Files of series that are written no more are closed. */
  @Override
  public void idle() {
    open.sweep(parts.steadySeconds(), SWEPT);
    openShare.set(open.count());
  }

  @Override
  public void close() {
    open.close();
    openShare.set(0);
  }
}
