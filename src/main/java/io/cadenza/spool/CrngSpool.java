package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the disk queues of carbon-relay-ng into a lane.
 *
 * <p>Its files are {@code <name>.diskqueue.<six digits>.dat}: for each line a big-endian length of
 * four bytes and the line without a newline, no checksum. {@code <name>.diskqueue.meta.dat} has
 * three lines of text: how many, file and offset of the reader, file and offset of the writer. What
 * it says of the reader is believed when there is a record at that place; what it says of the
 * writer never is, since it is older than the data. Files are left as they are. One thread.
 */
public final class CrngSpool {
  private static final String MIDDLE = ".diskqueue.";
  private static final String SUFFIX = ".dat";
  private static final int LENGTH = 4;

  /** Longer than any line it takes. */
  private static final int LONGEST = 1 << 20;

  private static final int RUN = 64 << 10;

  private final Spool spool;
  private final List<String> remarks = new ArrayList<>();
  private final ByteArrayOutputStream run = new ByteArrayOutputStream(RUN + LONGEST);
  private int runLines;
  private long imported;
  private long refused;
  private long left;

  /**
   * What became of them.
   *
   * @param lines that are in the lane now
   * @param refused lines for which there was no room
   * @param bytesLeft bytes that are no records
   * @param remarks for whoever asked
   */
  public record Result(long lines, long refused, long bytesLeft, List<String> remarks) {}

  /** One queue: its files by number. */
  private record Queue(Path folder, String name, TreeMap<Integer, Path> files) {}

  /** Up to where carbon-relay-ng has read. */
  private record Read(int file, long offset) {}

  private CrngSpool(Spool spool) {
    this.spool = spool;
  }

  /**
   * Appends what has not been read of the queues that the files belong to.
   *
   * @throws IOException when a file cannot be read, is none of carbon-relay-ng's, or the lane
   *     cannot be written
   */
  public static Result read(Collection<Path> files, Spool into) throws IOException {
    CrngSpool reading = new CrngSpool(into);
    for (Queue queue : queues(files).values()) {
      reading.read(queue);
    }
    reading.flush();
    return new Result(
        reading.imported, reading.refused, reading.left, List.copyOf(reading.remarks));
  }

  private static Map<Path, Queue> queues(Collection<Path> files) throws IOException {
    Map<Path, Queue> queues = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      int middle = name.lastIndexOf(MIDDLE);
      if (middle < 0 || !name.endsWith(SUFFIX)) {
        throw new IOException(file + " is not <name>.diskqueue.NNNNNN.dat");
      }
      Path folder = file.toAbsolutePath().getParent();
      String queue = name.substring(0, middle);
      int number =
          number(name.substring(middle + MIDDLE.length(), name.length() - SUFFIX.length()));
      Queue own =
          queues.computeIfAbsent(
              folder.resolve(queue), key -> new Queue(folder, queue, new TreeMap<>()));
      if (number >= 0) {
        own.files.put(number, file);
      }
    }
    return queues;
  }

  /** The number of a file, -1 for the one with the positions. */
  private static int number(String text) throws IOException {
    try {
      return text.equals("meta") ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException other) {
      throw new IOException("\"" + text + "\" is not the number of a file", other);
    }
  }

  private void read(Queue queue) throws IOException {
    Read from = position(queue);
    for (Map.Entry<Integer, Path> file : queue.files.entrySet()) {
      if (file.getKey() >= from.file) {
        read(file.getValue(), file.getKey() == from.file ? from.offset : 0);
      } else {
        remarks.add(file.getValue() + ": was read already");
      }
    }
  }

  private Read position(Queue queue) throws IOException {
    Read beginning = new Read(0, 0);
    Path meta = queue.folder.resolve(queue.name + MIDDLE + "meta" + SUFFIX);
    try {
      Read read = parse(Files.readString(meta, StandardCharsets.ISO_8859_1));
      Path file = queue.files.get(read.file);
      if (file != null && isRecordAt(file, read.offset)) {
        return read;
      }
      remarks.add(meta + ": there is no such place; read from the beginning");
    } catch (NoSuchFileException none) {
      remarks.add(meta + ": is missing; read from the beginning");
    } catch (NumberFormatException | IndexOutOfBoundsException wrong) {
      remarks.add(meta + ": cannot be understood; read from the beginning");
    }
    return beginning;
  }

  private static Read parse(String text) {
    String[] reader = text.split("\n", -1)[1].strip().split(",", -1);
    return new Read(Integer.parseInt(reader[0]), Long.parseLong(reader[1]));
  }

  /** Does one record, or the end, begin here, counted from the first? */
  private static boolean isRecordAt(Path file, long offset) throws IOException {
    long at = 0;
    long size = Files.size(file);
    try (DataInputStream in = open(file)) {
      while (at < offset && size - at >= LENGTH) {
        int length = in.readInt();
        if (!isPlausible(length, size - at)) {
          return false;
        }
        in.skipNBytes(length);
        at += LENGTH + length;
      }
    }
    return at == offset;
  }

  private static boolean isPlausible(int length, long remaining) {
    return length > 0 && length <= LONGEST && length <= remaining - LENGTH;
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), RUN));
  }

  private void read(Path file, long offset) throws IOException {
    long at = offset;
    long size = Files.size(file);
    try (DataInputStream in = open(file)) {
      in.skipNBytes(offset);
      while (size - at >= LENGTH) {
        int length = in.readInt();
        byte[] line = isPlausible(length, size - at) ? in.readNBytes(length) : new byte[0];
        if (line.length == 0 || !isLine(line)) {
          break;
        }
        add(line);
        at += LENGTH + length;
      }
    }
    if (at < size) {
      left += size - at;
      remarks.add(file + ": " + (size - at) + " bytes from offset " + at + " are no lines");
    }
  }

  private static boolean isLine(byte[] line) {
    for (byte b : line) {
      if (b == '\n' || b == 0) {
        return false;
      }
    }
    return true;
  }

  private void add(byte[] line) throws IOException {
    run.writeBytes(line);
    run.write('\n');
    runLines++;
    if (run.size() >= RUN) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (runLines > 0) {
      byte[] bytes = run.toByteArray();
      int dealt = spool.append(List.of(new LineRun(bytes, 0, bytes.length, runLines)));
      imported += dealt == 1 ? runLines : 0;
      refused += dealt == 1 ? 0 : runLines;
      run.reset();
      runLines = 0;
    }
  }
}
