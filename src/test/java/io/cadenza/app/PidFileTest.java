package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  private static final long OWN = ProcessHandle.current().pid();

  @TempDir private Path dir;

  @Test
  void namesNobodyWhereThereIsNone() throws Exception {
    assertThat(new PidFile(dir.resolve("pid")).serving()).isEmpty();
  }

  @Test
  void takesNoOtherProcessForTheOneThatWroteIt() throws Exception {
    Path file = Files.writeString(dir.resolve("pid"), "1\n");

    assertThat(new PidFile(file).serving()).isEmpty();
  }

  @Test
  void namesTheProcessThatServesUntilItLeaves() throws Exception {
    PidFile file = new PidFile(dir.resolve("pid"));
    file.write();

    assertThat(dir.resolve("pid")).hasContent(String.valueOf(OWN));
    assertThat(new PidFile(dir.resolve("pid")).serving()).isEqualTo(OptionalLong.of(OWN));
    assertThat(file.successor()).isEmpty();
    file.remove();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void leavesTheFileToItsSuccessor() throws Exception {
    PidFile file = new PidFile(dir.resolve("pid"));
    file.write();
    Files.delete(dir.resolve("pid"));
    Files.writeString(dir.resolve("pid"), (OWN + 1) + "\n");

    assertThat(file.successor()).isEqualTo(OptionalLong.of(OWN + 1));
    file.remove();
    assertThat(dir.resolve("pid")).exists();
  }

  @Test
  void givesTurnsOneAfterTheOther() throws Exception {
    PidFile first = new PidFile(dir.resolve("pid"));
    PidFile second = new PidFile(dir.resolve("pid"));

    assertThat(first.takeTurn()).isTrue();
    assertThat(second.takeTurn()).isFalse();
    first.endTurn();
    assertThat(second.takeTurn()).isTrue();
    second.endTurn();
  }

  /** A lock of a process goes as soon as it closes the file, wherever it had opened it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void holdsItsLockUntilItLeaves() throws Exception {
    PidFile file = new PidFile(dir.resolve("pid"));
    file.write();

    assertThat(file.successor()).isEmpty();

    assertThat(locks(dir.resolve("pid"))).isOne();
    file.remove();
  }

  private static long locks(Path file) throws IOException {
    String own = ":" + Files.getAttribute(file, "unix:ino") + " ";
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .filter(line -> line.contains(" " + OWN + " ") && line.contains(own))
        .count();
  }

  @Test
  void writesThroughNoLink() throws Exception {
    Path other = Files.writeString(dir.resolve("other"), "precious");
    Files.createSymbolicLink(dir.resolve("pid." + OWN), other);
    PidFile file = new PidFile(dir.resolve("pid"));

    file.write();

    assertThat(other).hasContent("precious");
    assertThat(dir.resolve("pid")).hasContent(String.valueOf(OWN));
    file.remove();
  }
}
