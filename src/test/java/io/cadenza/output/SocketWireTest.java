package io.cadenza.output;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the memory that writes are made in is worth on sockets as they are. */
class SocketWireTest {
  private static final int MIB = 1024 * 1024;
  private static final int DEADLINE = 30;

  /** Which code of Netty writes, and to what. */
  private enum Way {
    NATIVE,
    NIO,
    UNIX
  }

  @TempDir private Path folder;
  private final Random random = new Random(7);
  private final byte[] source = new byte[MIB];
  private final Slabs slabs = new Slabs(Slabs.MOST);
  private Vertx vertx;
  private Context loop;
  private NetClient client;
  private ServerSocketChannel server;
  private SocketWire wire;
  private SocketChannel peer;

  @AfterEach
  void close() throws IOException {
    peer.close(); // First: what is to be written to it would be waited for.
    server.close();
    closeVertx();
  }

  private void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(DEADLINE, SECONDS).join();
  }

  private void open(Way way) throws Exception {
    random.nextBytes(source);
    vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(way != Way.NIO));
    loop = vertx.getOrCreateContext();
    client = vertx.createNetClient();
    SocketAddress address;
    if (way == Way.UNIX) {
      Path path = folder.resolve("socket");
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      address = SocketAddress.domainSocketAddress(path.toString());
    } else {
      server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }
    connect(address);
  }

  private void connect(SocketAddress address) throws Exception {
    CompletableFuture<SocketWire> connected = new CompletableFuture<>();
    loop.runOnContext(
        v ->
            client
                .connect(address)
                .map(socket -> new SocketWire(socket, new LineEncoder(), slabs))
                .onComplete(connected::complete, connected::completeExceptionally));
    peer = server.accept();
    wire = connected.get(DEADLINE, SECONDS);
  }

  private <T> T onLoop(Callable<T> work) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(
        v -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done.get(DEADLINE, SECONDS);
  }

  private void doOnLoop(Runnable work) throws Exception {
    onLoop(Executors.callable(work));
  }

  /** Groups of all sizes, of bytes that no two places have alike. */
  private List<List<LineRun>> groups(long bytes) {
    List<List<LineRun>> groups = new ArrayList<>();
    for (long left = bytes; left > 0; ) {
      List<LineRun> group = new ArrayList<>();
      int most = 1 << random.nextInt(3, 18); // Of a run: with 3 of them, beyond a slab too.
      for (int runs = random.nextInt(1, 4); runs > 0; runs--) {
        int size = random.nextInt(1, most + 1);
        int from = random.nextInt(source.length - size);
        group.add(new LineRun(source, from, from + size, 1));
        left -= size;
      }
      groups.add(group);
    }
    return groups;
  }

  private static byte[] bytes(List<List<LineRun>> groups) {
    return LineEncoder.joined(groups.stream().flatMap(List::stream).toList());
  }

  private List<Future<Refused>> write(List<List<LineRun>> groups) throws Exception {
    return onLoop(() -> groups.stream().map(group -> wire.write(group)).toList());
  }

  /** Reads until there are so many, or until the end. */
  private byte[] read(int most) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(most);
    while (read.hasRemaining() && peer.read(read) >= 0) {
      continue;
    }
    byte[] all = new byte[read.position()];
    read.flip().get(all);
    return all;
  }

  /** All writes are over, however: whatever was lent is back. */
  private void assertOver(List<Future<Refused>> writes) {
    Bench.until(() -> assertThat(writes).allMatch(Future::isComplete));
    Bench.until(() -> assertThat(lent()).isZero());
  }

  private int lent() {
    try {
      return onLoop(slabs::lent);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesOfWritesOfAllSizesArriveAsTheyWere(Way way) throws Exception {
    open(way);
    List<List<LineRun>> groups = groups(24 * MIB);
    byte[] wanted = bytes(groups);
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                read.complete(read(wanted.length));
              } catch (IOException e) {
                read.completeExceptionally(e);
              }
            });
    reader.start();

    // By and by, so that slabs are used again and again.
    List<Future<Refused>> writes = new ArrayList<>();
    for (int at = 0; at < groups.size(); at += 10) {
      writes.addAll(write(groups.subList(at, Math.min(at + 10, groups.size()))));
    }

    assertThat(read.get(DEADLINE, SECONDS)).isEqualTo(wanted);
    assertOver(writes);
    assertThat(writes).allMatch(Future::succeeded);
    assertThat(slabs.made()).isBetween(1, WriteMemory.MOST);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsOverwrittenWhileAPeerDoesNotRead(Way way) throws Exception {
    open(way);
    List<List<LineRun>> groups = groups(24 * MIB);
    byte[] wanted = bytes(groups);

    List<Future<Refused>> writes = write(groups);
    assertThat(onLoop(wire::full)).isTrue();
    assertThat(lent()).isEqualTo(WriteMemory.MOST);
    assertThat(writes).anyMatch(write -> !write.isComplete());

    assertThat(read(wanted.length)).isEqualTo(wanted);
    assertOver(writes);
    assertThat(writes).allMatch(Future::succeeded);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLentComesBackWhenThePeerResets(Way way) throws Exception {
    open(way);
    CountDownLatch gone = new CountDownLatch(1);
    doOnLoop(() -> wire.onBroken(why -> gone.countDown()));
    List<Future<Refused>> writes = write(groups(24 * MIB));
    assertThat(lent()).isPositive();

    if (way != Way.UNIX) {
      peer.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    peer.close();

    assertThat(gone.await(DEADLINE, SECONDS)).isTrue();
    assertOver(writes);
    assertThat(writes).anyMatch(Future::failed);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLentComesBackWhenAConnectionIsAbandoned(Way way) throws Exception {
    open(way);
    List<List<LineRun>> groups = groups(24 * MIB);
    List<Future<Refused>> writes = write(groups);
    assertThat(lent()).isPositive();

    doOnLoop(() -> wire.abandon());

    assertOver(writes);
    assertThat(writes).anyMatch(Future::failed);
    byte[] arrived = read(24 * MIB); // What the kernel had: right as far as it goes.
    assertThat(bytes(groups)).startsWith(arrived);
    assertOver(write(groups(MIB))); // Closed: each fails, and gives back.
  }

  @Test
  void anEventLoopThatEndsLetsGoOfItsMemory() throws Exception {
    open(Way.NATIVE);
    Slabs own = onLoop(Internals::slabs);
    assertThat(onLoop(Internals::slabs)).isSameAs(own);
    doOnLoop(() -> own.giveBack(own.take()));
    assertThat(own.made()).isOne();

    closeVertx();

    Bench.until(() -> assertThat(own.made()).isZero());
  }
}
