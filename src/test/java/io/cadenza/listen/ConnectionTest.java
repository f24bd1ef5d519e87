package io.cadenza.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void readsNothingMoreWhileItIsPaused() throws Exception {
    NetSocket socket = accepted();
    Connection connection = new Connection(socket, null, null, new IdleWatch());

    connection.pause();

    assertThat(reads(socket)).isFalse();
  }

  @Test
  void readsOnWhenItIsResumed() throws Exception {
    NetSocket socket = accepted();
    Connection connection = new Connection(socket, null, null, new IdleWatch());
    connection.pause();

    connection.resume();

    assertThat(reads(socket)).isTrue();
  }

  private NetSocket accepted() throws Exception {
    Promise<NetSocket> accepted = Promise.promise();
    NetServer server = vertx.createNetServer().connectHandler(accepted::complete);
    await(server.listen(0, "127.0.0.1"));
    await(vertx.createNetClient().connect(server.actualPort(), "127.0.0.1"));
    return await(accepted.future());
  }

  private static boolean reads(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext().channel().config().isAutoRead();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
