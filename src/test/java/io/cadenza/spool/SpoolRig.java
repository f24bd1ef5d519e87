package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A folder of spools, a clock turned by hand, and what was told as lost. */
final class SpoolRig implements SpoolLog {
  static final String DESTINATION = "tcp://10.0.0.1:2003#a";

  final Map<Loss, Long> lost = new EnumMap<>(Loss.class);
  final SpoolRoom room;
  final SpoolConfig config;
  Disk disk = FileChannel::open;
  long now = 1_800_000_000_000L;

  private final InstantSource clock = () -> Instant.ofEpochMilli(now);

  SpoolRig(SpoolConfig config) {
    this.config = config;
    this.room = new SpoolRoom(config.maxBytes());
  }

  static SpoolRig in(Path path) {
    return new SpoolRig(config(path));
  }

  static SpoolConfig config(Path path) {
    return new SpoolConfig(
        path,
        1 << 30,
        Duration.ZERO,
        64 << 10,
        Sync.NONE,
        Duration.ofSeconds(1),
        AtBound.DROP_OLDEST);
  }

  static SpoolRig with(Path path, long maxBytes, long segmentBytes, AtBound atBound) {
    return new SpoolRig(
        new SpoolConfig(
            path,
            maxBytes,
            Duration.ZERO,
            segmentBytes,
            Sync.NONE,
            Duration.ofSeconds(1),
            atBound));
  }

  SpoolFolder folder() {
    return new SpoolFolder(config, DESTINATION, room, clock, disk);
  }

  Spool open() throws IOException {
    List<Spool> lanes = folder().open(this);
    return lanes.get(lanes.size() - 1);
  }

  List<Spool> adopt() throws IOException {
    return folder().adopt(this);
  }

  @Override
  public void lost(Loss why, long lines) {
    lost.merge(why, lines, Long::sum);
  }

  long lostLines() {
    return lost.values().stream().mapToLong(Long::longValue).sum();
  }

  static LineRun run(String... lines) {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    return new LineRun(bytes, 0, bytes.length, lines.length);
  }

  /** Lines {@code l<from>} to below {@code l<to>}, in one run. */
  static LineRun lines(int from, int to) {
    String[] lines = new String[to - from];
    for (int i = from; i < to; i++) {
      lines[i - from] = "l" + i;
    }
    return run(lines);
  }

  static List<String> lines(Piece piece) {
    List<String> lines = new ArrayList<>();
    for (LineRun run : piece.runs()) {
      String text = new String(run.bytes(), run.from(), run.size(), StandardCharsets.US_ASCII);
      lines.addAll(List.of(text.split("\n")));
    }
    return lines;
  }

  /** Reads all that is unread. */
  static List<String> unread(Spool spool) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Piece piece = spool.read(100); piece != null; piece = spool.read(100)) {
      lines.addAll(lines(piece));
    }
    return lines;
  }

  /** Reads all that is unread and says that it is done. */
  static List<String> drain(Spool spool) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Piece piece = spool.read(4096); piece != null; piece = spool.read(4096)) {
      lines.addAll(lines(piece));
      spool.done(piece.end());
    }
    return lines;
  }
}
