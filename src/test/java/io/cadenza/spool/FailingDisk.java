package io.cadenza.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A disk that has so many bytes left, after which each write of a segment fails, in part. */
final class FailingDisk implements Disk {
  String message = "No space left on device";
  long left = Long.MAX_VALUE;
  boolean keepsTorn;
  boolean failsToSync;
  boolean failsToOpen;
  int syncs;

  /** What is tried when the disk is full, before a write fails. */
  Runnable onFull = () -> {};

  @Override
  public FileChannel open(Path path, OpenOption... options) throws IOException {
    if (failsToOpen) {
      throw new IOException(path + ": Too many open files");
    }
    FileChannel real = FileChannel.open(path, options);
    return path.toString().endsWith(Segment.SUFFIX) ? new Failing(real) : real;
  }

  private final class Failing extends FileChannel {
    private final FileChannel real;

    Failing(FileChannel real) {
      this.real = real;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      if (left == 0) {
        onFull.run();
      }
      if (left == 0) {
        throw new IOException(message);
      }
      int limit = from.limit();
      from.limit((int) Math.min(limit, from.position() + left));
      int n = real.write(from, position);
      from.limit(limit);
      left -= n;
      return n;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (keepsTorn) {
        throw new IOException(message);
      }
      real.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      if (failsToSync) {
        throw new IOException("Input/output error");
      }
      syncs++;
      real.force(metadata);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return real.read(into, position);
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }

    @Override
    public int read(ByteBuffer into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
