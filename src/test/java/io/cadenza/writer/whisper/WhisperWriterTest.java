package io.cadenza.writer.whisper;

import static io.cadenza.writer.whisper.WhisperRig.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhisperWriterTest {
  private static final String HASHED =
      "_tagged/28b/893/28b89336f63de1928fd811f4b3f086764600458b42994270b0682866e64b8412.wsp";

  private static final String TAGGED = "disk.used;datacenter=dc1;rack=a1";

  @TempDir private Path dir;

  private WhisperRig rig(String keys) {
    return new WhisperRig(dir.resolve("data"), keys);
  }

  private static TestBatch one(String key, double value) {
    return new TestBatch().of(key, 0).value(NOW, value);
  }

  @Test
  void touchesNothingBeforeItIsUsed() throws Exception {
    try (WhisperRig rig = rig("")) {
      assertThat(rig.read("a")).isNull();
      assertThat(rig.names()).isEmpty();
      assertThat(dir).isEmptyDirectory();
    }
  }

  @Test
  void makesTheFolderAndAFileAsConfigured() throws Exception {
    try (WhisperRig rig = rig("retentions = [\"10s:1m\", \"60s:1h\"], x-files-factor = 0.25")) {
      rig.write(one("a.b.max", 1));

      assertThat(rig.files()).containsExactly("a/b/max.wsp");
      Layout layout = new Wsp(rig.disk).open(rig.folder.resolve("a/b/max.wsp")).layout;
      assertThat(layout)
          .isEqualTo(
              Layout.of(
                  List.of(new Retention(10, 60), new Retention(60, 3600)), Aggregate.MAX, 0.25));
      assertThat(rig.figure("files-created")).isEqualTo(1);
      assertThat(rig.figure("open-files")).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsThereKeepsItsLayout() throws Exception {
    try (WhisperRig rig = rig("")) {
      Files.createDirectories(rig.folder.resolve("a"));
      new Wsp(rig.disk).create(rig.folder.resolve("a/count.wsp"), Aggregate.MIN, 0.7, "30s:1h");

      rig.write(one("a.count", 4));

      assertThat(rig.value("a.count", NOW)).isEqualTo(4);
      assertThat(rig.read("a.count").step()).isEqualTo(30);
      assertThat(rig.read("a.count").aggregate()).isEqualTo(Aggregate.MIN);
      assertThat(rig.figure("files-created")).isZero();
    }
  }

  @Test
  void namesWithTagsHaveTheirHash() throws Exception {
    try (WhisperRig rig = rig("")) {
      rig.write(one(TAGGED, 5));

      assertThat(rig.files()).containsExactly(HASHED);
      assertThat(rig.value(TAGGED, NOW)).isEqualTo(5);
    }
  }

  @Test
  void aFileFromBeforeNamesWereHashedGetsItsNewName() throws Exception {
    try (WhisperRig before = rig("hash-tagged = false")) {
      before.write(one(TAGGED, 5));
      assertThat(before.files())
          .containsExactly("_tagged/28b/893/disk_DOT_used;datacenter=dc1;rack=a1.wsp");
    }
    try (WhisperRig rig = rig("")) {
      assertThat(rig.value(TAGGED, NOW)).isEqualTo(5);

      rig.write(new TestBatch().of(TAGGED, 0).value(NOW - 10, 6));

      assertThat(rig.files()).containsExactly(HASHED);
      assertThat(rig.value(TAGGED, NOW)).isEqualTo(5);
      assertThat(rig.value(TAGGED, NOW - 10)).isEqualTo(6);
    }
  }

  @Test
  void refusesNamesThatHaveNoFileAndPointsThatAreTooOldOrHaveNoTime() throws Exception {
    try (WhisperRig rig = rig("")) {
      TestBatch batch =
          new TestBatch()
              .of("a..b", 0)
              .value(NOW, 1)
              .of("ok", 0)
              .value(-1, 1)
              .value(0, 1)
              .value(NOW - 8 * 86_400, 1)
              .value(NOW, 1)
              .value(1L << 32, 1);

      Told told = rig.write(batch);

      assertThat(told.refused()).containsOnly(Map.entry(0, "bad-name"));
      assertThat(told.points()).containsOnly(Map.entry("too-old", 1), Map.entry("bad-time", 3));
      assertThat(rig.value("ok", NOW)).isEqualTo(1);
      assertThat(rig.write(batch).refused()).containsOnly(Map.entry(0, "bad-name"));
    }
  }

  @Test
  void noNameThatIsNotUtf8HasAFile() throws Exception {
    try (WhisperRig rig = rig("")) {
      Told told = rig.write(new TestBatch().of(new byte[] {'a', (byte) 0xff}, 0, 0).value(NOW, 1));

      assertThat(told.refused()).containsOnly(Map.entry(0, "bad-name"));
    }
  }

  @Test
  void makesSoManyFilesAMinuteAndTellsTheOthersToWait() throws Exception {
    try (WhisperRig rig = rig("creates-per-minute = 3")) {
      TestBatch batch = new TestBatch();
      for (int i = 0; i < 5; i++) {
        batch.of("s" + i, 0).value(NOW, i);
      }

      assertThat(rig.write(batch).later()).containsExactly(3, 4);
      assertThat(rig.write(batch).later()).containsExactly(3, 4);
      rig.pass(Duration.ofSeconds(20));
      assertThat(rig.write(batch).later()).containsExactly(4);
      rig.pass(Duration.ofHours(1));
      assertThat(rig.write(batch).nothing()).isTrue();
      assertThat(rig.files()).hasSize(5);
    }
  }

  @Test
  void updatesSoManyFilesASecond() throws Exception {
    try (WhisperRig rig = rig("writes-per-second = 2")) {
      TestBatch batch = new TestBatch().of("a", 0).value(NOW, 1).value(NOW + 1, 2);
      batch.of("b", 0).value(NOW, 1).of("c", 0).value(NOW, 1);

      assertThat(rig.write(batch).later()).containsExactly(2);
      assertThat(rig.write(batch).later()).containsExactly(0, 1, 2);
      rig.pass(Duration.ofMillis(500));
      assertThat(rig.write(batch).later()).containsExactly(1, 2);
    }
  }

  @Test
  void knowsNoLimitsAtTheEnd() throws Exception {
    try (WhisperRig rig = rig("writes-per-second = 1, creates-per-minute = 1")) {
      TestBatch batch = new TestBatch();
      for (int i = 0; i < 9; i++) {
        batch.of("s" + i, 0).value(NOW, i);
      }
      assertThat(rig.write(batch).later()).hasSize(8);

      rig.writer.hurry();

      assertThat(rig.write(batch).nothing()).isTrue();
      assertThat(rig.files()).hasSize(9);
    }
  }

  @Test
  void noticesAFileThatIsGoneOrReplacedAfterAWhile() throws Exception {
    try (WhisperRig rig = rig("check-files = 30s")) {
      TestBatch batch = one("a", 1);
      rig.write(batch);
      Path file = rig.folder.resolve("a.wsp");
      new Wsp(rig.disk).create(dir.resolve("other.wsp"), Aggregate.LAST, 0, "20s:1h");
      Files.move(dir.resolve("other.wsp"), file, StandardCopyOption.REPLACE_EXISTING);

      rig.write(batch);
      assertThat(rig.value("a", NOW)).as("written to the old one").isNaN();
      rig.pass(Duration.ofSeconds(30));
      rig.write(batch);
      assertThat(rig.value("a", NOW)).isEqualTo(1);
      assertThat(rig.read("a").step()).isEqualTo(20);

      Files.delete(file);
      rig.pass(Duration.ofSeconds(30));
      rig.write(batch);
      assertThat(rig.value("a", NOW)).isEqualTo(1);
      assertThat(rig.read("a").step()).isEqualTo(10);
    }
  }

  /** As cp does it: the file is the same to the system, and has another base. */
  @Test
  void noticesAFileThatIsWrittenOver() throws Exception {
    try (WhisperRig rig = rig("check-files = 30s, retentions = [\"10s:1h\"]")) {
      rig.write(one("a", 1));
      rig.write(new TestBatch().of("b", 0).value(NOW - 70, 2));
      Files.write(rig.folder.resolve("a.wsp"), Files.readAllBytes(rig.folder.resolve("b.wsp")));

      rig.pass(Duration.ofSeconds(30));
      rig.write(new TestBatch().of("x", 0).value(NOW, 0).of("a", 0).value(NOW, 3));

      assertThat(rig.value("a", NOW - 70)).isEqualTo(2);
    }
  }

  @Test
  void checksEveryTimeWhereThatIsWanted() throws Exception {
    try (WhisperRig rig = rig("check-files = 0s")) {
      TestBatch batch = one("a", 1);
      rig.write(batch);
      Files.delete(rig.folder.resolve("a.wsp"));

      rig.write(batch);

      assertThat(rig.value("a", NOW)).isEqualTo(1);
    }
  }

  @Test
  void closesFilesBeyondItsBoundAndWritesNonetheless() throws Exception {
    try (WhisperRig rig = rig("open-files = 3")) {
      TestBatch batch = new TestBatch();
      for (int i = 0; i < 10; i++) {
        batch.of("s" + i, 0).value(NOW, i);
      }
      rig.write(batch);
      int opened = rig.disk.opened;

      rig.write(batch);

      assertThat(rig.figure("open-files")).isEqualTo(3);
      assertThat(rig.disk.opened - opened).isEqualTo(7);
      for (int i = 0; i < 10; i++) {
        assertThat(rig.value("s" + i, NOW)).isEqualTo(i);
      }
    }
  }

  @Test
  void closesFilesOfSeriesThatAreWrittenNoMore() throws Exception {
    try (WhisperRig rig = rig("")) {
      rig.write(one("a", 1));
      rig.pass(Duration.ofMinutes(10));
      rig.writer.idle();
      assertThat(rig.figure("open-files")).isEqualTo(1);

      rig.pass(Duration.ofMinutes(6));
      rig.writer.idle();

      assertThat(rig.figure("open-files")).isZero();
    }
  }

  @Test
  void forcesToTheDiskWhatItIsToldTo() throws Exception {
    try (WhisperRig rig = rig("fsync = always")) {
      TestBatch batch = one("a", 1);
      rig.write(batch);
      int first = rig.disk.syncs;
      rig.write(batch);

      assertThat(first).as("new file, its folder, and update").isEqualTo(3);
      assertThat(rig.disk.syncs - first).isEqualTo(1);
    }
    try (WhisperRig rig = new WhisperRig(dir.resolve("other"), "")) {
      rig.write(one("a", 1));

      assertThat(rig.disk.syncs).isZero();
    }
  }

  @Test
  void aFileThatIsNotSparseHasItsRoom() throws Exception {
    try (WhisperRig rig = rig("")) {
      rig.write(one("a", 1));
      assertThat(rig.disk.bytes).as("header and a slot").isLessThan(100);
    }
    try (WhisperRig rig = new WhisperRig(dir.resolve("other"), "sparse = false")) {
      rig.write(one("a", 1));

      assertThat(rig.disk.bytes).isGreaterThan(40 + 12 * (2160 + 10_080));
      assertThat(rig.folder.resolve("a.wsp")).hasSize(40 + 12 * (2160 + 10_080));
      assertThat(rig.value("a", NOW)).isEqualTo(1);
    }
  }

  @Test
  void changesHowAFileAggregates() throws Exception {
    try (WhisperRig rig = rig("retentions = [\"10s:1m\", \"60s:1h\"]")) {
      rig.write(new TestBatch().of("a.sum", 0).value(NOW, 1).value(NOW + 10, 2));

      assertThat(rig.store.method("a.sum", Aggregate.MAX)).isEqualTo(Aggregate.SUM);
      rig.pass(Duration.ofSeconds(1));
      rig.write(new TestBatch().of("a.sum", 0).value(NOW + 20, 5));

      assertThat(rig.store.method("a.sum")).isEqualTo(Aggregate.MAX);
      Wsp wsp = new Wsp(rig.disk);
      Path file = rig.folder.resolve("a/sum.wsp");
      assertThat(wsp.fetch(file, NOW - 60, NOW, NOW + 60, 60).values()).containsExactly(5);
      assertThatThrownBy(() -> rig.store.method("none")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> rig.store.method("../x", Aggregate.SUM))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void leavesAFileAloneThatPythonHasLocked() throws Exception {
    try (WhisperRig rig = rig("lock = true")) {
      TestBatch batch = one("a", 1);
      assertThat(rig.write(batch).nothing()).isTrue();
      DiskFile other =
          rig.disk.open(new Wsp(rig.disk).path(rig.folder.resolve("a.wsp")), true, null);
      assertThat(other.tryLock()).as("given back").isTrue();

      assertThat(rig.write(batch).later()).containsExactly(0);
      other.unlock();
      assertThat(rig.write(batch).nothing()).isTrue();
      other.close();
    }
  }

  @Test
  void goesWithoutLocksWhereThereAreNone() throws Exception {
    try (WhisperRig rig = new WhisperRig(dir.resolve("data"), new JdkDisk(), "lock = true")) {
      assertThat(rig.write(one("a", 1)).nothing()).isTrue();
    }
  }

  @Test
  void followsLinksThatAnOperatorHasMade() throws Exception {
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    try (WhisperRig rig = rig("")) {
      Files.createDirectories(rig.folder);
      Files.createSymbolicLink(rig.folder.resolve("big"), elsewhere);

      rig.write(one("big.a", 1));

      assertThat(elsewhere.resolve("a.wsp")).isRegularFile();
      assertThat(rig.names()).containsExactly("big.a");
    }
  }

  @Test
  void writesWhatOtherThreadsReadMeanwhile() throws Exception {
    try (WhisperRig rig = rig("retentions = [\"1s:1h\"]")) {
      TestBatch[] batches = new TestBatch[100];
      for (int i = 0; i < batches.length; i++) {
        double value = Double.longBitsToDouble(0x3ff0_0000_0000_0000L | 0x1_0000_0001L * i);
        batches[i] = new TestBatch().of("a", 0).value(NOW + i % 2 * 3600L, value);
      }
      rig.write(batches[0]);
      var wrong = new java.util.concurrent.atomic.AtomicInteger();
      var stop = new java.util.concurrent.atomic.AtomicBoolean();
      Thread reader =
          new Thread(
              () -> {
                while (!stop.get()) {
                  wrong.addAndGet(halves(rig));
                }
              });
      reader.start();
      for (int round = 0; round < 100; round++) {
        for (TestBatch batch : batches) {
          rig.write(batch);
        }
      }
      stop.set(true);
      reader.join();

      assertThat(wrong).hasValue(0);
    }
  }

  /** One when the value read has halves of two. */
  private static int halves(WhisperRig rig) {
    try {
      double value = rig.value("a", NOW);
      long bits = Double.doubleToRawLongBits(value);
      return Double.isNaN(value) || (bits & 0xffff) == (bits >>> 32 & 0xffff) ? 0 : 1;
    } catch (Exception e) {
      return 1;
    }
  }

  @Test
  void thousandsOfFoldersAreMadeForNoName() throws Exception {
    try (WhisperRig rig = rig("")) {
      String deep = "a.".repeat(129) + "b";

      assertThat(rig.write(one(deep, 1)).refused()).containsOnly(Map.entry(0, "bad-name"));
      assertThat(rig.write(one(deep.substring(2), 1)).nothing()).isTrue();
      assertThat(rig.value(deep.substring(2), NOW)).isEqualTo(1);
    }
  }

  @Test
  void namesOfOtherAlphabetsAreBytesOnTheDisk() throws Exception {
    try (WhisperRig rig = rig("")) {
      String key = "größe.\uD83D\uDE00";
      rig.write(one(key, 1));

      assertThat(rig.value(key, NOW)).isEqualTo(1);
      assertThat(rig.names()).containsExactly(key);
      assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSize(12);
    }
  }
}
