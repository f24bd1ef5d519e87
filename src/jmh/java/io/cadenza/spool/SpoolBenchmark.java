package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lines of 57 bytes in runs of 64 KiB through a spool with {@code sync = 1s}: nanoseconds a line.
 * The baseline writes and reads the same bytes with nothing around them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SpoolBenchmark {
  private static final int RUN_LINES = (64 << 10) / 57;
  private static final int RUNS = 8;
  private static final int LINES = RUN_LINES * RUNS;
  private static final int WAITING = 400;

  private Folder folder;
  private Spool empty;
  private FileChannel plain;
  private final List<LineRun> group = group();
  private ByteBuffer bytes;

  /** A lane with lines for a while, which are never done: opened anew they are all unread again. */
  @State(Scope.Thread)
  public static class Waiting {
    private Folder folder;
    private Spool spool;

    @Setup(Level.Trial)
    public void setUp() throws IOException {
      folder = new Folder();
      spool = folder.open();
      for (int i = 0; i < WAITING; i++) {
        spool.append(group());
      }
    }

    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
      spool.close();
      folder.remove();
    }

    private Piece read() throws IOException {
      Piece piece = spool.read(64 << 10);
      if (piece == null) {
        spool.close();
        spool = folder.open();
        piece = spool.read(64 << 10);
      }
      return piece;
    }
  }

  @Setup(Level.Iteration)
  public void setUp() throws IOException {
    folder = new Folder();
    bytes = ByteBuffer.allocateDirect(RUN_LINES * 57 * RUNS);
    empty = folder.open();
    plain =
        FileChannel.open(
            folder.path.resolve("plain"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  @TearDown(Level.Iteration)
  public void tearDown() throws IOException {
    empty.close();
    plain.close();
    folder.remove();
  }

  /** In; at the bound the oldest is dropped, so that the disk is not filled. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int appends() throws IOException {
    int dealt = empty.append(group);
    empty.tick();
    return dealt;
  }

  /** In and out again, never more than one group behind. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long appendsAndReads() throws IOException {
    empty.append(group);
    return readAll(empty);
  }

  /** Out, from a backlog. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long reads(Waiting waiting) throws IOException {
    long end = 0;
    for (int i = 0; i < RUNS; i++) {
      end = waiting.read().end();
    }
    return end;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long baselineWritesAndReads() throws IOException {
    bytes.clear();
    group.forEach(run -> bytes.put(run.bytes(), run.from(), run.size()));
    bytes.flip();
    plain.write(bytes, 0);
    bytes.clear();
    return plain.read(bytes, 0);
  }

  private static long readAll(Spool spool) throws IOException {
    long end = 0;
    for (Piece piece = spool.read(64 << 10); piece != null; piece = spool.read(64 << 10)) {
      end = piece.end();
      spool.done(end);
    }
    return end;
  }

  private static List<LineRun> group() {
    String line = "bench.dc1.host10001.cpu.core3.user_100 719.42 1795184257\n";
    byte[] run = line.repeat(RUN_LINES).getBytes(StandardCharsets.US_ASCII);
    return Collections.nCopies(RUNS, new LineRun(run, 0, run.length, RUN_LINES));
  }

  /** A folder of its own under target. */
  private static final class Folder {
    private final Path path;

    Folder() throws IOException {
      path = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "spool");
    }

    Spool open() throws IOException {
      SpoolConfig config =
          new SpoolConfig(
              path,
              1 << 30,
              Duration.ZERO,
              64 << 20,
              Sync.INTERVAL,
              Duration.ofSeconds(1),
              AtBound.DROP_OLDEST);
      SpoolRoom room = new SpoolRoom(config.maxBytes());
      return new SpoolFolder(config, "bench", room, InstantSource.system())
          .open((why, lines) -> {})
          .get(0);
    }

    void remove() throws IOException {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
