package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.writer.whisper.DiskException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the JDK has: for systems whose calls are not known. Names are UTF-8. */
final class JdkDisk implements Disk {
  @Override
  public Memory memory(int size) {
    return new Memory(ByteBuffer.allocateDirect(size), 0);
  }

  @Override
  public DiskFile open(FilePath path, boolean toWrite, DiskFile again) throws DiskException {
    Path file = path.toPath();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new DiskException(Fault.WRONG_KIND, path + ": is no file");
    }
    OpenOption[] options =
        toWrite
            ? new OpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE}
            : new OpenOption[] {StandardOpenOption.READ};
    try {
      return new JdkFile(this, file, FileChannel.open(file, options));
    } catch (IOException failed) {
      DiskException told = failed(path.toString(), failed);
      if (told.fault == Fault.NOT_THERE || told.fault == Fault.WRONG_KIND) {
        return null;
      }
      throw told;
    }
  }

  @Override
  public DiskFile create(FilePath path) throws DiskException {
    Path file = path.toPath();
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE_NEW);
      return new JdkFile(this, file, channel);
    } catch (IOException failed) {
      throw failed(path.toString(), failed);
    }
  }

  @Override
  public void makeFolder(FilePath path) throws DiskException {
    try {
      Files.createDirectory(path.toPath());
    } catch (FileAlreadyExistsException there) {
      return;
    } catch (IOException failed) {
      throw failed(path.toString(), failed);
    }
  }

  @Override
  public boolean move(FilePath from, FilePath to) throws DiskException {
    try {
      Files.createLink(to.toPath(), from.toPath());
    } catch (FileAlreadyExistsException there) {
      return false;
    } catch (UnsupportedOperationException | IOException noLinks) {
      return moveWithoutLinks(from, to);
    }
    remove(from);
    return true;
  }

  private boolean moveWithoutLinks(FilePath from, FilePath to) throws DiskException {
    try {
      Files.move(from.toPath(), to.toPath());
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    } catch (IOException failed) {
      throw failed(to.toString(), failed);
    }
  }

  @Override
  public void replace(FilePath from, FilePath to) throws DiskException {
    try {
      Files.move(
          from.toPath(),
          to.toPath(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw failed(to.toString(), failed);
    }
  }

  @Override
  public void remove(FilePath path) throws DiskException {
    try {
      Files.deleteIfExists(path.toPath());
    } catch (IOException failed) {
      throw failed(path.toString(), failed);
    }
  }

  @Override
  public boolean stamp(FilePath path, Stamp into) throws DiskException {
    try {
      stamp(path.toPath(), into);
      return true;
    } catch (IOException failed) {
      DiskException told = failed(path.toString(), failed);
      if (told.fault == Fault.NOT_THERE || told.fault == Fault.WRONG_KIND) {
        return false;
      }
      throw told;
    }
  }

  static void stamp(Path path, Stamp into) throws IOException {
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
    into.isFile = found.isRegularFile();
    into.isFolder = found.isDirectory();
    into.size = found.size();
    into.changed = found.lastModifiedTime().to(TimeUnit.SECONDS);
    boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    Map<String, Object> more = unix ? Files.readAttributes(path, "unix:dev,ino") : Map.of();
    into.device = unix ? (long) more.get("dev") : 0;
    into.inode = unix ? (long) more.get("ino") : String.valueOf(found.fileKey()).hashCode();
  }

  @Override
  public boolean list(FilePath folder, Entries entries) throws DiskException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.toPath())) {
      for (Path one : all) {
        byte[] name = one.getFileName().toString().getBytes(UTF_8);
        BasicFileAttributes found =
            Files.readAttributes(one, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        entries.entry(name, name.length, kind(found));
      }
      return true;
    } catch (NoSuchFileException | NotDirectoryException none) {
      return false;
    } catch (IOException failed) {
      throw failed(folder.toString(), failed);
    }
  }

  private static Kind kind(BasicFileAttributes found) {
    if (found.isRegularFile()) {
      return Kind.FILE;
    }
    if (found.isDirectory()) {
      return Kind.FOLDER;
    }
    return found.isSymbolicLink() ? Kind.UNKNOWN : Kind.OTHER;
  }

  @Override
  public void syncFolder(FilePath folder) throws DiskException {
    try (FileChannel channel = FileChannel.open(folder.toPath(), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException failed) {
      throw failed(folder.toString(), failed);
    }
  }

  @Override
  public boolean locks() {
    return false;
  }

  /** The words are those of Linux, as the JDK passes them on. */
  static DiskException failed(String path, IOException failed) {
    if (failed instanceof DiskException known) {
      return known;
    }
    String why = String.valueOf(failed.getMessage());
    if (failed instanceof FileSystemException told && told.getReason() != null) {
      why = told.getReason();
    }
    return new DiskException(fault(failed, why.toLowerCase(Locale.ROOT)), path + ": " + why);
  }

  private static Fault fault(IOException failed, String why) {
    if (failed instanceof NoSuchFileException) {
      return Fault.NOT_THERE;
    }
    if (failed instanceof FileAlreadyExistsException) {
      return Fault.THERE;
    }
    if (failed instanceof AccessDeniedException) {
      return Fault.DENIED;
    }
    if (why.contains("no space left") || why.contains("quota")) {
      return Fault.FULL;
    }
    if (why.contains("read-only")) {
      return Fault.READ_ONLY;
    }
    if (why.contains("not a directory") || why.contains("is a directory")) {
      return Fault.WRONG_KIND;
    }
    return why.contains("too many open") ? Fault.TOO_MANY_OPEN : Fault.OTHER;
  }
}
