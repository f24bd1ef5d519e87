package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.cadenza.writer.whisper.DiskException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both disks do and refuse the same. */
class DiskTest {
  @Nested
  class OnLibc extends Contract {
    @Override
    Disk disk() {
      return NativeDisk.load();
    }

    @Test
    void isTheBestWhereItCanBeHad() {
      assertThat(Disk.best()).isInstanceOf(NativeDisk.class);
    }

    @Test
    void locksExcludeEachOther() throws IOException {
      Path file = Files.writeString(dir.resolve("f"), "");
      DiskFile one = disk.open(path(file), true, null);
      DiskFile two = disk.open(path(file), true, null);

      assertThat(one.tryLock()).isTrue();
      assertThat(two.tryLock()).isFalse();
      one.unlock();
      assertThat(two.tryLock()).isTrue();
      two.close();
      assertThat(one.tryLock()).as("gone with its file").isTrue();
      one.close();
    }

    @Test
    void aFileIsKnownThoughItsNameIsGone() throws IOException {
      Path file = Files.writeString(dir.resolve("f"), "abc");
      DiskFile open = disk.open(path(file), false, null);
      Files.delete(file);

      open.stamp(stamp);

      assertThat(stamp.isFile).isTrue();
      assertThat(stamp.size).isEqualTo(3);
      open.close();
    }

    @Test
    void tellsNoFileThatIsClosedFromAnother() throws IOException {
      DiskFile open = disk.open(path(Files.writeString(dir.resolve("f"), "abc")), true, null);
      open.close();
      open.close();

      assertThatThrownBy(() -> open.write(memory, 0, 1, 0)).isInstanceOf(DiskException.class);
    }

    @Test
    void tellsTooManyOpenFiles() {
      assertThat(NativeDisk.failed(null, 24).fault).isEqualTo(Fault.TOO_MANY_OPEN);
      assertThat(NativeDisk.failed(null, 28).fault).isEqualTo(Fault.FULL);
      assertThat(NativeDisk.failed(null, 122).fault).isEqualTo(Fault.FULL);
      assertThat(NativeDisk.failed(null, 30).fault).isEqualTo(Fault.READ_ONLY);
      assertThat(NativeDisk.failed(null, 13).fault).isEqualTo(Fault.DENIED);
      assertThat(NativeDisk.failed(null, 5).fault).isEqualTo(Fault.OTHER);
      assertThat(NativeDisk.failed(null, 5)).hasMessage("Input/output error");
    }
  }

  @Nested
  class OnTheJdk extends Contract {
    @Override
    Disk disk() {
      return new JdkDisk();
    }

    @Test
    void hasNoLocks() throws IOException {
      DiskFile open = disk.open(path(Files.writeString(dir.resolve("f"), "")), true, null);

      assertThat(disk.locks()).isFalse();
      assertFault(Fault.UNSUPPORTED, open::tryLock);
      open.unlock();
      open.close();
    }

    @Test
    void knowsTheWordsOfLinux() {
      assertThat(fault("No space left on device")).isEqualTo(Fault.FULL);
      assertThat(fault("Disk quota exceeded")).isEqualTo(Fault.FULL);
      assertThat(fault("Read-only file system")).isEqualTo(Fault.READ_ONLY);
      assertThat(fault("Too many open files in system")).isEqualTo(Fault.TOO_MANY_OPEN);
      assertThat(fault("Input/output error")).isEqualTo(Fault.OTHER);
    }

    private Fault fault(String why) {
      return JdkDisk.failed("f", new java.nio.file.FileSystemException("f", null, why)).fault;
    }
  }

  abstract static class Contract {
    @TempDir Path dir;
    final Disk disk = disk();
    final Stamp stamp = new Stamp(disk);
    final Memory memory = disk.memory(100);

    abstract Disk disk();

    @BeforeEach
    void fill() {
      memory.bytes.put(0, "0123456789".getBytes(UTF_8));
    }

    FilePath path(Path file) {
      FilePath path = new FilePath(disk);
      path.add(file.toString());
      return path;
    }

    FilePath path(String name) {
      return path(dir.resolve(name));
    }

    static void assertFault(Fault fault, ThrowingCallable what) {
      assertThatThrownBy(what)
          .asInstanceOf(type(DiskException.class))
          .extracting(failed -> failed.fault)
          .isEqualTo(fault);
    }

    @Test
    void readsAndWritesAtPlaces() throws IOException {
      DiskFile file = disk.create(path("f"));

      file.write(memory, 2, 3, 10);
      file.resize(20);

      assertThat(file.read(memory, 50, 50, 8)).isEqualTo(12);
      assertThat(memory.bytes.get(52)).isEqualTo((byte) '2');
      assertThat(memory.bytes.get(55)).isZero();
      assertThat(file.read(memory, 50, 50, 20)).isZero();
      file.resize(11);
      assertThat(file.read(memory, 50, 50, 8)).isEqualTo(3);
      file.sync();
      file.close();
      assertThat(dir.resolve("f")).hasSize(11);
    }

