package io.cadenza.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The points that could not be written before a process ended, for the next one. Blocks.
 *
 * <pre>
 * 8 bytes  "CDZPNT01"
 * then, for each series, all numbers big-endian
 *   4 bytes  length of the key; -1 at the end
 *   n bytes  the key
 *   4 bytes  step, 8 bytes ttl, 4 bytes number of points
 *   of each point: 8 bytes time, 8 bytes each min, max, sum, first, last,
 *                  8 bytes count, negative for a part of its interval
 * 8 bytes  CRC-32C of all before
 * </pre>
 */
public final class CacheFile {
  private static final long MAGIC = 0x43445a504e543031L;
  private static final int LONGEST_KEY = 1 << 16;
  private static final int MOST_POINTS = 1 << 28;

  private final Path path;

  public CacheFile(Path path) {
    this.path = path;
  }

  /**
   * Leaves what is in a cache, which nobody adds to any more. Nothing is left where there is
   * nothing.
   *
   * @return how many points
   * @throws IOException when they could not be left: then there is no file
   */
  public long leave(WriteCache cache) throws IOException {
    if (cache.room().taken() == 0) {
      return 0;
    }
    Files.createDirectories(path.toAbsolutePath().getParent());
    Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
    try {
      long points = write(cache, unfinished);
      Files.move(
          unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return points;
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static long write(WriteCache cache, Path file) throws IOException {
    CRC32C sum = new CRC32C();
    long[] points = new long[1];
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        DataOutputStream out =
            new DataOutputStream(
                new CheckedOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), sum))) {
      out.writeLong(MAGIC);
      cache.each(series -> points[0] += write(series, out));
      out.writeInt(-1);
      out.writeLong(sum.getValue());
      out.flush();
      channel.force(true);
    }
    return points[0];
  }

  private static int write(CachedSeries series, DataOutputStream out) {
    CachedPoints points = series.all();
    try {
      out.writeInt(series.key.length);
      out.write(series.key);
      out.writeInt(series.step);
      out.writeLong(series.ttl);
      out.writeInt(points.count());
      for (int i = 0; i < points.count(); i++) {
        out.writeLong(points.time(i));
        out.writeDouble(points.min(i));
        out.writeDouble(points.max(i));
        out.writeDouble(points.sum(i));
        out.writeDouble(points.first(i));
        out.writeDouble(points.last(i));
        out.writeLong(points.merges(i) ? -points.valueCount(i) : points.valueCount(i));
      }
      return points.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts what was left into a cache, and removes the file: what is in it is this process' from then
   * on. One that is damaged is set aside, as {@code NAME.damaged}, and nothing of it is taken.
   *
   * @return how many points; 0 without a file
   */
  public long take(WriteCache into) throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }
    if (!isWhole()) {
      Path aside = path.resolveSibling(path.getFileName() + ".damaged");
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      throw new IOException(path + " is damaged; it is " + aside + " now");
    }
    long points = read(into);
    Files.delete(path);
    return points;
  }

  private boolean isWhole() throws IOException {
    long size = Files.size(path);
    if (size < 20) {
      return false;
    }
    CRC32C sum = new CRC32C();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(path), 1 << 16), sum))) {
      boolean ours = in.readLong() == MAGIC;
      in.skipNBytes(size - 16);
      long right = sum.getValue();
      return ours && in.readLong() == right;
    }
  }

  private long read(WriteCache into) throws IOException {
    long all = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
      in.readLong();
      for (int length = in.readInt(); length >= 0; length = in.readInt()) {
        byte[] key = new byte[checked(length, LONGEST_KEY)];
        in.readFully(key);
        int step = in.readInt();
        long ttl = in.readLong();
        CachedPoints points = points(in, checked(in.readInt(), MOST_POINTS), step == 0);
        into.restore(key, step, ttl, points);
        all += points.count();
      }
    }
    return all;
  }

  private static CachedPoints points(DataInputStream in, int count, boolean values)
      throws IOException {
    CachedPoints points = new CachedPoints();
    for (int i = 0; i < count; i++) {
      long time = in.readLong();
      double min = in.readDouble();
      double max = in.readDouble();
      double sum = in.readDouble();
      double first = in.readDouble();
      double last = in.readDouble();
      long signedCount = in.readLong();
      if (values) {
        points.add(time, sum, false);
      } else {
        points.add(time, min, max, sum, first, last, Math.abs(signedCount), signedCount < 0);
      }
    }
    return points;
  }

  private static int checked(int number, int most) throws IOException {
    if (number < 0 || number > most) {
      throw new IOException("a number that can't be: " + number);
    }
    return number;
  }
}
