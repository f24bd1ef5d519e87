package io.cadenza.writer.whisper;

import io.cadenza.meter.Pace;
import io.cadenza.store.KeyText;
import io.cadenza.writer.whisper.DiskException.Fault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the files of series for a writer: has those made that are not there, sets aside what is no
 * whole file of whisper's, and notices when others have replaced one. One thread.
 */
final class SeriesFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesFiles.class);

  private static final int MOST_LAYOUTS = 1024;
  private static final int MOST_ASIDE = 100;
  private static final int MEMORY = 1 << 16;

  private final WhisperParts parts;
  private final WhisperConfig config;
  private final Disk disk;
  private final OpenFiles open;
  private final KeyPaths paths;
  private final FilePath path;
  private final FilePath other;
  private final Memory memory;
  private final Stamp stamp;
  private final Pace damages;
  private final NewFiles news;

  /** Most files are of few layouts, which are kept once. */
  private final Map<Layout, Layout> layouts = new HashMap<>();

  private long now;
  private long checkSince;

  SeriesFiles(WhisperParts parts, OpenFiles open, NewFiles news) {
    this.parts = parts;
    this.config = parts.config();
    this.disk = parts.disk();
    this.open = open;
    this.news = news;
    this.paths = parts.paths();
    this.path = new FilePath(disk);
    this.other = new FilePath(disk);
    this.memory = disk.memory(MEMORY);
    this.stamp = new Stamp(disk);
    this.damages = new Pace(parts.steady());
  }

  /**
   * A batch begins.
   *
   * @param steadyNow steady seconds
   * @param changedAt steady seconds when headers of any files were changed last
   */
  void begin(long steadyNow, long changedAt) {
    now = steadyNow;
    checkSince = Math.max(changedAt, steadyNow - config.checkFiles().toSeconds());
  }

  /** The file of a key; null when there can be none. */
  SeriesFile of(byte[] key) {
    boolean can = KeyText.of(key) != null && paths.set(path, key, config.hashTagged());
    return can ? new SeriesFile(parts.locks().of(key)) : null;
  }

  /**
   * Has the file open, as it is there now. Under its lock.
   *
   * @return false when it is to be made, but not now
   * @throws CorruptFileException when what is there is to be {@link #setAside}
   */
  boolean ready(SeriesFile one, byte[] key) throws IOException {
    boolean fresh = one.checkedAt > checkSince;
    if (one.isOpen() && fresh) {
      return true;
    }
    paths.set(path, key, config.hashTagged());
    if (one.isOpen()) {
      if (disk.stamp(path, stamp) && one.isSame(stamp)) {
        readAgain(one);
        return true;
      }
      open.drop(one);
      one.forget();
    }
    return open(one, fresh) || make(one, key) || news.isThere() && open(one, false);
  }

  /** False when there is none. */
  private boolean open(SeriesFile one, boolean fresh) throws IOException {
    DiskFile io = open(one);
    if (io == null) {
      one.forget();
      return false;
    }
    boolean good = false;
    try {
      know(one, io, fresh);
      good = true;
      return true;
    } finally {
      if (!good) {
        io.close();
      }
    }
  }

  private boolean make(SeriesFile one, byte[] key) throws DiskException {
    DiskFile io = news.make(path, key);
    if (io == null) {
      return false;
    }
    one.file = new WhisperFile(io, shared(news.layout()));
    if (disk.stamp(path, stamp)) {
      one.note(stamp);
      one.checkedAt = now;
    }
    return true;
  }

  /** Somebody may have changed the header, or written over all of it. */
  private void readAgain(SeriesFile one) throws IOException {
    DiskFile io = one.file.io();
    one.file = new WhisperFile(io, shared(WhisperFile.readLayout(io, memory, stamp.size)));
    one.checkedAt = now;
  }

  private void know(SeriesFile one, DiskFile io, boolean fresh) throws IOException {
    io.stamp(stamp);
    if (!stamp.isFile) {
      throw new DiskException(Fault.WRONG_KIND, path + ": is no file");
    }
    if (one.file != null && fresh && one.isSame(stamp)) {
      one.file.reopened(io);
      return;
    }
    one.file = new WhisperFile(io, shared(WhisperFile.readLayout(io, memory, stamp.size)));
    one.note(stamp);
    one.checkedAt = now;
  }

  private Layout shared(Layout layout) {
    if (layouts.size() >= MOST_LAYOUTS) {
      layouts.clear();
    }
    Layout known = layouts.putIfAbsent(layout, layout);
    return known == null ? layout : known;
  }

  private DiskFile open(SeriesFile one) throws DiskException {
    DiskFile again = one.file == null ? null : one.file.io();
    try {
      return disk.open(path, true, again);
    } catch (DiskException failed) {
      if (failed.fault != Fault.TOO_MANY_OPEN) {
        throw failed;
      }
      open.shrink();
      return disk.open(path, true, again);
    }
  }

  /** Gives a file that is not whole another name, so that it is made anew. Under its lock. */
  void setAside(SeriesFile one, byte[] key, CorruptFileException why) throws DiskException {
    open.drop(one);
    one.forget();
    paths.set(path, key, config.hashTagged());
    String ending = ".corrupt-" + parts.clock().millis() / 1000;
    boolean moved = false;
    for (int i = 0; !moved && i < MOST_ASIDE; i++) {
      other.set(path);
      String more = i == 0 ? ending : ending + "-" + i;
      int part = other.length() - other.lastSlash() - 1 + more.length();
      other.cut(other.length() - Math.max(0, part - FilePath.MOST_PART));
      if (!other.add(more)) {
        throw new DiskException(Fault.OTHER, path + ": no room for another name");
      }
      moved = disk.move(path, other);
    }
    if (!moved) {
      throw new DiskException(Fault.THERE, other + ": is there already, as others like it");
    }
    parts.meters().setAside.increment();
    long times = damages.happened();
    if (times > 0) {
      LOG.warn(
          "{} file(s) were damaged and are set aside; the last: {}: {}", times, other, why + "");
    }
  }
}
