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

  @Test
  void lanesThatNobodyHasAreAdoptedLowestFirst() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool one = rig.open();
        Spool other = rig.open();
        Spool before = rig.folder().before(other, rig);
        Spool nothing = rig.open()) {
      one.append(List.of(SpoolRig.lines(1, 2)));
      other.append(List.of(SpoolRig.lines(3, 4)));
      before.append(List.of(SpoolRig.lines(2, 3)));
      assertThat(rig.adopt()).isEmpty();
      assertThat(nothing.lines()).isZero();
    }

    try (Spool own = rig.open();
        Spool second = rig.adopt().orElseThrow();
        Spool third = rig.adopt().orElseThrow()) {
      assertThat(rig.adopt()).isEmpty();
      assertThat(SpoolRig.drain(own)).containsExactly("l1");
      assertThat(SpoolRig.drain(second)).containsExactly("l2");
      assertThat(SpoolRig.drain(third)).containsExactly("l3");
    }
    assertThat(rig.adopt()).isEmpty();
  }

  @Test
  void keepsNoFileWhenAllIsDoneAndNothingComes() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool spool = rig.open()) {
      spool.append(List.of(SpoolRig.lines(0, 10)));
      SpoolRig.drain(spool);
      spool.tick();
      spool.tick();
      assertThat(spool.bytes()).isZero();
      spool.append(List.of(SpoolRig.lines(10, 20)));
    }
    try (Spool spool = rig.open()) {
      assertThat(SpoolRig.drain(spool)).hasSize(10).startsWith("l10");
    }
  }

  @Test
  void saysHowMuchWaitsAndHowLong() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool spool = rig.open()) {
      assertThat(spool.oldestMillis()).isZero();
      spool.append(List.of(SpoolRig.lines(0, 10)));
      rig.now += 5000;
      assertThat(spool.oldestMillis()).isEqualTo(5000);
      assertThat(spool.bytes()).isEqualTo(48 + 40 + 30);
      Piece piece = spool.read(1000);
      assertThat(spool.isEmpty()).isTrue();
      assertThat(spool.lines()).isEqualTo(10);
      spool.done(piece.end());
      assertThat(spool.lines()).isZero();
      assertThat(spool.oldestMillis()).isZero();
    }
  }
}
