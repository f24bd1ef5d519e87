package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories of a spool, and files that are cut or changed, against a simple model. */
class SpoolPropertyTest {
  private static final int SEGMENT = 700;

  /** Every length that a file of a few records can be cut to, with and without a tail. */
  @Test
  void aTornEndCostsTheTornRecordOnly(@TempDir Path path) throws IOException {
    int[] lines = {1, 3, 2};
    Path segment = threeRecords(path.resolve("whole"), lines);
    byte[] whole = Files.readAllBytes(segment);
    int[] ends = ends(whole);
    for (byte[] tail :
        List.of(new byte[0], new byte[57], "garbage\nl7 1 1\n".getBytes("US-ASCII"))) {
      for (int cut = 0; cut <= whole.length; cut += tail.length == 0 ? 1 : 3) {
        SpoolRig rig = SpoolRig.in(path.resolve("cut"));
        Path copy = segmentFile(rig);
        byte[] torn = new byte[cut + tail.length];
        System.arraycopy(whole, 0, torn, 0, cut);
        System.arraycopy(tail, 0, torn, cut, tail.length);
        Files.write(copy, torn);

        int expected = 0;
        for (int i = 0; i < lines.length; i++) {
          expected += cut >= ends[i] ? lines[i] : 0;
        }
        try (Spool spool = rig.open()) {
          assertThat(SpoolRig.drain(spool)).as("cut at %s", cut).isEqualTo(names(0, expected));
          spool.append(List.of(SpoolRig.lines(90, 92)));
          assertThat(SpoolRig.drain(spool)).containsExactly("l90", "l91");
          assertThat(spool.lines()).isZero();
        }
        delete(path.resolve("cut"));
      }
    }
  }

  @Property(tries = 40)
  void aFlippedBitCostsItsRecordOnly(@ForAll long seed) throws IOException {
    Path path = Files.createTempDirectory("spool");
    try {
      flip(path, new Random(seed));
    } finally {
      delete(path);
    }
  }

  private static void flip(Path path, Random random) throws IOException {
    SpoolRig rig = SpoolRig.with(path, 1 << 20, SEGMENT, AtBound.BLOCK);
    int total = 0;
    List<int[]> records = new ArrayList<>();
    Path lane;
    try (Spool spool = rig.open()) {
      lane = spool.folder();
      for (int i = 0; i < 40; i++) {
        int n = 1 + random.nextInt(5);
        spool.append(List.of(SpoolRig.lines(total, total + n)));
        records.add(new int[] {total, total + n});
        total += n;
      }
    }
    Files.delete(lane.resolve(Position.NAME));
    List<Path> segments = segments(lane);
    Path victim = segments.get(random.nextInt(segments.size()));
    byte[] bytes = Files.readAllBytes(victim);
    int bit = random.nextInt(bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(victim, bytes);

    for (int round = 0; round < 2; round++) {
      try (Spool spool = rig.open()) {
        List<String> read = SpoolRig.unread(spool);
        List<int[]> missing = records.stream().filter(r -> !read.contains("l" + r[0])).toList();
        List<String> expected = names(0, total);
        missing.forEach(r -> expected.removeAll(names(r[0], r[1])));
        assertThat(read).isEqualTo(expected);
        assertThat(missing).as("bit %s of %s", bit, victim).hasSizeLessThan(2);
        int lines = missing.stream().mapToInt(r -> r[1] - r[0]).sum();
        assertThat(rig.lostLines()).as("bit %s of %s", bit, victim).isEqualTo(lines);
        assertThat(rig.lost.keySet()).allMatch(why -> why == Loss.DAMAGED);
        assertThat(spool.lines()).isEqualTo(total - lines);
      }
    }
  }

  @Property(tries = 40)
  void anyHistoryLosesNothingAndKeepsTheOrder(
      @ForAll long seed, @ForAll @IntRange(min = 20, max = 120) int steps) throws IOException {
    Path path = Files.createTempDirectory("spool");
    try {
      new History(path, new Random(seed)).run(steps);
    } finally {
      delete(path);
    }
  }

  /** A spool and what should be in it. */
  private static final class History {
    private final Path path;
    private final Random random;
    private SpoolRig rig;
    private Spool spool;
    private int copies;
    private int appended;

    /** Lines below this one are done; those between it and the next may come again. */
    private int done;

    private int next;
    private final List<Piece> pieces = new ArrayList<>();

    History(Path path, Random random) {
      this.path = path;
      this.random = random;
    }

    void run(int steps) throws IOException {
      open(path.resolve("0"));
      for (int i = 0; i < steps; i++) {
        switch (random.nextInt(9)) {
          case 0, 1, 2 -> append();
          case 3, 4 -> read();
          case 5, 6 -> done();
          case 7 -> tick();
          default -> restart();
        }
        assertThat(spool.lines()).isEqualTo(appended - done);
        assertThat(spool.isEmpty()).isEqualTo(next == appended);
        assertThat(rig.room.used()).isEqualTo(spool.bytes());
      }
      restart();
      assertThat(SpoolRig.drain(spool)).isEqualTo(names(done, appended));
      assertThat(rig.lost).isEmpty();
      spool.close();
    }

    private void open(Path in) throws IOException {
      rig = SpoolRig.with(in, 1 << 20, SEGMENT, AtBound.BLOCK);
      spool = rig.open();
      assertThat(spool.recovered()).isEqualTo(appended - done);
      next = done;
      pieces.clear();
    }

    private void append() throws IOException {
      List<LineRun> runs = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 9);
        runs.add(SpoolRig.lines(appended, appended + n));
        appended += n;
      }
      assertThat(spool.append(runs)).isEqualTo(runs.size());
    }

