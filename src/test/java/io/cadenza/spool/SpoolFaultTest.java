package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Disks that are full, broken or tampered with. */
class SpoolFaultTest {
  @TempDir private Path path;

  private final FailingDisk disk = new FailingDisk();

  @Test
  void aWriteThatFailsLeavesNothingAndMayBeTriedAgain() throws IOException {
    SpoolRig rig = failing(AtBound.BLOCK, Sync.NONE);
    try (Spool spool = rig.open()) {
      spool.append(List.of(SpoolRig.lines(0, 5)));
      for (long left = 0; left < 50; left += 7) {
        disk.left = left;
        assertAppendFails(spool, 5, 9).isInstanceOf(IOException.class);
      }
      assertThat(spool.lines()).isEqualTo(5);
      assertThat(rig.room.used()).isEqualTo(spool.bytes());
      disk.left = Long.MAX_VALUE;
      spool.append(List.of(SpoolRig.lines(5, 9)));
    }
    try (Spool spool = rig.open()) {
      assertThat(SpoolRig.drain(spool)).hasSize(9).doesNotHaveDuplicates();
    }
    assertThat(rig.lost).isEmpty();
  }

  @Test
  void whatCannotBeTakenBackIsNeverRead() throws IOException {
    SpoolRig rig = failing(AtBound.BLOCK, Sync.NONE);
    try (Spool spool = rig.open()) {
      spool.append(List.of(SpoolRig.lines(0, 5)));
      disk.keepsTorn = true;
      disk.left = 100; // The first of the two records is whole in the file.
      assertThatThrownBy(() -> spool.append(List.of(SpoolRig.lines(5, 9), SpoolRig.lines(9, 30))))
          .isInstanceOf(IOException.class);
      disk.left = Long.MAX_VALUE;
      spool.append(List.of(SpoolRig.lines(5, 9), SpoolRig.lines(9, 30)));
      assertThat(SpoolRig.lines(spool.read(20))).containsExactly("l0", "l1", "l2", "l3", "l4");
    }
    try (Spool spool = rig.open()) {
      assertThat(spool.recovered()).isEqualTo(30);
      assertThat(SpoolRig.drain(spool)).hasSize(30).doesNotHaveDuplicates();
    }
    assertThat(rig.lost).isEmpty();
  }

  @Test
  void aSyncThatFailsIsAWriteThatFails() throws IOException {
    SpoolRig rig = failing(AtBound.BLOCK, Sync.ALWAYS);
    try (Spool spool = rig.open()) {
      disk.failsToSync = true;
      assertAppendFails(spool, 0, 5).hasMessage("Input/output error");
      disk.failsToSync = false;
      takesFiveLines(spool);
    }
    assertThat(rig.room.used()).isZero();
  }

  @Test
  void syncsOnceAnIntervalWhenThereIsSomethingNew() throws IOException {
    SpoolRig rig = failing(AtBound.BLOCK, Sync.INTERVAL);
    try (Spool spool = rig.open()) {
      spool.append(List.of(SpoolRig.lines(0, 5)));
      rig.now += 900;
      spool.tick();
      assertThat(disk.syncs).isZero();
      rig.now += 200;
      spool.tick();
      assertThat(disk.syncs).isEqualTo(1);
      rig.now += 2000;
      spool.tick();
      assertThat(disk.syncs).isEqualTo(1);
      spool.append(List.of(SpoolRig.lines(5, 9)));
      rig.now -= 3_600_000;
      spool.tick();
      assertThat(disk.syncs).isEqualTo(2);
    }
  }

