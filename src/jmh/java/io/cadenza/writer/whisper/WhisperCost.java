package io.cadenza.writer.whisper;

import com.sun.management.OperatingSystemMXBean;
import io.cadenza.meter.Meters;
import io.cadenza.meter.SteadyClock;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.store.Retention;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * CPU time, of the system too, that the writer needs for a point, without what stands in front of
 * it: with no file there, with one new point for each file, and with twenty. Arguments: a folder
 * that is not there, how many files, how many stay open (0: three quarters of what the process
 * may), {@code native} or {@code jdk}, and retentions as {@code 10s:6h,1m:7d}.
 */
public final class WhisperCost {
  private static final int BATCH = 1000;
  private static final int ROUNDS = 6;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private WhisperCost() {}

  /** Runs all, and prints a line for each. */
  public static void main(String... args) throws Exception {
    int files = Integer.parseInt(args[1]);
    Disk disk = args[3].equals("jdk") ? new JdkDisk() : NativeDisk.load();
    List<Retention> retentions = Retention.parseAll(args[4]).orElseThrow();
    Clock clock = Clock.systemUTC();
    WhisperConfig config =
        new WhisperConfig(
            Path.of(args[0]),
            retentions,
            Optional.empty(),
            Optional.empty(),
            Double.NaN,
            0,
            0,
            true,
            true,
            false,
            Fsync.NONE,
            Integer.parseInt(args[2]),
            Duration.ofMinutes(1),
            List.of());
    Meters meters = new Meters(new SimpleMeterRegistry());
    WhisperStore store =
        new WhisperStore(
            config, disk, meters.scope("store", "bench"), clock, new SteadyClock(clock));
    try (MetricWriter writer = store.writer()) {
      int step = retentions.get(0).step();
      long time = clock.millis() / 1000 - 3600;
      Batch[] batches = new Batch[files / BATCH];
      for (int i = 0; i < batches.length; i++) {
        batches[i] = new Batch(i * BATCH, BATCH);
      }
      for (int points : new int[] {20, 1, 20}) {
        for (int round = 0; round < ROUNDS; round++) {
          time += (long) points * step;
          run(writer, batches, time, points, step);
        }
      }
      System.out.println(meters.snapshot().get("stores"));
    }
  }

  private static void run(MetricWriter writer, Batch[] batches, long time, int points, int step)
      throws Exception {
    long before = SYSTEM.getProcessCpuTime();
    long begun = System.nanoTime();
    for (Batch batch : batches) {
      batch.points(time, points, step);
      writer.write(batch, batch);
    }
    double micros = (SYSTEM.getProcessCpuTime() - before) / 1e3;
    double wall = (System.nanoTime() - begun) / 1e3;
    int files = batches.length * BATCH;
    System.out.printf(
        "%2d points a file: %6.2f us of CPU a file, %6.2f a point; %6.2f us of time a file%n",
        points, micros / files, micros / files / points, wall / files);
  }

  /** As many points for each of some series. */
  private static final class Batch implements PointBatch, MetricWriter.Verdicts {
    private final byte[][] keys;
    private final Object[] notes;
    private long newest;
    private int each;
    private int step;

    Batch(int from, int count) {
      keys = new byte[count][];
      notes = new Object[count];
      for (int i = 0; i < count; i++) {
        int n = from + i;
        String key = "bench.dc" + n % 7 + ".host" + n % 500 + ".metric" + n;
        keys[i] = key.getBytes(StandardCharsets.US_ASCII);
      }
    }

    void points(long time, int count, int seconds) {
      newest = time;
      each = count;
      step = seconds;
    }

    @Override
    public int series() {
      return keys.length;
    }

    @Override
    public byte[] key(int series) {
      return keys[series];
    }

    @Override
    public int step(int series) {
      return 0;
    }

    @Override
    public long ttl(int series) {
      return 0;
    }

    @Override
    public int first(int series) {
      return series * each;
    }

    @Override
    public int end(int series) {
      return first(series) + each;
    }

    @Override
    public int points() {
      return keys.length * each;
    }

    @Override
    public long time(int point) {
      return newest - (long) (each - 1 - point % each) * step;
    }

    @Override
    public double min(int point) {
      return point;
    }

    @Override
    public double max(int point) {
      return point;
    }

    @Override
    public double sum(int point) {
      return point;
    }

    @Override
    public double firstValue(int point) {
      return point;
    }

    @Override
    public double lastValue(int point) {
      return point;
    }

    @Override
    public long count(int point) {
      return 1;
    }

    @Override
    public boolean merges(int point) {
      return false;
    }

    @Override
    public Object note(int series) {
      return notes[series];
    }

    @Override
    public void note(int series, Object anything) {
      notes[series] = anything;
    }

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
  }
}
