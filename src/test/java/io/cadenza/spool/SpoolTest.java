package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
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

    try (Spool own = rig.open()) {
      List<Spool> left = rig.adopt();
      assertThat(rig.adopt()).isEmpty();
      assertThat(SpoolRig.drain(own)).containsExactly("l1");
      assertThat(left).hasSize(2);
      assertThat(SpoolRig.drain(left.get(0))).containsExactly("l2");
      assertThat(SpoolRig.drain(left.get(1))).containsExactly("l3");
      for (Spool lane : left) {
        lane.close();
      }
    }
    assertThat(rig.adopt()).isEmpty();
  }

  @Test
  void lanesThatBelongTogetherAreOpenedTogetherOrNot() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    Spool own = rig.open();
    own.append(List.of(SpoolRig.lines(2, 3)));
    try (Spool before = rig.folder().before(own, rig)) {
      before.append(List.of(SpoolRig.lines(1, 2)));
    }
    assertThat(rig.adopt()).isEmpty();
    own.close();

    List<Spool> both = rig.folder().open(rig);

    assertThat(both).hasSize(2);
    assertThat(SpoolRig.drain(both.get(0))).containsExactly("l1");
    assertThat(SpoolRig.drain(both.get(1))).containsExactly("l2");
    for (Spool lane : both) {
      lane.close();
    }
  }

  @Test
  void keepsFewFilesOpenHoweverManyThereAre() throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, 1000, AtBound.BLOCK);
    List<FileChannel> opened = new ArrayList<>();
    rig.disk =
        (file, options) -> {
          FileChannel channel = FileChannel.open(file, options);
          opened.add(channel);
          return channel;
        };
    try (Spool spool = rig.open()) {
      for (int i = 0; i < 2000; i += 100) {
        spool.append(List.of(SpoolRig.lines(i, i + 100)));
      }
      assertThat(opened).hasSizeGreaterThan(10);
      assertThat(opened.stream().filter(FileChannel::isOpen)).hasSizeLessThan(3);
      assertThat(SpoolRig.drain(spool)).hasSize(2000);
      assertThat(opened.stream().filter(FileChannel::isOpen)).hasSizeLessThan(3);
    }
    assertThat(opened).noneMatch(FileChannel::isOpen);
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
