package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.app.WholeRelay;
import java.util.Map;

/** The figures of a relay, found by the paths that operators know, and their balance. */
public final class Figures {
  private final Map<String, Object> all;

  public Figures(Map<String, Object> all) {
    this.all = all;
  }

  /** A figure by its path, as in {@code pipelines.main.invalid.value}; 0 when there is none. */
  public long at(String path) {
    Object found = find(all, path);
    assertThat(found).as(path).isInstanceOf(Number.class);
    return ((Number) found).longValue();
  }

  /** All figures of one thing. */
  Map<?, ?> of(String path) {
    return (Map<?, ?>) find(all, path);
  }

  /** Names may have dots themselves, as an address has. */
  private static Object find(Object in, String path) {
    if (path.isEmpty()) {
      return in;
    }
    if (in instanceof Map<?, ?> map) {
      for (var entry : map.entrySet()) {
        String name = String.valueOf(entry.getKey());
        if (path.equals(name) || path.startsWith(name + ".")) {
          return find(entry.getValue(), path.substring(Math.min(path.length(), name.length() + 1)));
        }
      }
    }
    return 0L;
  }

  @SuppressWarnings("unchecked")
  public Map<String, Object> kind(String kind) {
    return (Map<String, Object>) all.getOrDefault(kind, Map.of());
  }

  /** A figure of one thing; the sum over all reasons where it is told by reason. */
  public long sum(String kind, String name, String figure) {
    Object found = ((Map<?, ?>) kind(kind).get(name)).get(figure);
    if (found instanceof Map<?, ?> reasons) {
      return reasons.values().stream().mapToLong(n -> ((Number) n).longValue()).sum();
    }
    return found == null ? 0 : ((Number) found).longValue();
  }

  /** Nothing is lost without a count: at every listener, pipeline and destination. */
  public void assertBalance(WholeRelay relay) {
    kind("listeners")
        .keySet()
        .forEach(
            name ->
                assertThat(sum("listeners", name, "lines-in"))
                    .as("lines into listener %s", name)
                    .isEqualTo(
                        sum("listeners", name, "lines-out")
                            + sum("listeners", name, "invalid")
                            + sum("listeners", name, "dropped")));
    kind("pipelines").keySet().forEach(name -> assertPipeline(name, relay));
    kind("destinations").keySet().forEach(this::assertDestination);
    kind("accumulators").keySet().forEach(this::assertAccumulator);
  }

  private void assertPipeline(String name, WholeRelay relay) {
    assertThat(sum("pipelines", name, "lines-in"))
        .as("lines into pipeline %s", name)
        .isEqualTo(
            sum("pipelines", name, "lines-out")
                + sum("pipelines", name, "invalid")
                + sum("pipelines", name, "blocked")
                + sum("pipelines", name, "dropped"));
    if (!relay.isNested(name)) {
      long fed =
          relay.entries().entrySet().stream()
              .filter(entry -> entry.getValue().equals(name))
              .mapToLong(entry -> sum("listeners", entry.getKey(), "lines-out"))
              .sum();
      assertThat(sum("pipelines", name, "lines-in")).as("fed into %s", name).isEqualTo(fed);
    }
  }

  private void assertAccumulator(String name) {
    assertThat(sum("accumulators", name, "lines-in"))
        .as("lines into accumulator %s", name)
        .isEqualTo(
            sum("accumulators", name, "lines-taken")
                + sum("accumulators", name, "invalid")
                + sum("accumulators", name, "dropped"));
  }

  private void assertDestination(String name) {
    assertThat(sum("destinations", name, "lines-in") + sum("destinations", name, "recovered"))
        .as("lines into destination %s", name)
        .isEqualTo(
            sum("destinations", name, "lines-out")
                + sum("destinations", name, "dropped")
                + sum("destinations", name, "handed-over")
                + sum("destinations", name, "queue-lines")
                + sum("destinations", name, "spool-lines"));
    assertThat(sum("destinations", name, "queue-lines")).as("left at %s", name).isZero();
    assertThat(sum("destinations", name, "queue-bytes")).as("room kept at %s", name).isZero();
  }
}
