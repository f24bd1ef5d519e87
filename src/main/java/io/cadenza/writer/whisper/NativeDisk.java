package io.cadenza.writer.whisper;

import io.cadenza.writer.whisper.DiskException.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * The system's own calls on Linux: a tenth faster than the JDK's channels with a file that is open,
 * and without an object for each; and with the lock that Python takes, which the JDK has not (its
 * FileLock is fcntl's, which does not exclude flock).
 */
final class NativeDisk implements Disk {
  private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64");

  // The same on both processors.
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0x40;
  private static final int O_EXCL = 0x80;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x8_0000;

  /** Of no file to wait for: a pipe that has a file's name would hang whoever opens it. */
  private static final int ALWAYS = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

  private static final int FILE_MODE = 0666;
  private static final int FOLDER_MODE = 0777;

  /** The number of renameat2, which not every libc has by its name. */
  private static final long RENAMEAT2_AMD64 = 316;

  private static final long RENAMEAT2_AARCH64 = 276;
  private static final long RENAME_NOREPLACE = 1;

  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC = 0x7ff;
  private static final int S_IFMT = 0xf000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFREG = 0x8000;

  private static final int DT_UNKNOWN = 0;
  private static final int DT_DIR = 4;
  private static final int DT_REG = 8;
  private static final int DT_LNK = 10;
  private static final int D_TYPE = 18;
  private static final int D_NAME = 19;

  final Libc libc;
  private final long renameat2;
  private final Runtime runtime;
  private final Memory nothing;

  private NativeDisk(Libc libc, long renameat2) {
    this.libc = libc;
    this.renameat2 = renameat2;
    this.runtime = Runtime.getRuntime(libc);
    this.nothing = memory(1);
  }

  /**
   * Finds the calls.
   *
   * @throws RuntimeException or a LinkageError where they are not
   */
  static NativeDisk load() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!system.equals("linux") || !PROCESSORS.contains(processor)) {
      throw new UnsupportedOperationException(system + " on " + processor);
    }
    Libc libc = LibraryLoader.create(Libc.class).failImmediately().load("c");
    boolean arm = processor.equals("aarch64");
    NativeDisk disk = new NativeDisk(libc, arm ? RENAMEAT2_AARCH64 : RENAMEAT2_AMD64);
    disk.probe();
    return disk;
  }

  /** All that an old libc may lack is asked for once, so that it is missed now and not later. */
  private void probe() {
    FilePath root = new FilePath(this);
    root.add("/");
    Stamp stamp = new Stamp(this);
    try {
      if (!stamp(root, stamp) || !stamp.isFolder) {
        throw new UnsupportedOperationException("statx");
      }
    } catch (DiskException refused) {
      throw new UnsupportedOperationException(refused.getMessage(), refused);
    }
  }

  @Override
  public Memory memory(int size) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.BIG_ENDIAN);
    return new Memory(bytes, Pointer.wrap(runtime, bytes).address());
  }

  @Override
  public DiskFile open(FilePath path, boolean toWrite, DiskFile again) throws DiskException {
    int file = libc.open(path.memory.address, ALWAYS | (toWrite ? O_RDWR : 0), 0);
    if (file >= 0) {
      return again instanceof NativeFile closed ? closed.becomes(file) : new NativeFile(this, file);
    }
    int error = error();
    if (isNothing(error)) {
      return null;
    }
    throw failed(path, error);
  }

  /** No such name, or one below a file. */
  private static boolean isNothing(int error) {
    return error == Errno.ENOENT.intValue() || error == Errno.ENOTDIR.intValue();
  }

  @Override
  public DiskFile create(FilePath path) throws DiskException {
    int file = libc.open(path.memory.address, ALWAYS | O_RDWR | O_CREAT | O_EXCL, FILE_MODE);
    return new NativeFile(this, done(path, file));
  }

  @Override
  public void makeFolder(FilePath path) throws DiskException {
    if (libc.mkdir(path.memory.address, FOLDER_MODE) != 0 && error() != Errno.EEXIST.intValue()) {
      throw failed(path, error());
    }
  }

  @Override
  public boolean move(FilePath from, FilePath to) throws DiskException {
    long moved =
        libc.syscall(
            renameat2,
            AT_FDCWD,
            from.memory.address,
            AT_FDCWD,
            to.memory.address,
            RENAME_NOREPLACE);
    if (moved == 0) {
      return true;
    }
    DiskException failed = failed(to, error());
    if (failed.fault == Fault.THERE) {
      return false;
    }
    boolean known = failed.fault != Fault.UNSUPPORTED && error() != Errno.EINVAL.intValue();
    if (known) {
      throw failed;
    }
    return moveByLink(from, to);
  }

  /** Where a file system has no rename that leaves what is there. */
  private boolean moveByLink(FilePath from, FilePath to) throws DiskException {
    if (libc.link(from.memory.address, to.memory.address) == 0) {
      done(from, libc.unlink(from.memory.address));
      return true;
    }
    DiskException failed = failed(to, error());
    if (failed.fault == Fault.THERE) {
      return false;
    }
    if (failed.fault != Fault.UNSUPPORTED && failed.fault != Fault.DENIED) {
      throw failed;
    }
    // A file system without links: who comes between the two calls is not seen.
    if (stamp(to, new Stamp(this))) {
      return false;
    }
    replace(from, to);
    return true;
  }

  @Override
  public void replace(FilePath from, FilePath to) throws DiskException {
    done(to, libc.rename(from.memory.address, to.memory.address));
  }

  @Override
  public void remove(FilePath path) throws DiskException {
    if (libc.unlink(path.memory.address) != 0 && !isNothing(error())) {
      throw failed(path, error());
    }
  }

  @Override
  public boolean stamp(FilePath path, Stamp into) throws DiskException {
    int done = libc.statx(AT_FDCWD, path.memory.address, 0, STATX_BASIC, into.memory.address);
    if (done != 0 && isNothing(error())) {
      return false;
    }
    done(path, done);
    read(into);
    return true;
  }

  void stamp(int file, Stamp into) throws DiskException {
    done(null, libc.statx(file, nothing.address, AT_EMPTY_PATH, STATX_BASIC, into.memory.address));
    read(into);
  }

  /** Reads what struct statx has, which is the same on all processors but for the byte order. */
  private static void read(Stamp stamp) {
    ByteBuffer bytes = stamp.memory.bytes;
    int mode = Short.reverseBytes(bytes.getShort(28)) & S_IFMT;
    stamp.isFile = mode == S_IFREG;
    stamp.isFolder = mode == S_IFDIR;
    stamp.inode = Long.reverseBytes(bytes.getLong(32));
    stamp.size = Long.reverseBytes(bytes.getLong(40));
    stamp.changed = Long.reverseBytes(bytes.getLong(112));
    stamp.device = bytes.getLong(136);
  }

  @Override
  public boolean list(FilePath folder, Entries entries) throws DiskException {
    long open = libc.opendir(folder.memory.address);
    if (open == 0) {
      if (isNothing(error())) {
        return false;
      }
      throw failed(folder, error());
    }
    try {
      byte[] name = new byte[FilePath.MOST_PART + 1];
      for (long at = libc.readdir(open); at != 0; at = libc.readdir(open)) {
        Pointer entry = Pointer.wrap(runtime, at);
        int length = 0;
        while (length < name.length && (name[length] = entry.getByte(D_NAME + length)) != 0) {
          length++;
        }
        if (name[0] != '.' || length > 2 || length == 2 && name[1] != '.') {
          entries.entry(name, length, kind(entry.getByte(D_TYPE)));
        }
      }
      return true;
    } finally {
      libc.closedir(open);
    }
  }

  private static Kind kind(int type) {
    return switch (type) {
      case DT_REG -> Kind.FILE;
      case DT_DIR -> Kind.FOLDER;
      case DT_LNK, DT_UNKNOWN -> Kind.UNKNOWN;
      default -> Kind.OTHER;
    };
  }

  @Override
  public void syncFolder(FilePath folder) throws DiskException {
    int file = done(folder, libc.open(folder.memory.address, O_CLOEXEC, 0));
    try {
      done(folder, libc.fsync(file));
    } finally {
      libc.close(file);
    }
  }

  @Override
  public boolean locks() {
    return true;
  }

  /** The error of the last call of this thread. */
  int error() {
    return runtime.getLastError();
  }

  /** Passes on what a call has answered, unless it failed. */
  private int done(FilePath path, int answer) throws DiskException {
    if (answer < 0) {
      throw failed(path, error());
    }
    return answer;
  }

  /**
   * @param path null for a file that is open
   */
  static DiskException failed(FilePath path, int error) {
    Errno known = Errno.valueOf(error);
    Fault fault =
        switch (known) {
          case ENOSPC, EDQUOT -> Fault.FULL;
          case EROFS -> Fault.READ_ONLY;
          case EACCES, EPERM -> Fault.DENIED;
          case ENOENT -> Fault.NOT_THERE;
          case EEXIST -> Fault.THERE;
          case ENOTDIR, EISDIR, ELOOP -> Fault.WRONG_KIND;
          case EMFILE, ENFILE -> Fault.TOO_MANY_OPEN;
          case EOPNOTSUPP, ENOSYS, EMLINK, EXDEV -> Fault.UNSUPPORTED;
          default -> Fault.OTHER;
        };
    return new DiskException(fault, (path == null ? "" : path + ": ") + known.description());
  }
}
