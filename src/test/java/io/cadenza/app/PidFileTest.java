package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
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
}
