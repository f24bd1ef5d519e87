package io.cadenza.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ForkTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ServerThatTakesNothing server = new ServerThatTakesNothing();

  /** Its writes are done when the test says so. */
  private static final class ServerThatTakesNothing implements Link {
    private final Queue<Promise<Void>> waiting = new ArrayDeque<>();

    @Override
    public int window() {
      return 3;
    }

    @Override
    public Future<Void> write(Buffer buffer) {
      Promise<Void> promise = Promise.promise();
      waiting.add(promise);
      return promise.future();
    }

    int takeOne() {
      waiting.remove().complete();
      return waiting.size();
    }

    @Override
    public Future<Void> close() {
      while (!waiting.isEmpty()) {
        waiting.remove().fail(new IOException("closed"));
      }
      return Future.succeededFuture();
    }
  }

  @AfterEach
  void closeVertx() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private <T> T onLoop(Callable<T> work) throws Exception {
    Promise<T> answer = Promise.promise();
    context.runOnContext(v -> Future.<T>future(p -> complete(p, work)).onComplete(answer));
    return await(answer.future());
  }

  private static <T> void complete(Promise<T> promise, Callable<T> work) {
    try {
      promise.complete(work.call());
    } catch (Exception e) {
      promise.fail(e);
    }
  }

  private Fork fork(long share) {
    var url = List.of(Url.parse("tcp://127.0.0.1:1"));
    var options =
        new BlastOptions(url, LineMaker.Kind.STATSD, 1, 1, Duration.ZERO, List.of("cow"), 3, share);
    var maker =
        new LineMaker(
            options.kind(), options.words(), 3, new SplittableRandom(1), InstantSource.system());
    return new Fork(vertx, options, maker, server, share);
  }

  @Test
  void hasNoMoreUnderWayThanTheWindow() throws Exception {
    Fork fork = fork(1000);
    onLoop(fork::start);
    assertThat(onLoop(server.waiting::size)).isEqualTo(3);
    assertThat(onLoop(() -> fork.lines)).isZero();
  }

  @Test
  void writesAnotherForEachThatIsTaken() throws Exception {
    Fork fork = fork(1000);
    onLoop(fork::start);
    assertThat(onLoop(server::takeOne)).isEqualTo(3);
    assertThat(onLoop(server::takeOne)).isEqualTo(3);
    assertThat(onLoop(() -> fork.lines)).isEqualTo(2);
  }

  @Test
  void isDoneWhenTheLastWriteIs() throws Exception {
    Fork fork = fork(2);
    Future<Void> done = onLoop(fork::start);
    onLoop(server::takeOne);
    assertThat(done.isComplete()).isFalse();
    onLoop(server::takeOne);
    await(done);
    assertThat(onLoop(() -> fork.lines)).isEqualTo(2);
  }

  @Test
  void stopsByClosingALinkThatTakesNothingAndCountsNothing() throws Exception {
    Fork fork = fork(1000);
    Future<Void> done = onLoop(fork::start);
    await(onLoop(() -> fork.stop(1)));
    assertThat(done.succeeded()).isTrue();
    assertThat(onLoop(() -> fork.lines + fork.bytes)).isZero();
  }
}
