package io.cadenza.writer.whisper;

import io.cadenza.meter.Meters;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Store;
import io.cadenza.store.StoreContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Whisper files keep one value of an interval, and names by their files. */
class WhisperStoreContractTest {
  @Nested
  class OnLibc extends Contract {
    @Override
    Disk disk() {
      return NativeDisk.load();
    }
  }

  @Nested
  class OnTheJdk extends Contract {
    @Override
    Disk disk() {
      return new JdkDisk();
    }
  }

  abstract static class Contract extends StoreContract {
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FailingDisk disk = new FailingDisk(disk());

    abstract Disk disk();

    @Override
    protected Store open() {
      InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
      Meters meters = new Meters(new SimpleMeterRegistry());
      return new WhisperStore(
          WhisperRig.config(folder, ""), disk, meters.scope("store", "s"), clock, clock);
    }

    @Override
    protected List<Row> stored(Store store, String key, int step) throws Exception {
      long span = RETENTIONS.get(step == 10 ? 0 : 1).seconds();
      MetricReader.Query query =
          new MetricReader.Query(List.of(key), NOW - span + 1, NOW, NOW, false);
      List<Row> rows = new ArrayList<>();
      try (MetricReader reader = store.reader().orElseThrow()) {
        Fetched fetched = reader.read(query).get(key);
        for (int i = 0; fetched != null && i < fetched.values().length; i++) {
          double value = fetched.values()[i];
          if (!Double.isNaN(value)) {
            long time = fetched.start() + (long) fetched.step() * i;
            rows.add(new Row(time, value, value, value, value, value, 1));
          }
        }
      }
      return rows;
    }

    /** Keys of which more than one figure is looked at are those of averages. */
    @Override
    protected Row kept(Row row) {
      double mean = row.sum() / row.count();
      return new Row(row.time(), mean, mean, mean, mean, mean, 1);
    }

    @Override
    protected boolean keepsNames() {
      return false;
    }

    @Override
    protected Faults faults() {
      return new Faults() {
        @Override
        public void down() {
          disk.writes = DiskException.Fault.FULL;
        }

        @Override
        public void up() {
          disk.writes = null;
        }
      };
    }
  }
}
