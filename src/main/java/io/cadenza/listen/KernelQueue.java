package io.cadenza.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * What the kernel holds for a socket of datagrams, read many at a call: Linux's recvmmsg(2). Netty
 * can do that too where no datagram is long; with its call for each, and the objects that it makes
 * of them, one costs more than twice as much. Made on any thread, used by one.
 *
 * <p>The layout is that of {@code struct mmsghdr} on 64 bits, which glibc and musl share.
 */
final class KernelQueue {
  /** Datagrams a call. */
  static final int MOST = 16;

  /** No datagram is longer. */
  static final int LONGEST = 65_535;

  private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64");

  /** Not a power of two: the beginnings of all would then fall to the same few lines of a cache. */
  private static final int STRIDE = 65_536 + 33 * 64;

  private static final int MESSAGE = 64;
  private static final int NAME_LENGTH_AT = 8;
  private static final int PART_AT = 16;
  private static final int PARTS_AT = 24;
  private static final int LENGTH_AT = 56;
  private static final int PART = 16;
  private static final int NAME = 32;
  private static final int LONGEST_NAME = 28; // sockaddr_in6
  private static final int PARTS = MOST * MESSAGE;
  private static final int NAMES = PARTS + MOST * PART;
  private static final int CONTENTS = NAMES + MOST * NAME;

  /** So many senders' addresses are remembered: a power of two. */
  private static final int SENDERS = 256;

  private static final int MSG_DONTWAIT = 0x40;
  private static final int AF_INET6 = 10;
  private static final int PORT_AT = 2;
  private static final int HOST4_AT = 4;
  private static final int HOST6_AT = 8;
  private static final int SCOPE_AT = 24;
  private static final int IPV4 = 4;
  private static final int IPV6 = 16;

  private final ReceiveCalls calls;
  private final Runtime runtime;
  private final ByteBuffer memory;
  private final long address;
  private final ByteBuf[] contents = new ByteBuf[MOST];
  private final Buffer[] buffers = new Buffer[MOST];
  private final InetSocketAddress[] senders = new InetSocketAddress[SENDERS];
  private final byte[][] senderNames = new byte[SENDERS][];

  private KernelQueue(ReceiveCalls calls) {
    this.calls = calls;
    runtime = Runtime.getRuntime(calls);
    memory = ByteBuffer.allocateDirect(CONTENTS + MOST * STRIDE).order(ByteOrder.nativeOrder());
    address = Pointer.wrap(runtime, memory).address();
    for (int i = 0; i < MOST; i++) {
      int content = CONTENTS + i * STRIDE;
      memory.putLong(i * MESSAGE, address + name(i));
      memory.putLong(i * MESSAGE + PART_AT, address + PARTS + i * PART);
      memory.putLong(i * MESSAGE + PARTS_AT, 1);
      memory.putLong(PARTS + i * PART, address + content);
      memory.putLong(PARTS + i * PART + Long.BYTES, LONGEST);
      contents[i] = Unpooled.wrappedBuffer(memory.slice(content, LONGEST));
      buffers[i] = BufferInternal.buffer(contents[i]);
    }
  }

  private static int name(int i) {
    return NAMES + i * NAME;
  }

  /**
   * Finds the call, and makes room. Takes a while the first time: not for an event loop.
   *
   * @throws RuntimeException or a LinkageError where there is none
   */
  static KernelQueue open() {
    return new KernelQueue(Found.CALLS);
  }

  /** What is looked for once. */
  private static final class Found {
    private static final ReceiveCalls CALLS = find();

    private Found() {}

    private static ReceiveCalls find() {
      String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      if (!system.equals("linux") || !PROCESSORS.contains(processor)) {
        throw new UnsupportedOperationException(system + " on " + processor);
      }
      return LibraryLoader.create(ReceiveCalls.class).failImmediately().load("c");
    }
  }

  /**
   * Reads datagrams, without waiting for any; answers how many. What was read before is gone.
   *
   * @param file the socket's descriptor, open
   * @param most no more than {@link #MOST}
   * @throws IOException what the kernel says instead
   */
  int read(int file, int most) throws IOException {
    for (int i = 0; i < most; i++) {
      memory.putInt(i * MESSAGE + NAME_LENGTH_AT, LONGEST_NAME);
    }
    int count = calls.recvmmsg(file, address, most, MSG_DONTWAIT, 0);
    if (count < 0) {
      Errno error = Errno.valueOf(runtime.getLastError());
      if (error == Errno.EAGAIN || error == Errno.EINTR) {
        return 0;
      }
      throw new IOException("recvmmsg: " + error.description());
    }
    for (int i = 0; i < count; i++) {
      contents[i].setIndex(0, memory.getInt(i * MESSAGE + LENGTH_AT));
    }
    return count;
  }

  /** The bytes of one that was read: lent, until the next are. */
  Buffer bytes(int i) {
    return buffers[i];
  }

  /** Who sent it: one object for all of a sender's datagrams, unless there are many senders. */
  InetSocketAddress sender(int i) throws UnknownHostException {
    int length = memory.getInt(i * MESSAGE + NAME_LENGTH_AT);
    int place = place(name(i), length);
    if (!same(name(i), length, senderNames[place])) {
      byte[] name = new byte[length];
      memory.get(name(i), name);
      senders[place] = address(name(i));
      senderNames[place] = name;
    }
    return senders[place];
  }

  /** Where a sender's address is remembered, if it is. */
  private int place(int at, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + memory.get(at + i);
    }
    return (hash ^ hash >>> 8 ^ hash >>> 16) & SENDERS - 1;
  }

  private boolean same(int at, int length, byte[] name) {
    if (name == null || name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (memory.get(at + i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads a {@code struct sockaddr_in} or {@code sockaddr_in6}. */
  private InetSocketAddress address(int at) throws UnknownHostException {
    boolean six = memory.getShort(at) == AF_INET6;
    byte[] host = new byte[six ? IPV6 : IPV4];
    memory.get(at + (six ? HOST6_AT : HOST4_AT), host);
    int scope = six ? memory.getInt(at + SCOPE_AT) : 0;
    InetAddress from =
        scope == 0 ? InetAddress.getByAddress(host) : Inet6Address.getByAddress(null, host, scope);
    int port = (memory.get(at + PORT_AT) & 0xff) << 8 | memory.get(at + PORT_AT + 1) & 0xff;
    return new InetSocketAddress(from, port);
  }
}
