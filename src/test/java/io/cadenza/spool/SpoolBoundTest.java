package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens at the bounds of bytes and age. */
class SpoolBoundTest {
  private static final int SEGMENT = 1000;
  private static final int LIMIT = 5000;

  @TempDir private Path path;

  @Test
  void dropsTheOldestSegmentAndCountsItsLines() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.DROP_OLDEST);
    try (Spool spool = rig.open()) {
      append(spool, 0, 300);

      long lost = rig.lost.get(Loss.FULL);
      assertThat(rig.room.used()).isLessThanOrEqualTo(LIMIT).isEqualTo(spool.bytes());
      assertThat(spool.lines()).isEqualTo(300 - lost);
      assertThat(SpoolRig.drain(spool)).hasSize((int) (300 - lost)).startsWith("l" + lost);
    }
  }

  @Test
  void linesThatWereHandedOutAreNotLostWithTheirSegment() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.DROP_OLDEST);
    try (Spool spool = rig.open()) {
      append(spool, 0, 20);
      Piece handed = spool.read(100);
      append(spool, 20, 300);

      List<String> rest = new ArrayList<>();
      long lost = rig.lost.get(Loss.FULL);
      spool.done(handed.end());
      rest.addAll(SpoolRig.drain(spool));
      assertThat(handed.lines() + rest.size() + lost).isEqualTo(300);
      assertThat(spool.lines()).isZero();
    }
    assertThat(rig.lostLines()).isEqualTo(rig.lost.get(Loss.FULL));
  }

  @Test
  void linesThatWereHandedOutAndNeverDoneAreToldWhenNobodyCanReadThemAgain() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.DROP_OLDEST);
    long left;
    try (Spool spool = rig.open()) {
      append(spool, 0, 20);
      spool.read(100);
      append(spool, 20, 300);
    }
    try (Spool spool = rig.open()) {
      left = spool.recovered();
      assertThat(SpoolRig.drain(spool)).hasSize((int) left);
    }

    assertThat(rig.lostLines() + left).isEqualTo(300);
  }

  @Test
  void dropsWhatComesWhereThatIsAskedFor() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.DROP_NEWEST);
    try (Spool spool = rig.open()) {
      append(spool, 0, 300);

      long lost = rig.lost.get(Loss.FULL);
      assertThat(SpoolRig.drain(spool)).hasSize((int) (300 - lost)).startsWith("l0", "l1");
      append(spool, 300, 301);
      assertThat(SpoolRig.drain(spool)).containsExactly("l300");
    }
  }

  @Test
  void takesNoMoreUntilThereIsRoomWhereItBlocks() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.BLOCK);
    List<LineRun> runs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      runs.add(SpoolRig.lines(i, i + 1));
    }
    try (Spool spool = rig.open()) {
      List<String> read = new ArrayList<>();
      int dealt = spool.append(runs);
      assertThat(dealt).isBetween(50, 299);
      while (dealt < runs.size()) {
        Piece piece = spool.read(500);
        read.addAll(SpoolRig.lines(piece));
        spool.done(piece.end());
        dealt += spool.append(runs.subList(dealt, runs.size()));
        assertThat(rig.room.used()).isLessThanOrEqualTo(LIMIT);
      }
      read.addAll(SpoolRig.drain(spool));
      assertThat(read).hasSize(300).startsWith("l0").endsWith("l299");
    }
    assertThat(rig.lost).isEmpty();
  }

  @Test
  void lanesShareTheRoomOfTheirDestination() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.DROP_OLDEST);
    try (Spool one = rig.open();
        Spool other = rig.open()) {
      append(one, 0, 300);
      append(other, 0, 3);

      assertThat(rig.room.used()).isEqualTo(one.bytes() + other.bytes());
      assertThat(rig.room.used()).isLessThanOrEqualTo(LIMIT);
      assertThat(one.lines() + other.lines() + rig.lostLines()).isEqualTo(303);
    }
  }

  @Test
  void aRunThatCanNeverFitIsDroppedRatherThanWaitedFor() throws IOException {
    SpoolRig rig = SpoolRig.with(path, LIMIT, SEGMENT, AtBound.BLOCK);
    try (Spool spool = rig.open()) {
      assertThat(spool.append(List.of(SpoolRig.lines(0, 3000), SpoolRig.lines(7, 8)))).isEqualTo(2);

      assertThat(rig.lost).isEqualTo(Map.of(Loss.FULL, 3000L));
      assertThat(SpoolRig.drain(spool)).containsExactly("l7");
    }
  }

  @Test
  void dropsWhatIsTooOld() throws IOException {
    SpoolRig rig = aged(Duration.ofMinutes(10));
    try (Spool spool = rig.open()) {
      append(spool, 0, 100);
      rig.now += Duration.ofMinutes(9).toMillis();
      append(spool, 100, 150);
      rig.now += Duration.ofMinutes(2).toMillis();
      assertThat(spool.oldestMillis()).isEqualTo(Duration.ofMinutes(11).toMillis());

      spool.tick();

      assertThat(rig.lost).isEqualTo(Map.of(Loss.AGE, 100L));
      assertThat(spool.oldestMillis()).isEqualTo(Duration.ofMinutes(2).toMillis());
      assertThat(SpoolRig.drain(spool)).hasSize(50).startsWith("l100");
    }
  }

  @Test
  void aClockThatIsPutBackDropsNothingAndMakesNothingYoungerThanNow() throws IOException {
    SpoolRig rig = aged(Duration.ofMinutes(10));
    try (Spool spool = rig.open()) {
      append(spool, 0, 10);
      rig.now -= Duration.ofHours(1).toMillis();
      append(spool, 10, 20);
      spool.tick();

      assertThat(spool.oldestMillis()).isZero();
      assertThat(SpoolRig.drain(spool)).hasSize(20);
    }
    assertThat(rig.lost).isEmpty();
  }

  @Property(tries = 40)
  void everyLineIsReadOrLostOnce(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path folder = Files.createTempDirectory("spool");
    try {
      balance(random, folder);
    } finally {
      SpoolPropertyTest.delete(folder);
    }
  }

  private static void balance(Random random, Path folder) throws IOException {
    AtBound atBound = AtBound.values()[random.nextInt(2)];
    SpoolRig rig = SpoolRig.with(folder, LIMIT, SEGMENT, atBound);
    int appended = 0;
    long done = 0;
    List<Piece> pieces = new ArrayList<>();
    try (Spool spool = rig.open()) {
      for (int i = 0; i < 200; i++) {
        int more = random.nextInt(20);
        append(spool, appended, appended + more);
        appended += more;
        Piece piece = random.nextInt(3) == 0 ? spool.read(random.nextInt(800)) : null;
        if (piece != null) {
          pieces.add(piece);
        }
        if (!pieces.isEmpty() && random.nextInt(4) == 0) {
          spool.done(pieces.get(pieces.size() - 1).end());
          done += pieces.stream().mapToInt(Piece::lines).sum();
          pieces.clear();
        }
        if (random.nextInt(5) == 0) {
          spool.tick();
        }
        assertThat(done + rig.lostLines() + spool.lines()).isEqualTo(appended);
        assertThat(rig.room.used()).isEqualTo(spool.bytes()).isLessThanOrEqualTo(LIMIT);
      }
    }
    long left;
    try (Spool spool = rig.open()) {
      left = spool.recovered();
      assertThat(SpoolRig.drain(spool)).hasSize((int) left);
    }
    assertThat(done + rig.lostLines() + left).isEqualTo(appended);
    assertThat(rig.room.used()).isZero();
  }

  /** Damage, age, the bound and restarts all at once. */
  @Property(tries = 40)
  void inEachLifeTheFiguresAdd(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path folder = Files.createTempDirectory("spool");
    try {
      SpoolConfig config = SpoolRig.with(folder, LIMIT, SEGMENT, AtBound.DROP_OLDEST).config;
      SpoolRig rig = new SpoolRig(config.withMaxAge(Duration.ofMinutes(5)));
      int appended = 0;
      for (int life = 0; life < 6; life++) {
        appended += live(rig, random, appended);
        damage(folder, random);
      }
    } finally {
      SpoolPropertyTest.delete(folder);
    }
  }

  /** Answers how many lines were appended. */
  private static int live(SpoolRig rig, Random random, int before) throws IOException {
    int appended = before;
    long done = 0;
    int last = -1;
    rig.lost.clear();
    try (Spool spool = rig.open()) {
      long all = spool.recovered() - before;
      for (int i = 0; i < 40; i++) {
        int more = random.nextInt(20);
        append(spool, appended, appended + more);
        appended += more;
        Piece piece = random.nextInt(3) > 0 ? spool.read(random.nextInt(400)) : null;
        if (piece != null) {
          last = assertFollows(last, piece, appended);
        }
        if (piece != null && random.nextBoolean()) {
          long waiting = spool.lines();
          spool.done(piece.end());
          done += waiting - spool.lines();
        }
        rig.now += random.nextInt(60_000) - 10_000;
        long told = rig.lostLines();
        if (random.nextInt(4) == 0) {
          spool.tick();
        }
        assertThat(rig.lostLines()).isGreaterThanOrEqualTo(told);
        assertThat(done + rig.lostLines() + spool.lines()).isEqualTo(all + appended);
        assertThat(rig.room.used()).isEqualTo(spool.bytes());
      }
    }
    return appended - before;
  }

  /** Lines come in order, and none that was never appended. Answers the last. */
  private static int assertFollows(int last, Piece piece, int appended) {
    int before = last;
    for (String line : SpoolRig.lines(piece)) {
      int number = Integer.parseInt(line.substring(1));
      assertThat(number).isGreaterThan(before).isLessThan(appended);
      before = number;
    }
    return before;
  }

  /** Flips a bit of some file. */
  private static void damage(Path folder, Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Path victim = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(victim);
    if (bytes.length > 0) {
      int bit = random.nextInt(bytes.length * 8);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(victim, bytes);
    }
  }

  private SpoolRig aged(Duration age) {
    return new SpoolRig(SpoolRig.config(path).withMaxAge(age));
  }

  /** A run a line. */
  private static void append(Spool spool, int from, int to) throws IOException {
    List<LineRun> runs = new ArrayList<>();
    for (int i = from; i < to; i++) {
      runs.add(SpoolRig.lines(i, i + 1));
    }
    assertThat(spool.append(runs)).isEqualTo(runs.size());
  }
}
