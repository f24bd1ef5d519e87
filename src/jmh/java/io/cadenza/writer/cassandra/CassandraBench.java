package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.meter.Meters;
import io.cadenza.meter.StoreMeters;
import io.cadenza.servers.CassandraServer;
import io.cadenza.store.CacheBatch;
import io.cadenza.store.CacheLimits;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.WriteCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What a store in Cassandra costs, with a real server beside it: points go through the cache in
 * front of stores, as in the relay. Prints points a second, and the CPU time of both for a point.
 *
 * <p>Arguments: the heap of the server in megabytes, rounds, then lines of the store's block.
 */
public final class CassandraBench {
  private static final int STEP = 10;
  private static final long WEEK = 604_800;
  private static final int MOST_SERIES = 20_000;
  private static final int MOST_POINTS = 50_000;

  private final CassandraServer server;
  private final CassandraStore store;
  private final long now = InstantSource.system().instant().getEpochSecond() / 60 * 60;

  private CassandraBench(int heap, String lines) {
    server = CassandraServer.ofItsOwn(heap);
    store =
        TestStores.of(
            TestStores.config(
                TestStores.base(server, "bench"),
                "retentions = [\"10s:7d\", \"1m:30d\"]",
                "timeout = 30s",
                lines));
  }

  public static void main(String[] args) {
    int heap = args.length > 0 ? Integer.parseInt(args[0]) : 2048;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    String lines = args.length > 2 ? String.join("\n", List.of(args).subList(2, args.length)) : "";
    CassandraBench bench = new CassandraBench(heap, lines);
    try (bench.server) {
      bench.run(rounds);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run(int rounds) throws Exception {
    try (MetricWriter writer = store.writer();
        MetricReader reader = store.reader().orElseThrow();
        MetricIndex index = store.index()) {
      for (int points : new int[] {1, 5, 20, 200}) {
        for (int round = 0; round < rounds; round++) {
          flush(writer, points, round);
        }
      }
      for (int round = 0; round < rounds; round++) {
        lines(writer, round == 0 ? "parts, read first" : "parts, known", 50_000, round);
      }
      read(writer, reader, rounds);
      names(index);
    }
  }

  private WriteCache cache() {
    return new WriteCache(
        store,
        new CacheLimits(10_000_000, 1_000_000, 0),
        key -> {},
        CassandraBench::refused,
        new StoreMeters(new Meters(new SimpleMeterRegistry()), "bench"));
  }

  private static void refused(byte[] key, int points, String reason) {
    throw new IllegalStateException(points + " of " + new String(key, UTF_8) + ": " + reason);
  }

  /** A hundred thousand intervals that an accumulator has flushed. */
  private void flush(MetricWriter writer, int points, int round) throws Exception {
    WriteCache cache = cache();
    for (int s = 0; s < 100_000 / points; s++) {
      byte[] key = key(s);
      for (int p = 0; p < points; p++) {
        long time = now - (long) STEP * (round * points + p + 1);
        cache.took(
            cache.addBin(key, 0, key.length, STEP, WEEK, time, s, s + 1, s * 3, 3, s, s + 1));
      }
    }
    measure("points a series: " + points, () -> writeAll(writer, cache));
  }

  /** Lines go into the series of both steps. */
  private void lines(MetricWriter writer, String name, int keys, int round) throws Exception {
    WriteCache cache = cache();
    for (int s = 0; s < keys; s++) {
      byte[] key = ("lines." + s % 100 + ".host" + s + ".requests").getBytes(UTF_8);
      cache.took(cache.addLine(key, 0, key.length, now - 60 + 3L * round, s));
    }
    measure(name, () -> writeAll(writer, cache));
  }

  private static byte[] key(int s) {
    return ("servers.dc1.web" + s % 1_000 + ".app.requests.count" + s).getBytes(UTF_8);
  }

  private static long writeAll(MetricWriter writer, WriteCache cache) throws Exception {
    long written = 0;
    while (true) {
      CacheBatch batch = cache.take(MOST_SERIES, MOST_POINTS);
      if (batch.series() == 0) {
        return written;
      }
      writer.write(batch, batch);
      written += cache.written();
    }
  }

  private void read(MetricWriter writer, MetricReader reader, int rounds) throws Exception {
    WriteCache cache = cache();
    int perDay = 1_440;
    List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "day." + i).toList();
    for (String text : keys) {
      byte[] key = text.getBytes(UTF_8);
      for (int p = 1; p <= perDay; p++) {
        cache.addBin(key, 0, key.length, 60, 4 * WEEK, now - 60L * p, p, p, p, 1, p, p);
      }
    }
    measure("a day of 1m, 1000 series", () -> writeAll(writer, cache));
    long from = now - 86_400 * 8L;
    for (int round = 0; round < rounds; round++) {
      measure("read that day", () -> read(reader, keys, from));
    }
  }

  private long read(MetricReader reader, List<String> keys, long from) throws Exception {
    MetricReader.Query query = new MetricReader.Query(keys, from, now, now, false);
    return reader.read(query).values().stream()
        .flatMapToDouble(fetched -> Arrays.stream(fetched.values()))
        .filter(value -> !Double.isNaN(value))
        .count();
  }

  private void names(MetricIndex index) throws Exception {
    List<byte[]> names = IntStream.range(0, 100_000).mapToObj(CassandraBench::key).toList();
    measure(
        "names added",
        () -> {
          index.add(names);
          return (long) names.size();
        });
    measure(
        "names loaded",
        () -> {
          long[] count = new long[1];
          index.load(name -> count[0]++);
          return count[0];
        });
  }

  private void measure(String name, Callable<Long> work) throws Exception {
    long ours = cpuMicros(ProcessHandle.current());
    long theirs = cpuMicros(server.process());
    long start = System.nanoTime();
    long count = work.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-26s %9d in %6.2f s: %8.0f a second, cpu us each: %5.2f ours, %5.2f the server's%n",
        name,
        count,
        seconds,
        count / seconds,
        (double) (cpuMicros(ProcessHandle.current()) - ours) / count,
        (double) (cpuMicros(server.process()) - theirs) / count);
  }

  private static long cpuMicros(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1_000;
  }
}
