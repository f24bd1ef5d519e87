package io.cadenza.writer.whisper;

import static io.cadenza.writer.whisper.WhisperRig.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.store.MetricIndex;
import io.cadenza.store.TestBatch;
import io.cadenza.writer.whisper.DiskException.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhisperIndexTest {
  @TempDir private Path dir;
  private WhisperRig rig;

  static Stream<Disk> disks() {
    return Stream.of(NativeDisk.load(), new JdkDisk());
  }

  private void open(Disk disk, String keys) {
    rig = new WhisperRig(dir.resolve("data"), disk, keys);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private void write(String... keys) throws Exception {
    TestBatch batch = new TestBatch();
    for (String key : keys) {
      batch.of(key, 0).value(NOW, 1);
    }
    assertThat(rig.write(batch).nothing()).isTrue();
  }

  private void add(String... keys) throws Exception {
    try (MetricIndex index = rig.store.index()) {
      index.add(Arrays.stream(keys).map(key -> key.getBytes(UTF_8)).toList());
    }
  }

  private Path listed() {
    return rig.folder.resolve("_tagged/names");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void tellsTheNamesOfAllFiles(Disk disk) throws Exception {
    open(disk, "");
    write("a", "a.b", "a.b.c", "x-1.y_2.z", "über.µ");

    assertThat(rig.names()).containsExactly("a", "a.b", "a.b.c", "x-1.y_2.z", "über.µ");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void passesOverWhatIsNotOurs(Disk disk) throws Exception {
    open(disk, "");
    write("a.b", "c.wsp.d");
    Path root = rig.folder;
    for (String file :
        List.of(
            ".wsp",
            "a/.wsp",
            "a/x.y.wsp",
            "README",
            "a/b.wsp.corrupt-1",
            "a/b.rrd",
            "lost+found")) {
      Files.writeString(root.resolve(file), "");
    }
    for (String folder : List.of(".git/objects", "v1.2/x", "dir.wsp")) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.writeString(root.resolve(".git/objects/e.wsp"), "");
    Files.writeString(root.resolve("v1.2/x/f.wsp"), "");
    Files.createSymbolicLink(root.resolve("nowhere.wsp"), root.resolve("none"));

    assertThat(rig.names()).containsExactly("a.b", "c.wsp.d");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void followsLinksButNotRound(Disk disk) throws Exception {
    open(disk, "");
    write("a.b.c");
    Path root = rig.folder;
    Files.createSymbolicLink(root.resolve("a/up"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("a/b/top"), root);
    Files.createSymbolicLink(root.resolve("other"), root.resolve("a/b"));
    Files.createSymbolicLink(root.resolve("linked.wsp"), root.resolve("a/b/c.wsp"));

    assertThat(rig.names()).containsExactly("a.b.c", "linked", "other.c");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void removesWhatProcessesThatDiedHaveLeft(Disk disk) throws Exception {
    open(disk, "");
    write("a.b");
    Path old = Files.writeString(rig.folder.resolve("a/.cadenza-1.tmp"), "");
    Path young = Files.writeString(rig.folder.resolve("a/.cadenza-2.tmp"), "");
    Files.setLastModifiedTime(old, FileTime.from(Instant.ofEpochSecond(NOW - 4000)));
    Files.setLastModifiedTime(young, FileTime.from(Instant.ofEpochSecond(NOW - 3000)));

    assertThat(rig.names()).containsExactly("a.b");

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @ParameterizedTest
  @MethodSource("disks")
  void knowsNamesWithTagsAgainThatItWasGiven(Disk disk) throws Exception {
    open(disk, "");
    add("a;x=1", "plain", "b.c;y=2;z=3", "never.written;q=1");
    write("a;x=1", "plain", "b.c;y=2;z=3", "never.added;q=1");
    add("a;x=1");

    assertThat(rig.names()).containsExactly("a;x=1", "b.c;y=2;z=3", "plain");
    assertThat(listed()).hasContent("a;x=1\nb.c;y=2;z=3\nnever.written;q=1\na;x=1");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void readsNamesWithTagsThatAreNotHashedFromTheirFiles(Disk disk) throws Exception {
    open(disk, "hash-tagged = false");
    add("a.b;x=1.5");
    write("a.b;x=1.5", "c;y=_DOT");
    Files.writeString(listed().resolveSibling("000;foreign.wsp"), "");
    Files.createDirectories(rig.folder.resolve("_tagged/000/000"));
    Files.writeString(rig.folder.resolve("_tagged/000/000/wrong;place=1.wsp"), "");

    assertThat(rig.names()).containsExactly("a.b;x=1.5", "c;y=_DOT");
    assertThat(listed()).doesNotExist();
  }

  @Test
  void aDamagedListCostsOnlyTheDamagedLines() throws Exception {
    open(NativeDisk.load(), "");
    add("a;x=1", "b;x=1", "c;x=1");
    write("a;x=1", "b;x=1", "c;x=1", "d;x=1");
    byte[] bytes = Files.readAllBytes(listed());
    bytes[7] ^= 0x40;
    Files.write(listed(), bytes);
    Files.writeString(
        listed(), "y".repeat(300_000) + "\n\n\u0000\ntorn;x", StandardOpenOption.APPEND);

    assertThat(rig.names()).containsExactly("a;x=1", "c;x=1");

    add("d;x=1", "b;x=1");
    assertThat(rig.names()).containsExactly("a;x=1", "b;x=1", "c;x=1", "d;x=1");
  }

  @Test
  void whatIsNoListIsSetAside() throws Exception {
    open(NativeDisk.load(), "");
    write("a;x=1");
    Files.createDirectory(listed());

    assertThat(rig.names()).isEmpty();
    add("a;x=1");

    assertThat(rig.names()).containsExactly("a;x=1");
    assertThat(rig.folder.resolve("_tagged/names.corrupt-" + NOW)).isDirectory();
  }

  @Test
  void aListOfWhichMostIsOfNoUseIsWrittenAnewAtTheStart() throws Exception {
    open(NativeDisk.load(), "");
    String[] gone = new String[1500];
    Arrays.setAll(gone, i -> "gone" + i + ";x=1");
    add(gone);
    add("a;x=1", "b;x=1", "a;x=1");
    write("a;x=1", "b;x=1");

    assertThat(rig.names()).containsExactly("a;x=1", "b;x=1");

    assertThat(listed()).hasContent("a;x=1\nb;x=1");
    assertThat(rig.names()).containsExactly("a;x=1", "b;x=1");
    assertThat(rig.files()).hasSize(3);
  }

  @Test
  void aListIsNotWrittenAnewOnceNamesWereAddedToIt() throws Exception {
    open(NativeDisk.load(), "");
    List<byte[]> many = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      many.add(("later" + i + ";x=1").getBytes(UTF_8));
    }
    try (MetricIndex index = rig.store.index()) {
      index.add(many);
      index.load(name -> {});
    }

    assertThat(Files.readAllLines(listed())).hasSize(1500);
  }

  @Test
  void namesThatCouldNotBeKeptAreTriedAgain() throws Exception {
    open(NativeDisk.load(), "");
    rig.disk.writes = Fault.FULL;
    assertThatThrownBy(() -> add("a;x=1")).isInstanceOf(DiskException.class);
    rig.disk.writes = null;

    add("a;x=1");

    assertThat(listed()).hasContent("a;x=1");
  }

  @Test
  void namesThatHaveNoFileAreNotKept() throws Exception {
    open(NativeDisk.load(), "");

    add("a\nb;x=1", ";x=1\u0000", "x".repeat(5000) + ";x=1");

    assertThat(listed()).doesNotExist();
  }
}
