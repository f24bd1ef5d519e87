package io.cadenza.writer.whisper;

import io.cadenza.writer.whisper.DiskException.Fault;

/** A disk that fails as it is told to, and counts what is done. */
final class FailingDisk implements Disk {
  private final Disk real;

  /** How writes, and whatever makes a file, fail; null: they don't. */
  Fault writes;

  /** How opening a file fails; null: it doesn't. */
  Fault opens;

  /** How many more bytes are written before {@link #writes}; as the disk fills. */
  long bytesLeft;

  /** Whether there is no descriptor, once. */
  boolean failNextOpen;

  int opened;
  int reads;
  int written;
  long bytes;
  int syncs;

  FailingDisk(Disk real) {
    this.real = real;
  }

  private void mayWrite(long bytes) throws DiskException {
    if (writes != null && (bytesLeft -= bytes) < 0) {
      throw new DiskException(writes, "told to fail");
    }
  }

  @Override
  public Memory memory(int size) {
    return real.memory(size);
  }

  @Override
  public DiskFile open(FilePath path, boolean toWrite, DiskFile again) throws DiskException {
    if (opens != null) {
      throw new DiskException(opens, "told to fail");
    }
    if (failNextOpen) {
      failNextOpen = false;
      throw new DiskException(Fault.TOO_MANY_OPEN, "told to fail");
    }
    DiskFile file = real.open(path, toWrite, again instanceof Failing closed ? closed.file : null);
    if (file == null) {
      return null;
    }
    opened++;
    return new Failing(file);
  }

  @Override
  public DiskFile create(FilePath path) throws DiskException {
    mayWrite(1);
    return new Failing(real.create(path));
  }

  @Override
  public void makeFolder(FilePath path) throws DiskException {
    mayWrite(1);
    real.makeFolder(path);
  }

  @Override
  public boolean move(FilePath from, FilePath to) throws DiskException {
    mayWrite(1);
    return real.move(from, to);
  }

  @Override
  public void replace(FilePath from, FilePath to) throws DiskException {
    mayWrite(1);
    real.replace(from, to);
  }

  @Override
  public void remove(FilePath path) throws DiskException {
    real.remove(path);
  }

  @Override
  public boolean stamp(FilePath path, Stamp into) throws DiskException {
    return real.stamp(path, into);
  }

  @Override
  public boolean list(FilePath folder, Entries entries) throws DiskException {
    return real.list(folder, entries);
  }

  @Override
  public void syncFolder(FilePath folder) throws DiskException {
    syncs++;
    real.syncFolder(folder);
  }

  @Override
  public boolean locks() {
    return real.locks();
  }

  private final class Failing implements DiskFile {
    private final DiskFile file;

    Failing(DiskFile file) {
      this.file = file;
    }

    @Override
    public int read(Memory into, int from, int length, long at) throws DiskException {
      reads++;
      return file.read(into, from, length, at);
    }

    @Override
    public void write(Memory bytes, int from, int length, long at) throws DiskException {
      mayWrite(length);
      written++;
      FailingDisk.this.bytes += length;
      file.write(bytes, from, length, at);
    }

    @Override
    public void stamp(Stamp into) throws DiskException {
      file.stamp(into);
    }

    @Override
    public void resize(long size) throws DiskException {
      mayWrite(1);
      file.resize(size);
    }

    @Override
    public void sync() throws DiskException {
      syncs++;
      file.sync();
    }

    @Override
    public boolean tryLock() throws DiskException {
      return file.tryLock();
    }

    @Override
    public void unlock() {
      file.unlock();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
