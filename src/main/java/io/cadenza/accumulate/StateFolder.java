package io.cadenza.accumulate;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a process leaves what an accumulator had open, for the next one. May be used by several
 * processes at once: a file belongs to the one that renames it first. All of it blocks.
 *
 * <pre>
 * 8 bytes  "CDZACC01"
 * then, for each shard
 * 4 bytes  length of what follows, the highest first
 * 4 bytes  CRC-32 of it
 * n bytes  as {@link Accumulator#handOver} wrote it
 * </pre>
 *
 * <p>A file that was taken and whose taker died before it was done is not taken again: what it has
 * may have been flushed already. It stays, named {@code .taken}, for people.
 */
public final class StateFolder {
  private static final long MAGIC = 0x43445a4143433031L;
  private static final String READY = ".state";
  private static final String TAKEN = ".taken";
  private static final String UNFINISHED = ".unfinished";
  private static final int HEAD = 8;
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private final Path folder;

  /**
   * @param folder of one accumulator; made when it is first written to
   */
  public StateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What was found, and whose it is now.
   *
   * @param file to be given to {@link #done}
   * @param shards what each shard of a predecessor had
   * @param damaged how many of them could not be read
   */
  public record Found(Path file, List<byte[]> shards, int damaged) {}

  /** Leaves what shards handed over. It is on disk when this returns. */
  public void leave(List<byte[]> shards) throws IOException {
    Files.createDirectories(folder);
    String name = UUID.randomUUID().toString();
    Path unfinished = folder.resolve(name + UNFINISHED);
    try (FileChannel file =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(file, ByteBuffer.allocate(HEAD).putLong(0, MAGIC));
      for (byte[] shard : shards) {
        write(file, ByteBuffer.allocate(HEAD).putInt(0, shard.length).putInt(4, crc(shard)));
        write(file, ByteBuffer.wrap(shard));
      }
      file.force(true);
      Files.move(unfinished, folder.resolve(name + READY), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    forceFolder();
  }

  /**
   * A file has its name after a power cut only when its folder was forced as well. Where that can't
   * be done the file is left all the same: a successor may have it already.
   */
  private void forceFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.warn("{}: can't be forced to disk: {}", folder, e.toString());
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Takes what predecessors left, oldest first; nobody else gets it. */
  public List<Found> take() throws IOException {
    List<Found> all = new ArrayList<>();
    for (Path ready : ready()) {
      Path taken = ready.resolveSibling(ready.getFileName() + TAKEN);
      try {
        Files.move(ready, taken, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException e) {
        continue; // Another process was faster.
      }
      all.add(read(taken));
    }
    return all;
  }

  private List<Path> ready() throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + READY)) {
      files.forEach(found::add);
    }
    found.sort(Comparator.comparing((Path file) -> file.toFile().lastModified()));
    return found;
  }

  /** One that cannot be read keeps nobody from the others. */
  private static Found read(Path file) {
    List<byte[]> shards = new ArrayList<>();
    try {
      return new Found(file, shards, read(file, shards));
    } catch (IOException unreadable) {
      return new Found(file, shards, 1);
    }
  }

  /** Reads the shards that are whole; answers how many are not. */
  private static int read(Path file, List<byte[]> shards) throws IOException {
    int damaged = 0;
    long left = Files.size(file) - HEAD;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      if (left < 0 || in.readLong() != MAGIC) {
        return 1;
      }
      while (left > 0) {
        int length = left < HEAD ? -1 : in.readInt();
        if (length < 0 || length > left - HEAD) {
          return damaged + 1;
        }
        int crc = in.readInt();
        byte[] shard = in.readNBytes(length);
        left -= HEAD + length;
        if (crc(shard) == crc) {
          shards.add(shard);
        } else {
          damaged++;
        }
      }
    }
    return damaged;
  }

  /** What was found is in an accumulator now, or damaged: a damaged file stays, for people. */
  public void done(Found found) throws IOException {
    if (found.damaged() == 0) {
      Files.deleteIfExists(found.file());
    }
  }
}
