package io.cadenza.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Every figure that this process tells about itself, by kind (listener, pipeline, …), name and
 * figure.
 *
 * <p>The same figure has one name everywhere: {@code lines-in} of the listener {@code graphite} is
 * {@code cadenza_listener_lines_in_total{listener="graphite"}} in Prometheus and {@code
 * listeners.graphite.lines-in} in the JSON of {@code /stats}. Thread-safe.
 */
public final class Meters {
  private static final String PROCESS = "process";

  private final MeterRegistry registry;
  private final Map<String, Map<String, Scope>> kinds = new ConcurrentSkipListMap<>();
  private final Scope process = new Scope(PROCESS, null);

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The figures of one named thing.
   *
   * @param kind singular, as the label in Prometheus: {@code listener}
   */
  public Scope scope(String kind, String name) {
    return kinds
        .computeIfAbsent(kind, k -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(name, n -> new Scope(kind, n));
  }

  /**
   * The figures of the process as a whole, which has no name: {@code cadenza_process_threads} in
   * Prometheus, {@code process.threads} in {@code /stats}.
   */
  public Scope process() {
    return process;
  }

  /** Forgets one named thing, when it has gone for good. */
  public void remove(String kind, String name) {
    Scope scope = kinds.getOrDefault(kind, Map.of()).remove(name);
    if (scope != null) {
      scope.meters.forEach(registry::remove);
    }
  }

  /** All figures now: kind in the plural, name, figure; a figure by reason is a map of its own. */
  public Map<String, Object> snapshot() {
    Map<String, Object> all = new LinkedHashMap<>();
    kinds.forEach(
        (kind, scopes) -> {
          Map<String, Object> named = new LinkedHashMap<>();
          scopes.forEach((name, scope) -> named.put(name, scope.snapshot()));
          all.put(kind + "s", named);
        });
    all.put(PROCESS, process.snapshot());
    return all;
  }

  /** The figures of one named thing. Counters and gauges are made once, then read by others. */
  public final class Scope {
    private final String kind;
    private final String name;
    private final List<Figure> figures = new CopyOnWriteArrayList<>();
    private final List<Meter> meters = new CopyOnWriteArrayList<>();
    private final Map<String, LongAdder> sums = new HashMap<>();

    private Scope(String kind, String name) {
      this.kind = kind;
      this.name = name;
    }

    /** A figure that only grows: {@code lines-in}. Asked again, the same one is answered. */
    public Tally counter(String figure, String help) {
      return counter(figure, null, null, help);
    }

    /** A figure that only grows, told apart by a reason: {@code invalid}, by {@code reason}. */
    public synchronized Tally counter(String figure, String label, String value, String help) {
      for (Figure known : figures) {
        if (known.tally != null && known.name.equals(figure) && same(known.value, value)) {
          return known.tally;
        }
      }
      Tally tally = new Tally();
      FunctionCounter.Builder<Tally> builder =
          FunctionCounter.builder(metricName(figure), tally, Tally::sum)
              .tags(tags())
              .description(help);
      if (label != null) {
        builder.tag(label, value);
      }
      meters.add(builder.register(registry));
      figures.add(new Figure(figure, value, tally::sum, tally));
      return tally;
    }

    /** A figure that rises and falls: {@code queue-bytes}. A second one of its name replaces it. */
    public synchronized void gauge(String figure, LongSupplier now, String help) {
      Gauge old = registry.find(metricName(figure)).tags(tags()).gauge();
      if (old != null) {
        registry.remove(old);
        meters.remove(old);
        figures.removeIf(f -> f.name.equals(figure) && f.tally == null);
      }
      meters.add(
          Gauge.builder(metricName(figure), now, LongSupplier::getAsLong)
              .tags(tags())
              .description(help)
              .strongReference(true)
              .register(registry));
      figures.add(new Figure(figure, null, now, null));
    }

    /**
     * One thread's share of a figure that rises and falls and is told as the sum of all shares:
     * {@code ring-cache-keys}.
     */
    public synchronized Share share(String figure, String help) {
      LongAdder sum = sums.get(figure);
      if (sum == null) {
        sum = new LongAdder();
        sums.put(figure, sum);
        gauge(figure, sum::sum, help);
      }
      return new Share(sum);
    }

    private Tags tags() {
      return name == null ? Tags.empty() : Tags.of(kind, name);
    }

    /**
     * Forgets what rises and falls, when the thing is gone; what was counted stays, since nothing
     * may be lost without a count.
     */
    public synchronized void forgetGauges() {
      for (Meter meter : meters) {
        if (meter instanceof Gauge) {
          registry.remove(meter);
          meters.remove(meter);
        }
      }
      figures.removeIf(figure -> figure.tally == null);
      sums.clear();
    }

    private String metricName(String figure) {
      return "cadenza." + kind + "." + figure.replace('-', '.');
    }

    private Map<String, Object> snapshot() {
      Map<String, Object> all = new LinkedHashMap<>();
      for (Figure figure : new ArrayList<>(figures)) {
        if (figure.value == null) {
          all.put(figure.name, figure.now.getAsLong());
        } else {
          @SuppressWarnings("unchecked")
          Map<String, Object> parts =
              (Map<String, Object>) all.computeIfAbsent(figure.name, n -> new LinkedHashMap<>());
          parts.put(figure.value, figure.now.getAsLong());
        }
      }
      return all;
    }
  }

  private static boolean same(String a, String b) {
    return a == null ? b == null : a.equals(b);
  }

  private record Figure(String name, String value, LongSupplier now, Tally tally) {}
}
