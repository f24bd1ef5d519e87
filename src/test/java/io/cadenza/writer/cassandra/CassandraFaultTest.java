package io.cadenza.writer.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.scenario.Ports;
import io.cadenza.servers.CassandraServer;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server that is not there, goes away and comes back; and whose threads wait for it. */
class CassandraFaultTest {
  private static final long NOW = InstantSource.system().instant().getEpochSecond() / 600 * 600;
  private static final int SERIES = 300;
  private static final int BATCHES = 40;

  private static TestBatch batch(int round) {
    TestBatch batch = new TestBatch();
    for (int s = 0; s < SERIES; s++) {
      batch.of("fault." + s + ".sum", 10).part(NOW - 30, round, round, 1, round, round, 1);
      batch.part(NOW - 20 + 10 * (round % 2), round, round, 1, round, round, 1);
    }
    return batch;
  }

  /** As the worker in front of it does: until it is written. */
  private static int writeUntilWritten(MetricWriter writer, PointBatch batch) {
    for (int failures = 0; ; failures++) {
      try {
        writer.write(batch, new Told());
        return failures;
      } catch (Exception again) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static Map<String, Fetched> read(CassandraStore store, List<String> keys)
      throws Exception {
    try (MetricReader reader = store.reader().orElseThrow()) {
      return reader.read(new MetricReader.Query(keys, NOW - 40, NOW, NOW, true));
    }
  }

  /** Killed while requests are on their way, so that nobody knows what has become of them. */
  @Test
  void countsEveryPointOnceWhenTheServerIsKilledAndComesBack() throws Exception {
    CassandraServer server = CassandraServer.shared();
    CassandraStore store = TestStores.on(server, "fault", "retentions = [\"10s:6h\"]");
    AtomicInteger written = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (MetricWriter writer = store.writer()) {
      var all =
          thread.submit(
              () -> {
                for (int round = 0; round < BATCHES; round++) {
                  failures.addAndGet(writeUntilWritten(writer, batch(round)));
                  written.incrementAndGet();
                }
              });
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> written.get() >= 12);
      server.kill();
      server.start();
      all.get(60, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }

    assertThat(failures.get()).isPositive();
    List<String> keys = IntStream.range(0, SERIES).mapToObj(s -> "fault." + s + ".sum").toList();
    Map<String, Fetched> found = read(store, keys);
    assertThat(found).hasSize(SERIES);
    for (Fetched one : found.values()) {
      assertThat(one.columns().count()).containsExactly(BATCHES, BATCHES / 2, BATCHES / 2, 0);
      assertThat(one.values()).startsWith(BATCHES, BATCHES / 2, BATCHES / 2);
      assertThat(one.columns().min()).startsWith(0, 0, 1);
      assertThat(one.columns().max()).startsWith(BATCHES - 1, BATCHES - 2, BATCHES - 1);
      assertThat(one.columns().first()).startsWith(0, 0, 1);
      assertThat(one.columns().last()).startsWith(BATCHES - 1, BATCHES - 2, BATCHES - 1);
    }
  }

  @Test
  void isMadeWithoutAServerAndTellsThatThereIsNone() throws Exception {
    int port = Ports.free();
    CassandraStore store = TestStores.of(TestStores.config("port = " + port, "timeout = 2s"));
    String message = "Cassandra can't be reached at 127.0.0.1:" + port + ": ";
    try (MetricWriter writer = store.writer()) {
      TestBatch batch = new TestBatch().of("a", 10).value(NOW - 20, 1);

      assertThatThrownBy(() -> writer.write(batch, new Told())).hasMessageContaining(message);
      assertThatThrownBy(() -> read(store, List.of("a"))).hasMessageContaining(message);
    }
  }

  /** Futures that come back to the context of the worker would wait for the worker. */
  @Test
  void lastsAVerticleThatWaitsOnItsWorker() throws Exception {
    CassandraServer server = CassandraServer.shared();
    CassandraStore store = TestStores.on(server, "fault", "retentions = [\"10s:6h\"]");
    Vertx vertx = Vertx.vertx();
    VerticleBase verticle =
        new VerticleBase() {
          @Override
          public Future<?> start() throws Exception {
            try (MetricWriter writer = store.writer()) {
              writer.write(new TestBatch().of("worker", 10).value(NOW - 20, 1), new Told());
              return Future.succeededFuture(read(store, List.of("worker")));
            }
          }
        };
    CompletableFuture<String> deployed =
        vertx
            .deployVerticle(
                verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
            .toCompletionStage()
            .toCompletableFuture();

    assertThat(deployed.get(30, TimeUnit.SECONDS)).isNotEmpty();
    assertThat(read(store, List.of("worker"))).containsKey("worker");
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** The client belongs to nobody's verticle, and ends with Vert.x. */
  @Test
  void goesOnWhenTheVerticleThatWasFirstEnds() throws Exception {
    CassandraServer server = CassandraServer.shared();
    Vertx vertx = Vertx.vertx();
    CassandraConfig config = TestStores.config(TestStores.base(server, "fault"));
    CassandraStore store = new CassandraStore(config, vertx, InstantSource.system());
    MetricWriter writer = store.writer();
    Promise<Void> wrote = Promise.promise();
    VerticleBase first =
        new VerticleBase() {
          @Override
          public Future<?> start() throws Exception {
            writer.write(new TestBatch().of("first", 10).value(NOW - 20, 1), new Told());
            wrote.complete();
            return wrote.future();
          }
        };
    String id =
        vertx
            .deployVerticle(first, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

    writer.write(new TestBatch().of("first", 10).value(NOW - 10, 2), new Told());

    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(
            () -> writer.write(new TestBatch().of("first", 10).value(NOW, 3), new Told()))
        .isInstanceOf(Exception.class);
    writer.close();
  }
}