    private void read() throws IOException {
      Piece piece = spool.read(random.nextInt(600));
      if (next == appended) {
        assertThat(piece).isNull();
        return;
      }
      assertThat(SpoolRig.lines(piece)).isEqualTo(names(next, next + piece.lines()));
      next += piece.lines();
      pieces.add(piece);
    }

    private void done() throws IOException {
      if (!pieces.isEmpty()) {
        int n = 1 + random.nextInt(pieces.size());
        spool.done(pieces.get(n - 1).end());
        pieces.subList(0, n).forEach(piece -> done += piece.lines());
        pieces.subList(0, n).clear();
      }
    }

    private void tick() throws IOException {
      rig.now += random.nextInt(2000) - 900;
      spool.tick();
    }

    /** In order, or as a dead process would leave it: the copy is what is on disk. */
    private void restart() throws IOException {
      if (random.nextBoolean()) {
        spool.close();
        open(rig.config.path());
        return;
      }
      Path copy = path.resolve(String.valueOf(++copies));
      copy(rig.config.path(), copy);
      Spool killed = spool;
      open(copy);
      killed.close();
    }
  }

  private static List<String> names(int from, int to) {
    List<String> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      names.add("l" + i);
    }
    return names;
  }

  private static Path threeRecords(Path path, int[] lines) throws IOException {
    SpoolRig rig = SpoolRig.in(path);
    try (Spool spool = rig.open()) {
      int from = 0;
      for (int n : lines) {
        spool.append(List.of(SpoolRig.lines(from, from + n)));
        from += n;
      }
      return spool.folder().resolve(Segment.name(1));
    }
  }

  private static Path segmentFile(SpoolRig rig) throws IOException {
    Path lane = rig.config.path().resolve(FolderName.of(SpoolRig.DESTINATION)).resolve("00001000");
    Files.createDirectories(lane);
    return lane.resolve(Segment.name(1));
  }

  /** Where each record ends. */
  private static int[] ends(byte[] bytes) {
    List<Integer> ends = new ArrayList<>();
    int at = SegmentFormat.HEADER;
    while (at < bytes.length) {
      at += SegmentFormat.RECORD + SegmentFormat.size(bytes, at);
      ends.add(at);
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Path> segments(Path lane) throws IOException {
    try (Stream<Path> all = Files.list(lane)) {
      return all.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  static void delete(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
