package io.cadenza.writer;

import com.sun.management.OperatingSystemMXBean;
import io.cadenza.servers.KafkaServer;
import io.cadenza.servers.MariaServer;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.MetricWriter.Verdicts;
import io.cadenza.store.Store;
import io.cadenza.writer.file.FileConfig;
import io.cadenza.writer.file.FileStore;
import io.cadenza.writer.kafka.KafkaConfig;
import io.cadenza.writer.kafka.KafkaStore;
import io.cadenza.writer.mysql.MysqlConfig;
import io.cadenza.writer.mysql.MysqlStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How many points a second go into a store, with a real server beside on this machine, and what
 * they cost in CPU time, ours and the server's.
 *
 * <p>Arguments: {@code file}, {@code mysql} or {@code kafka}; then what differs of {@code series=},
 * {@code batch=} (series of a batch), {@code each=} (points of a series in a batch), {@code
 * merges=}, {@code rounds=}, {@code seconds=} (of a round), {@code keys=} (of the store's block).
 */
public final class WriterBench {
  private static final long FIRST = 1_700_000_000;
  private static final OperatingSystemMXBean OWN =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final Verdicts NONE =
      new Verdicts() {
        @Override
        public void later(int series) {
          throw new IllegalStateException("later");
        }

        @Override
        public void refused(int series, String reason) {
          throw new IllegalStateException(reason);
        }

        @Override
        public void refused(int series, int points, String reason) {
          throw new IllegalStateException(reason);
        }
      };

  private final Vertx vertx = Vertx.vertx();
  private final String[] args;
  private Duration serverCpu = Duration.ZERO;
  private Path folder;

  private WriterBench(String[] args) {
    this.args = args;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    new WriterBench(args).run();
    System.exit(0);
  }

  private String option(String name, String absent) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return arg.substring(name.length() + 1);
      }
    }
    return absent;
  }

  private int number(String name, int absent) {
    return Integer.parseInt(option(name, Integer.toString(absent)));
  }

  private void run() throws Exception {
    Store store = store();
    int series = number("series", 20_000);
    int some = Math.min(series, number("batch", 10_000));
    boolean merges = Boolean.parseBoolean(option("merges", "false"));
    BenchBatch batch = new BenchBatch(series, number("each", 1), merges);
    try (MetricWriter writer = store.writer()) {
      for (int round = 0; round < number("rounds", 4); round++) {
        round(writer, batch, some, round == 0);
      }
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
    if (folder != null) {
      deleteFiles();
    }
  }

  private void deleteFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private Store store() throws IOException {
    return switch (args[0]) {
      case "file" -> file();
      case "mysql" -> mysql();
      case "kafka" -> kafka();
      default -> throw new IllegalArgumentException(args[0]);
    };
  }

  private Store file() throws IOException {
    folder = Files.createTempDirectory("bench");
    String keys = "path = \"" + folder + "/metrics\"\n" + option("keys", "");
    FileConfig config = StoreConfigs.read("file", keys, FileConfig::read);
    return new FileStore(config, InstantSource.system());
  }

  private Store mysql() {
    String keys = "dsn = \"" + MariaServer.shared().dsn() + "\"\n" + option("keys", "");
    MysqlConfig config = StoreConfigs.read("mysql", keys, MysqlConfig::read);
    return new MysqlStore(vertx, config, InstantSource.system());
  }

  private Store kafka() {
    String keys = "dsn = \"" + KafkaServer.shared().address() + "\"\n" + option("keys", "");
    KafkaConfig config = StoreConfigs.read("kafka", keys, KafkaConfig::read);
    return new KafkaStore(vertx, config, InstantSource.system());
  }

  private void round(MetricWriter writer, BenchBatch batch, int some, boolean warm)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(number("seconds", 5)).toNanos();
    long own = OWN.getProcessCpuTime();
    Duration server = serverCpu();
    long began = System.nanoTime();
    long points = 0;
    while (System.nanoTime() < end) {
      batch.next(some, FIRST);
      writer.write(batch, NONE);
      points += batch.points();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double ownMicros = (OWN.getProcessCpuTime() - own) / 1e3 / points;
    double serverMicros = serverCpu().minus(server).toNanos() / 1e3 / points;
    System.out.printf(
        Locale.ROOT,
        "%s%-6s %,10.0f points/s   CPU a point: %.2f us ours, %.2f us the server's%n",
        warm ? "(first) " : "        ",
        args[0],
        points / seconds,
        ownMicros,
        serverMicros);
  }

  /** Of the processes that this one has started. */
  private Duration serverCpu() {
    ProcessHandle.current()
        .children()
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .reduce(Duration::plus)
        .ifPresent(sum -> serverCpu = sum);
    return serverCpu;
  }
}