  @Test
  void aFolderThatCannotBeMadeAgainIsNotToldEachTime() throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger(Spool.class);
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    SpoolRig rig = SpoolRig.in(path.resolve("all"));
    try (Spool spool = rig.open()) {
      Files.move(path.resolve("all"), path.resolve("away"));
      Files.createFile(path.resolve("all"));
      told.start();
      log.addAppender(told);
      log.setLevel(Level.WARN);
      log.setAdditive(false);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(spool::tick).isInstanceOf(IOException.class);
      }
      assertThat(told.list).isEmpty();
      Files.delete(path.resolve("all"));
      spool.tick();
      spool.tick();
      assertThat(told.list).singleElement().asString().contains("is made again");
    } finally {
      log.detachAppender(told);
      log.setLevel(null);
      log.setAdditive(true);
    }
  }

  @Test
  void aLaneThatCannotBeOpenedHoldsUpNoOther() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    Path lane = filled(rig, 10);
    Files.delete(lane.resolve(Position.NAME));
    Files.createDirectory(lane.resolve(Position.NAME));

    try (Spool spool = rig.open()) {
      assertThat(spool.folder()).isNotEqualTo(lane);
      spool.append(List.of(SpoolRig.lines(0, 5)));
    }
  }

  @Test
  void aFullDiskCostsTheOldestSegmentWhereThatIsAskedFor() throws IOException {
    SpoolRig rig = failing(AtBound.DROP_OLDEST, Sync.NONE);
    try (Spool spool = rig.open()) {
      append(spool, 0, 100);
      Path oldest = spool.folder().resolve(Segment.name(1));
      disk.left = 20;
      disk.onFull = () -> disk.left = Files.exists(oldest) ? 0 : Long.MAX_VALUE;
      spool.append(List.of(SpoolRig.lines(100, 101)));

      int lost = rig.lost.get(Loss.FULL).intValue();
      assertThat(lost).isPositive();
      assertThat(SpoolRig.drain(spool)).hasSize(101 - lost).startsWith("l" + lost).endsWith("l100");
    }
  }

  @Test
  void aBrokenDiskCostsNothingThatIsOnIt() throws IOException {
    disk.message = "Input/output error";
    SpoolRig rig = failing(AtBound.DROP_OLDEST, Sync.NONE);
    try (Spool spool = rig.open()) {
      append(spool, 0, 100);
      disk.left = 0;
      assertAppendFails(spool, 100, 101).hasMessage("Input/output error");

      assertThat(SpoolRig.drain(spool)).hasSize(100);
    }
    assertThat(rig.lost).isEmpty();
  }

  @Test
  void withoutAFileDescriptorItGoesOnWhenThereIsOneAgain() throws IOException {
    SpoolRig rig = failing(AtBound.BLOCK, Sync.NONE);
    try (Spool spool = rig.open()) {
      disk.failsToOpen = true;
      assertAppendFails(spool, 0, 5).hasMessageContaining("Too many open files");
      disk.failsToOpen = false;
      takesFiveLines(spool);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() throws IOException {
    Path file = Files.createFile(path.resolve("file"));

    assertThatThrownBy(() -> SpoolRig.in(file).open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aFolderThatIsRemovedMeanwhileStopsNothing() throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, 500, AtBound.BLOCK);
    try (Spool spool = rig.open()) {
      append(spool, 0, 100);
      SpoolPropertyTest.delete(spool.folder());
      spool.tick();
      spool.append(List.of(SpoolRig.lines(100, 110)));

      List<String> read = SpoolRig.drain(spool);
      assertThat(read).endsWith("l108", "l109");
      assertThat(read.size() + rig.lostLines()).isEqualTo(110);
    }
    try (Spool spool = rig.open()) {
      assertThat(spool.recovered()).isZero();
    }
  }

  @Test
  void anInterruptCostsNothing() throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool spool = rig.open()) {
      spool.append(List.of(SpoolRig.lines(0, 5)));
      Thread.currentThread().interrupt();
      assertAppendFails(spool, 5, 9).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      spool.append(List.of(SpoolRig.lines(5, 9)));
      Piece piece = spool.read(10);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> spool.done(piece.end())).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      Thread.currentThread().interrupt();
      assertThatThrownBy(spool::close).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    try (Spool spool = rig.open()) {
      assertThat(SpoolRig.drain(spool)).hasSizeBetween(4, 9).endsWith("l8").doesNotHaveDuplicates();
    }
  }

  @Test
  void aSegmentOfAnotherVersionIsSetAside() throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, 500, AtBound.BLOCK);
    Path lane = filled(rig, 100);
    Path victim = lane.resolve(Segment.name(2));
    byte[] bytes = Files.readAllBytes(victim);
    bytes[11] = 2;
    int sum = SegmentFormat.sum(bytes, 0, 44);
    for (int i = 0; i < 4; i++) {
      bytes[44 + i] = (byte) (sum >>> 24 - 8 * i);
    }
    Files.write(victim, bytes);

    try (Spool spool = rig.open()) {
      int read = SpoolRig.drain(spool).size();
      assertThat(rig.lost).isEqualTo(Map.of(Loss.DAMAGED, 100L - read));
    }

    assertThat(lane.resolve(Segment.name(2) + ".aside")).hasBinaryContent(bytes);
  }

  @Test
  void aWholeFileOfRubbishIsSetAsideAndTheRestIsRead() throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, 500, AtBound.BLOCK);
    Path lane = filled(rig, 100);
    Files.write(
        lane.resolve(Segment.name(99)), "not a segment at all".repeat(20).getBytes("UTF-8"));

    try (Spool spool = rig.open()) {
      assertThat(SpoolRig.drain(spool)).hasSize(100);
    }

    assertThat(lane.resolve(Segment.name(99) + ".aside")).exists();
    assertThat(rig.lost).isEmpty();
  }

  /** Whatever is in the position file, nothing that was not done is passed over. */
  @Test
  void aPositionThatCannotBeRightIsNotBelieved() throws IOException {
    List<byte[]> wrongs = new ArrayList<>();
    wrongs.add(new byte[0]);
    wrongs.add("rubbish".repeat(40).getBytes("UTF-8"));
    wrongs.add(new byte[128]);
    wrongs.add(positionOfAnotherLane());
    int i = 0;
    for (byte[] wrong : wrongs) {
      SpoolRig rig = SpoolRig.with(path.resolve("lane" + i++), 1 << 20, 500, AtBound.BLOCK);
      Path lane = filled(rig, 100);
      Files.write(lane.resolve(Position.NAME), wrong);
      try (Spool spool = rig.open()) {
        assertThat(SpoolRig.drain(spool)).hasSize(100);
      }
    }
  }

  @Test
  void aTornPositionCostsDuplicatesOnly() throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, 1 << 16, AtBound.BLOCK);
    Path lane = filled(rig, 100);
    try (Spool spool = rig.open()) {
      for (int i = 0; i < 10; i++) {
        spool.done(spool.read(20).end());
      }
    }
    byte[] position = Files.readAllBytes(lane.resolve(Position.NAME));
    for (int i = 0; i < position.length; i++) {
      byte[] torn = position.clone();
      torn[i] ^= 0x10;
      Files.write(lane.resolve(Position.NAME), torn);
      try (Spool spool = rig.open()) {
        Piece piece = spool.read(1 << 20);
        assertThat(SpoolRig.lines(piece)).endsWith("l99").hasSizeBetween(48, 100);
      }
    }
  }

  /** Lines that a power cut took were done already; their numbers are given out again. */
  @Test
  void aPositionBehindTheEndIsForgottenForGood() throws IOException {
    for (int torn = 0; torn < 2; torn++) {
      SpoolRig rig = SpoolRig.with(path.resolve("lane" + torn), 1 << 20, 1 << 16, AtBound.BLOCK);
      Path lane = filled(rig, 100);
      try (Spool spool = rig.open()) {
        for (int i = 0; i < 9; i++) {
          spool.done(spool.read(20).end());
        }
      }
      Path segment = lane.resolve(Segment.name(1));
      Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), 48 + 30 * 43));
      try (Spool spool = rig.open()) {
        append(spool, 100, 170);
      }
      byte[] position = Files.readAllBytes(lane.resolve(Position.NAME));
      position[64 * torn + 20] ^= 1;
      Files.write(lane.resolve(Position.NAME), position);

      try (Spool spool = rig.open()) {
        assertThat(SpoolRig.drain(spool)).endsWith("l169").hasSizeGreaterThan(70);
      }
    }
  }

  @Test
  void damageIsKeptAndCountedOnce() throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, 1 << 16, AtBound.BLOCK);
    Path lane = filled(rig, 100);
    Path segment = lane.resolve(Segment.name(1));
    byte[] bytes = Files.readAllBytes(segment);
    bytes[400] ^= 1;
    Files.write(segment, bytes, StandardOpenOption.WRITE);

    for (int i = 0; i < 3; i++) {
      try (Spool spool = rig.open()) {
        assertThat(spool.lines()).isEqualTo(i == 0 ? 100 : 99);
        assertThat(SpoolRig.unread(spool)).hasSize(99);
        assertThat(spool.lines()).isEqualTo(99);
      }
    }

    assertThat(rig.lost).isEqualTo(Map.of(Loss.DAMAGED, 1L));
    assertThat(lane.resolve(Aside.NAME)).isDirectoryContaining(file -> file.toFile().length() > 40);
  }

  private byte[] positionOfAnotherLane() throws IOException {
    SpoolRig rig = SpoolRig.with(path.resolve("other"), 1 << 20, 500, AtBound.BLOCK);
    Path lane = filled(rig, 100);
    try (Spool spool = rig.open()) {
      spool.done(spool.read(500).end());
    }
    return Files.readAllBytes(lane.resolve(Position.NAME));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertAppendFails(
      Spool spool, int from, int to) {
    return assertThatThrownBy(() -> spool.append(List.of(SpoolRig.lines(from, to))));
  }

  /** Takes five lines and gives as many back. */
  private static void takesFiveLines(Spool spool) throws IOException {
    spool.append(List.of(SpoolRig.lines(0, 5)));

    assertThat(SpoolRig.drain(spool)).hasSize(5);
  }

  /** Line by line, each a record of its own. */
  private static void append(Spool spool, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      spool.append(List.of(SpoolRig.lines(i, i + 1)));
    }
  }

  private static Path filled(SpoolRig rig, int lines) throws IOException {
    try (Spool spool = rig.open()) {
      append(spool, 0, lines);
      return spool.folder();
    }
  }

  private SpoolRig failing(AtBound atBound, Sync sync) {
    SpoolRig rig =
        new SpoolRig(
            new SpoolConfig(
                path, 1 << 20, Duration.ZERO, 500, sync, Duration.ofSeconds(1), atBound));
    rig.disk = disk;
    return rig;
  }
}
