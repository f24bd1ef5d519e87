package io.cadenza.listen;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The file of a unix socket: made free before, set to its permissions behind the bind, removed in
 * the end. Its calls block, shortly: not for an event loop.
 */
final class SocketFile {
  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final Path path;
  private final String permissions;
  private Object key;

  /**
   * @param permissions octal
   */
  SocketFile(String path, String permissions) {
    this.path = Path.of(path);
    this.permissions = permissions;
  }

  /**
   * Removes the socket that a process left which is gone.
   *
   * @throws IOException when the file is something else, or somebody answers on it
   */
  void makeFree() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) != SOCKET) {
      throw new FileAlreadyExistsException(path + " is there, and no socket; remove or rename it");
    }
    if (answers()) {
      throw new FileAlreadyExistsException(path + " is in use: a process answers on it");
    }
    Files.delete(path);
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

  /** Sets the permissions, and remembers which file it is. */
  void opened() throws IOException {
    Files.setPosixFilePermissions(path, set(Integer.parseInt(permissions, 8)));
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
