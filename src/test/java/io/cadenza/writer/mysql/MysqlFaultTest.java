package io.cadenza.writer.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadenza.servers.Proxy;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.Store;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections break at every place, and the server dies: each point is merged once. */
@Timeout(60)
class MysqlFaultTest {
  private static final int TIME = 1_700_000_000;
  private static final int SERIES = 2_500;
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static Database database;

  private final String table = "fault" + TABLES.incrementAndGet();
  private final Proxy proxy = new Proxy(database.server.port());

  @BeforeAll
  static void start() {
    database = new Database();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  /** Portions have a thousand rows. */
  private Store store() {
    String keys = "batch-count = 100, write-timeout = 5s, table = " + table;
    MysqlConfig config = database.config(proxy.port(), keys);
    return new MysqlStore(database.vertx, config, InstantSource.system());
  }

  private static TestBatch parts(double value) {
    TestBatch batch = new TestBatch();
    for (int i = 0; i < SERIES; i++) {
      batch.of("k." + i, 10).part(TIME, value, value, value, value, value, 1);
    }
    return batch;
  }

  private void assertMergedOnce(int times) throws Exception {
    String sql = "SELECT COUNT(*), MIN(count), MAX(count), MIN(sum), MAX(sum) FROM %s_10s";
    double sum = times * (times + 1) / 2.0;
    assertThat(database.ask(sql.formatted(table)))
        .containsExactly(
            List.of(
                Integer.toString(SERIES),
                Integer.toString(times),
                Integer.toString(times),
                Double.toString(sum),
                Double.toString(sum)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void mergesOnceWhenTheAnswerToACommitIsLost(int portion) throws Exception {
    try (MetricWriter writer = store().writer()) {
      writer.write(parts(1), new Told());
      proxy.loseAnswerTo("COMMIT", portion);
      assertThatThrownBy(() -> writer.write(parts(2), new Told())).isInstanceOf(Exception.class);
      writer.write(parts(2), new Told());
      writer.write(parts(3), new Told());
    }

    assertMergedOnce(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void mergesOnceWhenTheConnectionBreaksBeforeACommit(int portion) throws Exception {
    try (MetricWriter writer = store().writer()) {
      writer.write(parts(1), new Told());
      proxy.cutBefore("COMMIT", portion);
      assertThatThrownBy(() -> writer.write(parts(2), new Told())).isInstanceOf(Exception.class);
      writer.write(parts(2), new Told());
      writer.write(parts(3), new Told());
    }

    assertMergedOnce(3);
  }

  @Test
  void mergesOnceWhenEvenTheVeryFirstAnswerIsLost() throws Exception {
    try (MetricWriter writer = store().writer()) {
      proxy.loseAnswerTo("COMMIT", 0);
      assertThatThrownBy(() -> writer.write(parts(1), new Told())).isInstanceOf(Exception.class);
      writer.write(parts(1), new Told());
    }

    assertMergedOnce(1);
  }

  /** Also when the second attempt and the question itself fail. */
  @Test
  void mergesOnceThroughOneFailureAfterAnother() throws Exception {
    try (MetricWriter writer = store().writer()) {
      writer.write(parts(1), new Told());
      proxy.loseAnswerTo("COMMIT", 1);
      assertThatThrownBy(() -> writer.write(parts(2), new Told())).isInstanceOf(Exception.class);
      proxy.down();
      assertThatThrownBy(() -> writer.write(parts(2), new Told())).isInstanceOf(Exception.class);
      proxy.up();
      proxy.cutBefore("ROLLBACK", 0);
      assertThatThrownBy(() -> writer.write(parts(2), new Told())).isInstanceOf(Exception.class);
      proxy.loseAnswerTo("COMMIT", 0);
      assertThatThrownBy(() -> writer.write(parts(2), new Told())).isInstanceOf(Exception.class);
      writer.write(parts(2), new Told());
    }

    assertMergedOnce(2);
  }

  /** What was refused of a portion is told when all of the batch is there, and once. */
  @Test
  void tellsOnceWhatWasRefusedBeforeAFailure() throws Exception {
    TestBatch batch = new TestBatch().of("k.0", 10).part(TIME, 0, 0, 1.7e308, 0, 0, 1);
    for (int i = 1; i < SERIES; i++) {
      batch.of("k." + i, 10).part(TIME, 1, 1, 1, 1, 1, 1);
    }
    try (MetricWriter writer = store().writer()) {
      writer.write(batch, new Told());
      proxy.loseAnswerTo("COMMIT", 0);
      Told first = new Told();
      assertThatThrownBy(() -> writer.write(batch, first)).isInstanceOf(Exception.class);
      Told second = new Told();
      writer.write(batch, second);

      assertThat(first.nothing()).isTrue();
      assertThat(second.points()).containsEntry("out-of-range", 1);
    }
    assertThat(database.ask("SELECT SUM(count) FROM " + table + "_10s"))
        .containsExactly(List.of(Integer.toString(2 * SERIES - 1)));
  }

  @Test
  void mergesOnceWhileTheServerDiesAndComesBack() throws Exception {
    int done = 0;
    try (MetricWriter writer = store().writer()) {
      for (int round = 1; round <= 3; round++) {
        Thread killer = new Thread(database.server::kill);
        killer.start();
        done = writeUntilItFails(writer, done);
        killer.join();
        TestBatch waiting = parts(done + 1);
        assertThatThrownBy(() -> writer.write(waiting, new Told())).isInstanceOf(Exception.class);
        database.server.resume();
        writer.write(waiting, new Told());
        done++;
      }
    }

    assertMergedOnce(done);
  }

  private static int writeUntilItFails(MetricWriter writer, int from) {
    int done = from;
    try {
      while (true) {
        writer.write(parts(done + 1), new Told());
        done++;
      }
    } catch (Exception down) {
      return done;
    }
  }

  @Test
  void startsWhileTheServerIsNotThere() throws Exception {
    proxy.down();
    try (MetricWriter writer = store().writer()) {
      assertThatThrownBy(() -> writer.write(parts(1), new Told())).isInstanceOf(Exception.class);
      proxy.up();
      writer.write(parts(1), new Told());
    }

    assertMergedOnce(1);
  }

  @Test
  void writesAgainAfterTheServerHasClosedAnIdleConnection() throws Exception {
    try (MetricWriter writer = store().writer()) {
      writer.write(parts(1), new Told());
      proxy.down();
      proxy.up();
      await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .until(
              () -> {
                writer.write(parts(2), new Told());
                return true;
              });
    }

    assertMergedOnce(2);
  }

  /** Two writers of the same keys: rows are merged, and who loses a deadlock tries again. */
  @Test
  void mergesWhatTwoWritersWriteAtOnce() throws Exception {
    CompletableFuture<?> other = CompletableFuture.runAsync(() -> writeAll(1, 11));
    writeAll(11, 21);
    other.get(30, TimeUnit.SECONDS);

    assertMergedOnce(20);
  }

  private void writeAll(int from, int to) {
    try (MetricWriter writer = store().writer()) {
      for (int i = from; i < to; i++) {
        TestBatch batch = parts(i);
        await()
            .ignoreExceptions()
            .until(
                () -> {
                  writer.write(batch, new Told());
                  return true;
                });
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the relay does it: where a client's answer would wait for the very thread that waits. */
  @Test
  void worksOnAWorkerOfVertx() throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    database
        .vertx
        .deployVerticle(
            new AbstractVerticle() {
              @Override
              public void start() throws Exception {
                try (MetricWriter writer = store().writer()) {
                  writer.write(parts(1), new Told());
                  done.complete(true);
                }
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
        .onFailure(done::completeExceptionally);

    assertThat(done.get(30, TimeUnit.SECONDS)).isTrue();
    assertMergedOnce(1);
  }
}
