package io.cadenza.listen;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The file of a unix socket: bound by another name, set to its permissions, and then given its name
 * in the place of the file before, if there is one, so that nobody ever finds none; removed in the
 * end. Its calls block, shortly: not for an event loop.
 */
final class SocketFile {
  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final Path path;
  private final Path first;
  private final String permissions;
  private Object key;

  /**
   * @param name of the listener, like no other's at the time
   * @param permissions octal
   */
  SocketFile(String path, String name, String permissions) {
    this.path = Path.of(path);
    this.first = Path.of(path + "." + Integer.toHexString(name.hashCode()));
    this.permissions = permissions;
  }

  /** What to bind to: not its name yet. */
  String first() {
    return first.toString();
  }

  /** Removes what a process left that was ended while it started. */
  void clear() throws IOException {
    Files.deleteIfExists(first);
    checkKind();
  }

  private void checkKind() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket()) {
      throw new FileAlreadyExistsException(path + " is there, and no socket; remove or rename it");
    }
  }

  private boolean isSocket() throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & TYPE) == SOCKET;
  }

  /**
   * Finds out whether the file may be taken: there is none, or one of a process that is gone.
   *
   * @throws IOException when the file is something else, or somebody answers on it
   */
  void checkFree() throws IOException {
    checkKind();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && answers()) {
      throw new FileAlreadyExistsException(path + " is in use: a process answers on it");
    }
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (IOException e) {
      // Only this says that nobody is there; a full queue or a missing right says that one is.
      return !String.valueOf(e.getMessage()).contains("refused");
    }
  }

  /** It is bound: sets the permissions, gives it its name, and remembers which file it is. */
  void opened() throws IOException {
    Files.setPosixFilePermissions(first, set(Integer.parseInt(permissions, 8)));
    Files.move(first, path, StandardCopyOption.ATOMIC_MOVE);
    key = key();
  }

  /** The bits of a mode, highest first, are those of owner, group and others, in enum order. */
  private static Set<PosixFilePermission> set(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((mode & 1 << all.length - 1 - i) != 0) {
        set.add(all[i]);
      }
    }
    return set;
  }

  /** Removes the file, if it is still the one that was opened. */
  void remove() throws IOException {
    if (key != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key.equals(key())) {
      Files.delete(path);
    }
  }

  private Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
