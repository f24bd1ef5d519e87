package io.cadenza.writer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadenza.servers.KafkaServer;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import io.cadenza.writer.StoreConfigs;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker is not there yet, dies, and comes back: each point is there once. */
@Timeout(120)
class KafkaFaultTest {
  private static final int POINTS = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private final KafkaServer server = KafkaServer.prepare();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    server.close();
  }

  private KafkaStore store() {
    String keys =
        "dsn = \"%s\", write-timeout = 300ms, batch-count = 500".formatted(server.address());
    KafkaConfig config = StoreConfigs.read("kafka", keys, KafkaConfig::read);
    return new KafkaStore(vertx, config, InstantSource.system());
  }

  private static TestBatch batch(int i) {
    TestBatch batch = new TestBatch();
    for (int p = 0; p < POINTS; p++) {
      batch.of("k." + i + "." + p, 10).value(1_700_000_000, p);
    }
    return batch;
  }

  private static void writeAtLast(MetricWriter writer, TestBatch batch) {
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .until(
            () -> {
              writer.write(batch, new Told());
              return true;
            });
  }

  @Test
  void writesEachPointOnceWhateverTheBrokerDoes() throws Exception {
    try (MetricWriter writer = store().writer()) {
      assertThatThrownBy(() -> writer.write(batch(0), new Told())).hasMessageContaining("Kafka");
      server.resume();
      int done = 0;
      while (done < 10) {
        writeAtLast(writer, batch(done++));
      }
      done = writeWhile(writer, done, new Thread(server::kill));
      TestBatch waiting = batch(done++);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> writer.write(waiting, new Told()))
            .hasMessageContaining("of 1000 are there");
      }
      server.resume();
      writeAtLast(writer, waiting);
      while (done < 30) {
        writeAtLast(writer, batch(done++));
      }

      List<String> all = Topic.all(server, "cadent").stream().map(Topic.Message::key).toList();
      assertThat(all).hasSize(done * POINTS).doesNotHaveDuplicates();
    }
  }

  /** Writes until a write fails; tells the batch that has. */
  private static int writeWhile(MetricWriter writer, int first, Thread killer) throws Exception {
    killer.start();
    int done = first;
    try {
      while (true) {
        writer.write(batch(done), new Told());
        done++;
      }
    } catch (IOException down) {
      killer.join();
      return done;
    }
  }
}
