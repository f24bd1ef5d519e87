package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spools of other processes: killed ones, and one whose disk is full. */
class SpoolProcessTest {
  @TempDir private Path path;

  @Test
  void whatAKilledProcessHadAppendedIsThere() throws Exception {
    SpoolRig rig = SpoolRig.in(path);
    Process process = ChildProcess.start(List.of(), path, AtBound.BLOCK, Integer.MAX_VALUE - 100);
    int told;
    try (BufferedReader out = process.inputReader()) {
      told = lines(out, 500);
      try (Spool own = rig.open()) {
        assertThat(SpoolFolder.number(own.folder())).isEqualTo(2000);
        assertThat(rig.adopt()).isEmpty();
      }
      told = Math.max(told, lines(out, 100));
    } finally {
      process.destroyForcibly().waitFor();
    }

    try (Spool spool = rig.open()) {
      List<String> read = SpoolRig.drain(spool);
      assertThat(SpoolFolder.number(spool.folder())).isEqualTo(1000);
      assertThat(read).hasSizeGreaterThanOrEqualTo(told).doesNotHaveDuplicates();
      assertThat(read).startsWith("l0").endsWith("l" + (read.size() - 1));
    }
    assertThat(rig.lostLines()).isLessThanOrEqualTo(100); // What it was in the middle of.
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCK", "DROP_OLDEST"})
  void onAFullDiskEveryLineIsReadOrCounted(AtBound atBound) throws Exception {
    Path small = Files.createDirectory(path.resolve("small"));
    String mount = "mount -t tmpfs -o size=512k tmpfs " + small;
    List<String> apart = List.of("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh");
    assumeThat(succeeds(List.of("unshare", "-m", "sh", "-c", mount))).isTrue();

    int appended = 300_000;
    Process process = ChildProcess.start(apart, small, atBound, appended);
    List<String> out;
    try (BufferedReader reader = process.inputReader()) {
      out = reader.lines().toList();
    }

    boolean drops = atBound == AtBound.DROP_OLDEST;
    long in = out.stream().filter(line -> line.startsWith("in ")).count() * 100;
    assertThat(out.stream().filter(line -> line.startsWith("failed "))).hasSize(drops ? 0 : 1);
    assertThat(drops ? in : appended - in).isPositive();
    String[] last = out.get(out.size() - 1).split(" ");
    assertThat(out.get(out.size() - 1)).startsWith("read ").endsWith(" then 100");
    assertThat(Long.parseLong(last[1]) + Long.parseLong(last[3])).isEqualTo(in);
    assertThat(Long.parseLong(last[3]) > 0).isEqualTo(drops);
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** Reads so many of what the process tells; answers the last number of lines. */
  private static int lines(BufferedReader out, int count) throws IOException {
    int told = 0;
    for (int i = 0; i < count; i++) {
      String line = out.readLine();
      assertThat(line).startsWith("in ");
      told = Integer.parseInt(line.substring(3));
    }
    return told;
  }
}
