package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir private Path path;

  @Test
  void givesBackWhatWasAppendedInOrder() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool spool = rig.open()) {
      spool.append(List.of(SpoolRig.run("a 1 1", "b 2 2"), SpoolRig.run("c 3 3")));

      assertThat(spool.lines()).isEqualTo(3);
      assertThat(SpoolRig.drain(spool)).containsExactly("a 1 1", "b 2 2", "c 3 3");
      assertThat(spool.isEmpty()).isTrue();
      assertThat(spool.lines()).isZero();
    }
  }

  @Test
  void findsWhatIsNotDoneAfterARestart() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    List<String> expected = new ArrayList<>();
    try (Spool spool = rig.open()) {
      for (int i = 0; i < 20_000; i++) {
        spool.append(List.of(SpoolRig.lines(i, i + 1)));
      }
      Piece first = spool.read(1000);
      spool.done(first.end());
      spool.read(1000); // Not done: comes again.
      for (int i = first.lines(); i < 20_000; i++) {
        expected.add("l" + i);
      }
    }
    try (Spool spool = rig.open()) {
      assertThat(spool.recovered()).isEqualTo(expected.size());
      assertThat(SpoolRig.drain(spool)).isEqualTo(expected);
      assertThat(spool.lines()).isZero();
    }
    assertThat(rig.lost).isEmpty();
    assertThat(rig.room.used()).isZero();
  }

  @Test
  void leavesNothingBehindWhenAllIsDone() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    Path lane;
    try (Spool spool = rig.open()) {
      lane = spool.folder();
      spool.append(List.of(SpoolRig.lines(0, 10)));
      SpoolRig.drain(spool);
    }

    assertThat(Files.exists(lane)).isFalse();
  }

  @Test
  void lanesOfOneDestinationAreForOneEach() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool one = rig.open();
        Spool other = rig.open();
        Spool before = rig.folder().before(other, rig)) {
      assertThat(SpoolFolder.number(one.folder())).isEqualTo(1000);
      assertThat(SpoolFolder.number(other.folder())).isEqualTo(2000);
      assertThat(SpoolFolder.number(before.folder())).isEqualTo(1999);
    }
  }
}
