package io.cadenza.writer.whisper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A channel of the JDK. */
final class JdkFile implements DiskFile {
  private static final byte[] ZERO = {0};

  private final JdkDisk disk;
  private final Path path;
  private final FileChannel channel;

  JdkFile(JdkDisk disk, Path path, FileChannel channel) {
    this.disk = disk;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int read(Memory into, int from, int length, long at) throws DiskException {
    ByteBuffer bytes = into.bytes.limit(from + length).position(from);
    try {
      int done = 0;
      while (done < length) {
        int count = channel.read(bytes, at + done);
        if (count < 0) {
          break;
        }
        done += count;
      }
      return done;
    } catch (IOException failed) {
      throw JdkDisk.failed(path.toString(), failed);
    } finally {
      bytes.clear();
    }
  }

  @Override
  public void write(Memory memory, int from, int length, long at) throws DiskException {
    ByteBuffer bytes = memory.bytes.limit(from + length).position(from);
    try {
      int done = 0;
      while (done < length) {
        done += channel.write(bytes, at + done);
      }
    } catch (IOException failed) {
      throw JdkDisk.failed(path.toString(), failed);
    } finally {
      bytes.clear();
    }
  }

  @Override
  public void stamp(Stamp into) throws DiskException {
    try {
      JdkDisk.stamp(path, into);
    } catch (IOException failed) {
      throw JdkDisk.failed(path.toString(), failed);
    }
  }

  @Override
  public void resize(long size) throws DiskException {
    try {
      if (size < channel.size()) {
        channel.truncate(size);
      } else if (size > channel.size()) {
        channel.write(ByteBuffer.wrap(ZERO), size - 1);
      }
    } catch (IOException failed) {
      throw JdkDisk.failed(path.toString(), failed);
    }
  }

  @Override
  public void sync() throws DiskException {
    try {
      channel.force(false);
    } catch (IOException failed) {
      throw JdkDisk.failed(path.toString(), failed);
    }
  }

  @Override
  public boolean tryLock() throws DiskException {
    throw new DiskException(
        DiskException.Fault.UNSUPPORTED, path + ": no flock on " + disk.getClass().getSimpleName());
  }

  @Override
  public void unlock() {
    // Never locked.
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException lost) {
      // What was written has been told of already; the descriptor is gone in any case.
      return;
    }
  }
}
