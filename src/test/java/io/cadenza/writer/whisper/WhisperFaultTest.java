package io.cadenza.writer.whisper;

import static io.cadenza.writer.whisper.WhisperRig.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.store.MetricReader;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import io.cadenza.writer.whisper.DiskException.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperFaultTest {
  @TempDir private Path dir;
  private WhisperRig rig;

  @BeforeEach
  void open() {
    rig = new WhisperRig(dir.resolve("data"), "check-files = 0s");
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private static TestBatch two() {
    return new TestBatch().of("a.x", 0).value(NOW, 1).of("b", 0).value(NOW, 2);
  }

  private Path file(String name) {
    return rig.folder.resolve(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 39, 40, 5000, 146_919})
  void aFileThatIsCutOffIsSetAsideAndMadeAnew(int size) throws Exception {
    rig.write(two());
    byte[] whole = Files.readAllBytes(file("a/x.wsp"));
    Files.write(file("a/x.wsp"), Arrays.copyOf(whole, size));

    assertThat(rig.write(two()).nothing()).isTrue();

    assertThat(rig.files()).containsExactly("a/x.wsp", "a/x.wsp.corrupt-" + NOW, "b.wsp");
    assertThat(file("a/x.wsp.corrupt-" + NOW)).hasBinaryContent(Arrays.copyOf(whole, size));
    assertThat(rig.value("a.x", NOW)).isEqualTo(1);
    assertThat(rig.figure("files-set-aside")).isEqualTo(1);
    assertThat(rig.names()).containsExactly("a.x", "b");
  }

  @Test
  void nothingThatWasSetAsideIsWrittenOver() throws Exception {
    rig.write(two());
    for (int i = 0; i < 3; i++) {
      Files.writeString(file("b.wsp"), "no file of whisper's " + i);
      rig.write(two());
    }

    String aside = "b.wsp.corrupt-" + NOW;
    assertThat(rig.files()).containsExactly("a/x.wsp", "b.wsp", aside, aside + "-1", aside + "-2");
    assertThat(file(aside + "-1")).hasContent("no file of whisper's 1");
  }

  @Test
  void aLongNameHasRoomToBeSetAside() throws Exception {
    String name = "x".repeat(251);
    Files.createDirectories(rig.folder);
    Files.writeString(file(name + ".wsp"), "?");

    assertThat(rig.write(new TestBatch().of(name, 0).value(NOW, 1)).nothing()).isTrue();

    assertThat(rig.value(name, NOW)).isEqualTo(1);
    assertThat(rig.files()).hasSize(2).anyMatch(file -> file.endsWith(".corrupt-" + NOW));
  }

  @Test
  void aFileThatIsMadeAnewCountsAsMade() throws Exception {
    try (WhisperRig few =
        new WhisperRig(dir.resolve("few"), "check-files = 0s, creates-per-minute = 1")) {
      TestBatch batch = new TestBatch().of("a", 0).value(NOW, 1);
      few.write(batch);
      Files.writeString(few.folder.resolve("a.wsp"), "?");

      assertThat(few.write(batch).later()).containsExactly(0);
      assertThat(few.files()).containsExactly("a.wsp.corrupt-" + NOW);
    }
  }

  @Test
  void aFileThatShrinksWhileItIsOpenIsNoticedWhenItIsLookedAt() throws Exception {
    try (WhisperRig slow = new WhisperRig(dir.resolve("slow"), "")) {
      TestBatch batch = new TestBatch().of("a", 0).value(NOW, 1);
      slow.write(batch);
      byte[] whole = Files.readAllBytes(slow.folder.resolve("a.wsp"));
      Files.write(slow.folder.resolve("a.wsp"), Arrays.copyOf(whole, 40));
      slow.pass(Duration.ofMinutes(1));

      assertThat(slow.write(batch).nothing()).isTrue();

      assertThat(slow.value("a", NOW)).isEqualTo(1);
      assertThat(slow.figure("files-set-aside")).isEqualTo(1);
    }
  }

  /** A folder in a file's place, and a file in a folder's: nobody can write there, ever. */
  @Test
  void whatIsInTheWayIsLeftAlone() throws Exception {
    Files.createDirectories(file("b.wsp"));
    Files.writeString(file("a"), "a file");

    Told told = rig.write(two().of("c", 0).value(NOW, 3));

    assertThat(told.refused()).containsOnly(Map.entry(0, "name-taken"), Map.entry(1, "name-taken"));
    assertThat(told.later()).isEmpty();
    assertThat(rig.value("c", NOW)).isEqualTo(3);
    assertThat(rig.read("a.x")).isNull();
    assertThat(rig.read("b")).isNull();
    assertThat(rig.names()).containsExactly("c");
    assertThat(file("a")).hasContent("a file");
  }

  @Test
  void aPipeOrAnotherSpecialFileIsNotWaitedFor() throws Exception {
    Files.createDirectories(rig.folder);
    Process mkfifo = new ProcessBuilder("mkfifo", file("b.wsp").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();

    Told told = rig.write(two());

    assertThat(told.refused()).containsOnly(Map.entry(1, "name-taken"));
    assertThat(rig.read("b")).isNull();
    assertThat(rig.value("a.x", NOW)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "READ_ONLY", "DENIED", "OTHER"})
  void whenNothingCanBeWrittenTheWholeBatchFails(Fault fault) throws Exception {
    rig.disk.writes = fault;

    assertThatThrownBy(() -> rig.write(two())).isInstanceOf(DiskException.class);

    assertThat(rig.folder).doesNotExist();
    rig.disk.writes = null;
    assertThat(rig.write(two()).nothing()).isTrue();
    assertThat(rig.value("b", NOW)).isEqualTo(2);
  }

  /** For each byte and step at which it may happen. */
  @Test
  void aDiskThatFillsLeavesNoHalfMadeFile() throws Exception {
    for (int bytes = 0; bytes < 120; bytes++) {
      try (WhisperRig full = new WhisperRig(dir.resolve("full" + bytes), "")) {
        full.disk.writes = Fault.FULL;
        full.disk.bytesLeft = bytes;
        boolean threw = false;
        try {
          assertThat(full.write(two()).later()).isSubsetOf(0, 1);
        } catch (DiskException nothingWritten) {
          threw = true;
        }
        if (Files.exists(full.folder)) {
          assertThat(full.files()).isSubsetOf("a/x.wsp", "b.wsp");
          for (String file : full.files()) {
            assertThat(full.folder.resolve(file)).hasSize(40 + 12 * (2160 + 10_080));
          }
        }
        full.disk.writes = null;
        assertThat(full.write(two()).nothing()).as("after %s, %s", bytes, threw).isTrue();
        assertThat(full.value("a.x", NOW)).isEqualTo(1);
        assertThat(full.value("b", NOW)).isEqualTo(2);
      }
    }
  }

  @Test
  void whenTheDiskIsFullInTheMiddleTheRestWaits() throws Exception {
    rig.write(two());
    TestBatch batch = new TestBatch();
    for (int i = 0; i < 10; i++) {
      batch.of("b", 0).value(NOW, i).of("new" + i, 0).value(NOW, i);
    }
    rig.disk.writes = Fault.FULL;
    rig.disk.bytesLeft = 12;

    Told told = rig.write(batch);

    assertThat(told.later()).hasSize(19).doesNotContain(0);
    assertThat(rig.figure("file-failures")).isEqualTo(1);
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotHoldBackOthers() throws Exception {
    rig.write(two());
    TestBatch batch = new TestBatch().of("c", 0).value(NOW, 1).of("b", 0).value(NOW, 7);
    rig.write(batch);
    Files.delete(file("c.wsp"));
    rig.disk.opens = Fault.DENIED;

    assertThat(rig.write(batch).later()).as("b is open").containsExactly(0);
  }

  @Test
  void withoutDescriptorsItKeepsFewerFilesOpen() throws Exception {
    TestBatch batch = new TestBatch();
    for (int i = 0; i < 40; i++) {
      batch.of("s" + i, 0).value(NOW, i);
    }
    rig.write(batch);
    rig.disk.opens = Fault.TOO_MANY_OPEN;

    assertThatThrownBy(() -> rig.write(two())).isInstanceOf(DiskException.class);

    assertThat(rig.figure("open-files")).isLessThan(40);
    rig.disk.opens = null;
    assertThat(rig.write(two()).nothing()).isTrue();
  }

  @Test
  void oneFailedAttemptToOpenIsTriedAgainWithFewerFilesOpen() throws Exception {
    TestBatch batch = new TestBatch();
    for (int i = 0; i < 40; i++) {
      batch.of("s" + i, 0).value(NOW, i);
    }
    rig.write(batch);
    rig.disk.failNextOpen = true;

    assertThat(rig.write(two()).nothing()).isTrue();
    assertThat(rig.figure("open-files")).isEqualTo(30);
  }

  @Test
  void readsLeaveOutWhatIsDamagedAndFailWhenNothingCanBeRead() throws Exception {
    rig.write(two());
    Files.writeString(file("b.wsp"), "?");
    try (MetricReader reader = rig.store.reader().orElseThrow()) {
      MetricReader.Query query =
          new MetricReader.Query(List.of("b", "a.x"), NOW - 60, NOW, NOW, false);

      assertThat(reader.read(query)).containsOnlyKeys("a.x");
      assertThat(reader.retentions("b")).isEqualTo(Wsp.retentions("10s:6h", "1m:7d"));
      assertThat(rig.files()).as("only a writer sets aside").containsExactly("a/x.wsp", "b.wsp");

      rig.disk.opens = Fault.DENIED;
      assertThat(reader.read(query)).isEmpty();
      rig.disk.opens = Fault.TOO_MANY_OPEN;
      assertThatThrownBy(() -> reader.read(query)).isInstanceOf(DiskException.class);
    }
  }

  @Test
  void theFolderMayBeAFile() throws Exception {
    Files.writeString(rig.folder, "?");

    Told told = rig.write(two());

    assertThat(told.refused()).hasSize(2).containsValue("name-taken");
    assertThat(rig.read("b")).isNull();
    assertThat(rig.names()).isEmpty();
  }
}
