package io.cadenza.writer.whisper;

import io.cadenza.meter.Pace;
import io.cadenza.meter.Share;
import io.cadenza.store.Aggregate;
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

  private final WhisperParts parts;
  private final AtomicLong changedAt;
  private final boolean locks;
  private final OpenFiles open;
  private final NewFiles news;
  private final SeriesFiles files;
  private final Updater updater;
  private final Points points = new Points();
  private final Pace failures;
  private final Share openShare;
  private final Share openLimit;
  private TokenBucket updates;
  private boolean closed;

  // Of the batch.
  private long now;
  private long steadyNow;
  private int updated;
  private int settled;
  private int wrongTimes;
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
    this.news = new NewFiles(parts);
    this.files = new SeriesFiles(parts, open, news);
    this.updater = new Updater(parts.disk(), !config.lock() && !config.checkFiles().isZero());
    this.failures = new Pace(parts.steady());
    this.openShare = parts.meters().open();
    this.openLimit = parts.meters().openLimit();
    tellOpen();
  }

  @Override
  public void write(PointBatch batch, Verdicts verdicts) throws DiskException {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    begin();
    for (int s = 0; s < batch.series(); s++) {
      try {
        write(batch, s, verdicts);
      } catch (IOException failed) {
        failed(batch, s, verdicts, failed);
      }
    }
    parts.meters().updates.add(updated);
    tellOpen();
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
    int tooOld;
    synchronized (one.lock) {
      tooOld = update(one, batch, series);
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
    if (wrongTimes > 0) {
      verdicts.refused(series, wrongTimes, "bad-time");
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

  /** How many points were too old, or {@link #NOT_NOW}. */
  private int update(SeriesFile one, PointBatch batch, int series) throws IOException {
    try {
      return tryUpdate(one, batch, series);
    } catch (CorruptFileException damaged) {
      files.setAside(one, batch.key(series), damaged);
      return tryUpdate(one, batch, series);
    }
  }

  private int tryUpdate(SeriesFile one, PointBatch batch, int series) throws IOException {
    if (!files.ready(one, batch.key(series))) {
      return NOT_NOW;
    }
    int tooOld = NOT_NOW;
    if (!locks || one.file.io().tryLock()) {
      take(batch, series, one.file.layout.method());
      int finest = archive(one.file, batch.step(series));
      tooOld = updater.updateMany(one.file, finest, points, now);
      if (parts.config().fsync() == Fsync.ALWAYS) {
        one.file.io().sync();
      }
      if (locks) {
        one.file.io().unlock();
      }
    }
    open.done(one, steadyNow);
    return tooOld;
  }

  private void take(PointBatch batch, int series, Aggregate method) {
    points.clear();
    int end = batch.end(series);
    for (int p = batch.first(series); p < end; p++) {
      long time = batch.time(p);
      if (time > 0 && time <= MOST_TIME) {
        points.add(time, value(batch, p, method));
      }
    }
    wrongTimes = end - batch.first(series) - points.count;
  }

  private static double value(PointBatch batch, int point, Aggregate method) {
    long count = batch.count(point);
    double sum = batch.sum(point);
    return count == 1
        ? sum
        : method.of(batch.min(point), batch.max(point), sum, count, batch.lastValue(point));
  }

  /** The archive of a step, where there is one; else the finest. */
  private static int archive(WhisperFile file, int step) {
    int index = file.archives() - 1;
    while (index > 0 && file.archive(index).step() != step) {
      index--;
    }
    return index;
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
    news.makeAll();
  }

  /** Files of series that are written no more are closed. */
  @Override
  public void idle() {
    open.sweep(parts.steadySeconds(), SWEPT);
    tellOpen();
  }

  private void tellOpen() {
    openShare.set(open.count());
    openLimit.set(open.most());
  }

  @Override
  public void close() {
    closed = true;
    open.close();
    openShare.set(0);
    openLimit.set(0);
  }
}
