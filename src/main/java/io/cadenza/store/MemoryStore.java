package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Points in memory, bounded, until the process ends. All its writers, readers and indexes are of
 * the same points. Any thread.
 */
public final class MemoryStore implements Store {
  private static final String BAD_NAME = "bad-name";
  private static final String NO_SUCH_STEP = "no-such-step";
  private static final String TOO_OLD = "too-old";
  private static final String TOO_NEW = "in-future";
  private static final String FULL = "store-full";

  private final MemoryConfig config;
  private final InstantSource clock;
  private final Map<String, AtomicReferenceArray<MemorySeries>> series = new ConcurrentHashMap<>();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final AtomicLong points = new AtomicLong();

  public MemoryStore(MemoryConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Figures figures() {
    return Figures.ALL;
  }

  @Override
  public List<Retention> steps() {
    return config.retentions();
  }

  @Override
  public Aggregate aggregate(byte[] key, int from, int to) {
    return GuessTable.method(key, from, to);
  }

  @Override
  public MetricWriter writer() {
    return new Writer();
  }

  @Override
  public MetricIndex index() {
    return new Index();
  }

  @Override
  public Optional<MetricReader> reader() {
    return Optional.of(new Reader());
  }

  /** How many points are held now. */
  public long points() {
    return points.get();
  }

  private int place(int step) {
    for (int i = 0; i < config.retentions().size(); i++) {
      if (config.retentions().get(i).step() == step || step == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The points of a key in a retention; null when there are none. */
  private MemorySeries find(String key, int place) {
    AtomicReferenceArray<MemorySeries> steps = series.get(key);
    return steps == null ? null : steps.get(place);
  }

  private MemorySeries findOrMake(String key, int place) {
    int size = config.retentions().size();
    var steps = series.computeIfAbsent(key, any -> new AtomicReferenceArray<>(size));
    steps.compareAndSet(place, null, new MemorySeries(config.retentions().get(place).step()));
    return steps.get(place);
  }

  private static final class Open {
    private final AtomicBoolean closed = new AtomicBoolean();

    void check() throws IOException {
      if (closed.get()) {
        throw new IOException("closed");
      }
    }

    void close() {
      closed.set(true);
    }
  }

  private final class Writer implements MetricWriter {
    private final Open open = new Open();

    @Override
    public void write(PointBatch batch, Verdicts verdicts) throws IOException {
      open.check();
      for (int s = 0; s < batch.series(); s++) {
        String key = KeyText.of(batch.key(s));
        int place = place(batch.step(s));
        if (key == null || place < 0) {
          verdicts.refused(s, key == null ? BAD_NAME : NO_SUCH_STEP);
        } else {
          write(batch, s, key, place, verdicts);
        }
      }
    }

    private void write(PointBatch batch, int s, String key, int place, Verdicts verdicts) {
      long keep = config.retentions().get(place).seconds();
      long now = clock.instant().getEpochSecond();
      int old = 0;
      int ahead = 0;
      int full = 0;
      for (int p = batch.first(s); p < batch.end(s); p++) {
        long age = now - batch.time(p);
        if (age >= keep) {
          old++;
        } else if (age <= -keep) {
          ahead++;
        } else if (!taken(key, place, batch, p, now - keep)) {
          full++;
        }
      }
      tell(verdicts, s, old, TOO_OLD);
      tell(verdicts, s, ahead, TOO_NEW);
      tell(verdicts, s, full, FULL);
    }

    /** At the bound a series that is there goes on with its newest points; others have to wait. */
    private boolean taken(String key, int place, PointBatch batch, int p, long expired) {
      boolean full = points.get() >= config.maxPoints();
      MemorySeries into = full ? find(key, place) : findOrMake(key, place);
      if (into == null) {
        return false;
      }
      points.addAndGet(-into.expire(expired));
      full = points.get() >= config.maxPoints();
      MemorySeries.Taken taken = into.take(batch, p, full);
      points.addAndGet(taken == MemorySeries.Taken.ADDED ? 1 : 0);
      return taken != MemorySeries.Taken.REFUSED;
    }

    private static void tell(Verdicts verdicts, int s, int count, String reason) {
      if (count > 0) {
        verdicts.refused(s, count, reason);
      }
    }

    @Override
    public void close() {
      open.close();
    }
  }

  private final class Reader implements MetricReader {
    private final Open open = new Open();

    @Override
    public Map<String, Fetched> read(Query query) throws IOException {
      open.check();
      Retention retention = Retention.reaching(config.retentions(), query.from(), query.now());
      Map<String, Fetched> all = new HashMap<>();
      for (String key : query.keys()) {
        read(key, retention, query).ifPresent(fetched -> all.put(key, fetched));
      }
      return all;
    }

    private Optional<Fetched> read(String key, Retention retention, Query query) {
      MemorySeries one = find(key, place(retention.step()));
      if (one == null) {
        return Optional.empty();
      }
      Intervals wanted = Intervals.of(query, retention);
      Filling filling =
          new Filling(wanted, GuessTable.method(key.getBytes(UTF_8)), query.columns());
      one.fill(wanted, filling);
      return filling.fetched();
    }

    @Override
    public List<Retention> retentions(String key) {
      return config.retentions();
    }

    @Override
    public void close() {
      open.close();
    }
  }

  private final class Index implements MetricIndex {
    private final Open open = new Open();

    @Override
    public void load(Consumer<byte[]> each) throws IOException {
      open.check();
      names.forEach(name -> each.accept(name.getBytes(UTF_8)));
    }

    /** Beyond the bound they are not kept: whoever adds them knows them as long as this does. */
    @Override
    public void add(List<byte[]> keys) throws IOException {
      open.check();
      for (byte[] key : keys) {
        String name = KeyText.of(key);
        if (name != null && names.size() < config.maxNames()) {
          names.add(name);
        }
      }
    }

    @Override
    public void close() {
      open.close();
    }
  }
}