    @Test
    void opensOnlyWhatIsThere() throws IOException {
      Files.writeString(dir.resolve("f"), "abc");
      Files.createDirectory(dir.resolve("d"));

      assertThat(disk.open(path("none"), true, null)).isNull();
      assertThat(disk.open(path("none/f"), false, null)).isNull();
      assertThat(disk.open(path("f/f"), true, null)).isNull();
      assertFault(Fault.WRONG_KIND, () -> disk.open(path("d"), true, null));
      DiskFile file = disk.open(path("f"), false, null);
      assertThatThrownBy(() -> file.write(memory, 0, 1, 0)).isInstanceOf(Exception.class);
      file.close();
    }

    @Test
    void createsOnlyWhatIsNot() throws IOException {
      disk.create(path("f")).close();

      assertFault(Fault.THERE, () -> disk.create(path("f")));
      assertFault(Fault.NOT_THERE, () -> disk.create(path("none/f")));
      assertFault(Fault.WRONG_KIND, () -> disk.create(path("f/f")));
    }

    @Test
    void makesFoldersWithAllInFrontOfThem() throws IOException {
      FilePath file = path("a/b/c/d.wsp");
      assertFault(Fault.NOT_THERE, () -> disk.makeFolder(path("a/b")));

      Folders.make(disk, file);
      Folders.make(disk, file);

      assertThat(dir.resolve("a/b/c")).isEmptyDirectory();
      assertThat(file).hasToString(dir.resolve("a/b/c/d.wsp").toString());
      Files.writeString(dir.resolve("a/f"), "");
      disk.makeFolder(path("a/f"));
      assertFault(Fault.WRONG_KIND, () -> Folders.make(disk, path("a/f/g/h")));
    }

    @Test
    void movesToNamesThatAreFree() throws IOException {
      Files.writeString(dir.resolve("f"), "1");
      Files.writeString(dir.resolve("g"), "2");

      assertThat(disk.move(path("f"), path("g"))).isFalse();
      assertThat(disk.move(path("f"), path("h"))).isTrue();

      assertThat(dir.resolve("f")).doesNotExist();
      assertThat(dir.resolve("g")).hasContent("2");
      assertThat(dir.resolve("h")).hasContent("1");
      disk.replace(path("h"), path("g"));
      assertThat(dir.resolve("g")).hasContent("1");
      assertFault(Fault.NOT_THERE, () -> disk.replace(path("h"), path("g")));
      disk.remove(path("g"));
      disk.remove(path("g"));
      assertThat(dir).isEmptyDirectory();
    }

    @Test
    void knowsAFileByItsStamp() throws IOException {
      Files.writeString(dir.resolve("f"), "abc");
      Files.createSymbolicLink(dir.resolve("l"), dir.resolve("f"));
      assertThat(disk.stamp(path("f"), stamp)).isTrue();
      long inode = stamp.inode;
      long device = stamp.device;
      assertThat(stamp.size).isEqualTo(3);
      assertThat(stamp.isFile).isTrue();
      assertThat(stamp.isFolder).isFalse();
      assertThat(stamp.changed)
          .isEqualTo(Files.getLastModifiedTime(dir.resolve("f")).toInstant().getEpochSecond());

      assertThat(disk.stamp(path("l"), stamp)).isTrue();
      assertThat(stamp.inode).isEqualTo(inode);
      assertThat(stamp.device).isEqualTo(device);
      assertThat(disk.stamp(path(dir), stamp)).isTrue();
      assertThat(stamp.isFolder).isTrue();
      assertThat(stamp.inode).isNotEqualTo(inode);
      assertThat(disk.stamp(path("none"), stamp)).isFalse();
      assertThat(disk.stamp(path("f/none"), stamp)).isFalse();
    }

    @Test
    void listsFolders() throws IOException {
      Files.writeString(dir.resolve("fü"), "");
      Files.createDirectory(dir.resolve("d"));
      Files.createSymbolicLink(dir.resolve(".l"), dir);
      Map<String, Disk.Kind> found = new TreeMap<>();

      boolean there =
          disk.list(
              path(dir),
              (name, length, kind) -> found.put(new String(name, 0, length, UTF_8), kind));

      assertThat(there).isTrue();
      assertThat(found)
          .containsOnly(
              Map.entry("fü", Disk.Kind.FILE),
              Map.entry("d", Disk.Kind.FOLDER),
              Map.entry(".l", Disk.Kind.UNKNOWN));
      assertThat(disk.list(path("none"), (name, length, kind) -> {})).isFalse();
      assertThat(disk.list(path("fü"), (name, length, kind) -> {})).isFalse();
      disk.syncFolder(path(dir));
      assertThatThrownBy(() -> disk.syncFolder(path("none"))).isInstanceOf(DiskException.class);
    }
  }
}
