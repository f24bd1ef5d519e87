package io.cadenza.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that appends lines to a spool until it is killed or the disk is full. */
final class ChildProcess {
  private static final int LINES = 100;

  private ChildProcess() {}

  /** Tells after each append how many lines are in; and how a full disk is told. */
  public static void main(String[] args) throws IOException {
    SpoolConfig config =
        new SpoolConfig(
            Path.of(args[0]),
            1L << 40,
            Duration.ZERO,
            64 << 10,
            Sync.NONE,
            Duration.ZERO,
            AtBound.valueOf(args[1]));
    int most = Integer.parseInt(args[2]);
    SpoolRoom room = new SpoolRoom(config.maxBytes());
    SpoolFolder folder =
        new SpoolFolder(
            config, SpoolRig.DESTINATION, room, InstantSource.system(), FileChannel::open);
    long[] lost = new long[1];
    Spool spool = folder.open((why, lines) -> lost[0] += lines).get(0);
    try {
      for (int i = 0; i < most; i += LINES) {
        spool.append(List.of(SpoolRig.lines(i, i + LINES)));
        System.out.println("in " + (i + LINES));
      }
    } catch (IOException full) {
      System.out.println("failed " + full.getMessage());
    }
    int read = 0;
    for (Piece piece = spool.read(5000); piece != null; piece = spool.read(5000)) {
      read += piece.lines();
      spool.done(piece.end());
    }
    spool.append(List.of(SpoolRig.lines(0, LINES)));
    System.out.println("read " + read + " lost " + lost[0] + " then " + spool.lines());
    spool.close();
  }

  static Process start(List<String> before, Path path, AtBound atBound, int lines)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(ChildProcess.class.getName(), path.toString(), atBound.name()));
    command.add(String.valueOf(lines));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
