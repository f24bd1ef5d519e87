package io.cadenza.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams as they come out of a socket that reads many at a call. */
final class UdpChannelTest {
  private static final int KERNEL_BYTES = 4 * 1024 * 1024;
  private static final byte[] WARMING = {'w'};

  /** A datagram that came. */
  private record Came(byte[] bytes, Object sender) {}

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final ConcurrentLinkedQueue<Came> came = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failing = new AtomicInteger();
  private UdpChannel channel;
  private Context context;

  @BeforeEach
  void open() throws Exception {
    assumeThat(UdpChannel.shares(vertx)).isTrue();
    context = vertx.getOrCreateContext();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    channel = join(UdpChannel.open(vertx, context, any, false, KERNEL_BYTES, this::take));
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private void take(Buffer bytes, Object sender) {
    if (bytes.length() == 1 && bytes.getByte(0) == WARMING[0]) {
      return;
    }
    came.add(new Came(bytes.getBytes(), sender));
    if (failing.getAndDecrement() > 0) {
      throw new IllegalStateException("as it should");
    }
  }

  private static void send(DatagramSocket from, byte[] bytes, int port) throws IOException {
    from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
  }

  /** Sends until the socket has found that many come. */
  private void warm(DatagramSocket from) {
    await()
        .until(
            () -> {
              for (int i = 0; i < 100; i++) {
                send(from, WARMING, channel.port());
              }
              return join(onContext(channel::readsMany));
            });
  }

  private <T> Future<T> onContext(Supplier<T> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(v -> answer.complete(question.get()));
    return answer.future();
  }

  @Test
  void takesDatagramsOfAllSizesOfSeveralSendersAsTheyWereSent() throws Exception {
    Random random = new Random(7);
    try (DatagramSocket one = new DatagramSocket();
        DatagramSocket two = new DatagramSocket()) {
      warm(one);
      List<byte[]> sent = new ArrayList<>();
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        int size = i % 50 == 0 ? 60_000 + random.nextInt(5508) : random.nextInt(1500);
        byte[] bytes = new byte[size == 1 ? 2 : size];
        random.nextBytes(bytes);
        DatagramSocket from = random.nextInt(4) == 0 ? two : one;
        send(from, bytes, channel.port());
        sent.add(bytes);
        ports.add(from.getLocalPort());
        if (i % 20 == 19) {
          int all = sent.size();
          await().until(() -> came.size() == all);
        }
      }
      List<Came> all = List.copyOf(came);
      for (int i = 0; i < sent.size(); i++) {
        assertThat(all.get(i).bytes()).isEqualTo(sent.get(i));
        assertThat(all.get(i).sender())
            .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(i)));
      }
    }
  }

  @Test
  void tellsMoreSendersApartThanItRemembers() throws Exception {
    List<DatagramSocket> senders = new ArrayList<>();
    try (DatagramSocket one = new DatagramSocket()) {
      warm(one);
      for (int i = 0; i < 300; i++) {
        senders.add(new DatagramSocket());
      }
      for (int round = 0; round < 2; round++) {
        for (DatagramSocket sender : senders) {
          byte[] port = Integer.toString(sender.getLocalPort()).getBytes(US_ASCII);
          send(sender, port, channel.port());
        }
      }
      await().until(() -> came.size() == 600);
      for (Came each : came) {
        int port = ((InetSocketAddress) each.sender()).getPort();
        assertThat(new String(each.bytes(), US_ASCII)).isEqualTo(Integer.toString(port));
      }
    } finally {
      senders.forEach(DatagramSocket::close);
    }
  }

  @Test
  void readsOnWhenTheReceiverFails() throws Exception {
    try (DatagramSocket one = new DatagramSocket()) {
      warm(one);
      failing.set(3);
      for (int i = 0; i < 40; i++) {
        send(one, new byte[] {'a', (byte) i}, channel.port());
      }
      await().until(() -> came.size() == 40);
    }
  }

  @Test
  void readsWhatComesSinglyAfterMany() throws Exception {
    try (DatagramSocket one = new DatagramSocket()) {
      warm(one);
      for (int i = 1; i <= 20; i++) {
        send(one, new byte[] {'b', 'c'}, channel.port());
        int all = i;
        await().until(() -> came.size() == all);
      }
    }
  }

  @Test
  void readsAllThatHasComeBeforeItCloses() throws Exception {
    try (DatagramSocket one = new DatagramSocket()) {
      warm(one);
      byte[] bytes = new byte[100];
      Arrays.fill(bytes, (byte) 'd');
      for (int i = 0; i < 1000; i++) {
        send(one, bytes, channel.port());
      }
      join(channel.close());
      assertThat(came).hasSize(1000);
    }
  }
}
