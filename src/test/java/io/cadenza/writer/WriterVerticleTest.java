package io.cadenza.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.meter.StoreMeters;
import io.cadenza.store.CacheFile;
import io.cadenza.store.MemoryConfig;
import io.cadenza.store.MemoryStore;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.store.Retention;
import io.cadenza.store.WriteCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterVerticleTest {
  private static final long TIME = 1_700_000_000;

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final StoreMeters figures = new StoreMeters(meters, "s");
  private final Recording writer = new Recording();
  private final WritingConfig config = StoreConfigs.read("store", KEYS, WritingConfig::read);
  private final WriteCache cache =
      new WriteCache(
          new MemoryStore(
              new MemoryConfig(List.of(new Retention(10, 3600)), 100, 100), InstantSource.system()),
          config.cache(),
          key -> {},
          (key, points, reason) -> {},
          figures);

  private static final String KEYS = "linger = 1ms, retry-min = 1ms, retry-max = 2ms";

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Refuses a point of the first series, and fails as often as it is told to, after it has. */
  private final class Recording implements MetricWriter {
    private final List<String> batches = new CopyOnWriteArrayList<>();
    private volatile int failures;
    private volatile Runnable meanwhile = () -> {};

    @Override
    public void write(PointBatch batch, Verdicts verdicts) throws IOException {
      StringBuilder all = new StringBuilder();
      for (int s = 0; s < batch.series(); s++) {
        for (int p = batch.first(s); p < batch.end(s); p++) {
          String key = new String(batch.key(s), UTF_8);
          all.append(key).append('=').append(batch.sum(p)).append(' ');
        }
      }
      batches.add(all.toString());
      verdicts.refused(0, 1, "odd");
      meanwhile.run();
      if (failures > 0) {
        failures--;
        throw new IOException("down");
      }
    }

    @Override
    public void close() {}
  }

  private void add(String key, double value) {
    byte[] bytes = key.getBytes(UTF_8);
    cache.took(
        cache.addBin(bytes, 0, bytes.length, 10, 0, TIME, value, value, value, 1, value, value));
  }

  private String start() throws Exception {
    Events events = new Events(meters, InstantSource.system(), 10);
    CacheFile left = new CacheFile(folder.resolve("left"));
    WriterVerticle verticle =
        new WriterVerticle(
            config,
            cache,
            writer,
            new StoreState("s", events),
            figures,
            left,
            InstantSource.system());
    String id =
        vertx
            .deployVerticle(
                verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    verticle.begin();
    return id;
  }

  /** A writer that does not know whether it is there asks about that very batch. */
  @Test
  void triesTheVerySameBatchAgainWhateverHasComeMeanwhile() throws Exception {
    add("a", 1);
    add("b", 2);
    writer.failures = 3;
    writer.meanwhile =
        () -> {
          add("a", 10);
          add("c", 20);
        };

    start();
    await().until(() -> writer.batches.size() >= 4);
    writer.meanwhile = () -> {};
    await().until(() -> cache.room().taken() == 0);

    assertThat(writer.batches.get(0)).contains("a=1.0").contains("b=2.0");
    assertThat(writer.batches.subList(1, 4)).containsOnly(writer.batches.get(0));
    assertThat(String.join("", writer.batches.subList(4, writer.batches.size())))
        .contains("a=")
        .contains("c=")
        .doesNotContain("b=");
    assertThat(figures.failures.sum()).isEqualTo(3);
  }

  @Test
  void leavesABatchThatFailedToTheNextProcess() throws Exception {
    add("a", 1);
    writer.failures = Integer.MAX_VALUE;
    String id = start();
    await().until(() -> writer.batches.size() >= 2);

    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get();

    assertThat(folder.resolve("left")).exists();
    assertThat(figures.pointsLeft.sum()).isEqualTo(1);
    writer.failures = 0;
    int before = writer.batches.size();
    start();
    await().until(() -> writer.batches.size() > before);
    assertThat(writer.batches.get(before)).isEqualTo("a=1.0 ");
  }
}
