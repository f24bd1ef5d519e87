package io.cadenza.writer.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A disk that has so many bytes left, after which a write fails when a part of it is done. */
final class FullDisk implements Disk {
  long left = Long.MAX_VALUE;
  boolean failsToTruncate;

  @Override
  public FileChannel open(Path path, OpenOption... options) throws IOException {
    return new Channel(FileChannel.open(path, options));
  }

  private final class Channel extends PassingChannel {
    Channel(FileChannel real) {
      super(real);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      if (left == 0) {
        throw new IOException("No space left on device");
      }
      int limit = from.limit();
      from.limit((int) Math.min(limit, from.position() + left));
      int n = super.write(from, position);
      from.limit(limit);
      left -= n;
      return n;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (failsToTruncate) {
        throw new IOException("Input/output error");
      }
      return super.truncate(size);
    }
  }
}
