package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;

/**
 * The whole relay in this process as a statsd server: a UDP listener, its accumulator that flushes
 * ten times a second, and a {@link Sink} for what it flushes.
 *
 * <p>Nobody knows between which samples a flush falls, so a test looks at what does not depend on
 * it: the sum of all flushed values of a key, or the last one.
 */
final class StatsdRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final int port = Ports.free();
  private final Sink sink = Sink.reading();
  private final WholeRelay relay;

  StatsdRelay() throws IOException {
    relay =
        WholeRelay.start(
            """
            listeners { in { url = "udp://127.0.0.1:%d", format = statsd, into = stats } }
            pipelines { stats { accumulate {
              format = statsd, flush = 100ms, percentiles = [90], into = [out] } } }
            clusters { out { policy = all, destinations = ["tcp://127.0.0.1:%d"] } }
            admin { listen = "127.0.0.1:%d" }
            shutdown { deadline = 1s }
            instances = 2
            """
                .formatted(port, sink.port(), Ports.free()),
            "statsd");
  }

  /** All values that were flushed for a key, oldest first. */
  List<Double> values(String key) {
    String start = key + " ";
    return sink.lines().stream()
        .filter(line -> line.startsWith(start))
        .map(line -> Double.valueOf(line.split(" ")[1]))
        .toList();
  }

  private Set<String> keys() {
    return sink.lines().stream()
        .map(line -> line.split(" ")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  void awaitSum(String key, double expected) {
    eventually(
        () ->
            assertThat(values(key).stream().mapToDouble(Double::doubleValue).sum())
                .as("sum of %s among %s", key, keys())
                .isEqualTo(expected));
  }

  void awaitLast(String key, double expected) {
    eventually(
        () -> assertThat(values(key)).as("%s among %s", key, keys()).last().isEqualTo(expected));
  }

  /** Waits until one of the flushes had this value for the key. */
  void awaitOnce(String key, double expected) {
    eventually(() -> assertThat(values(key)).as("%s among %s", key, keys()).contains(expected));
  }

  /** Waits until a counter of which every tenth sample was sent has been flushed: tens only. */
  void awaitTens(String key) {
    eventually(
        () ->
            assertThat(values(key))
                .as("%s among %s", key, keys())
                .anyMatch(v -> v > 0)
                .allMatch(v -> v % 10 == 0));
  }

  /** No listener, pipeline or accumulator has refused a line so far. */
  void assertNothingRefused() {
    assertThat(relay.stats().toString()).doesNotContain("invalid={");
  }

  private static void eventually(ThrowingRunnable holds) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(holds);
  }

  @Override
  public void close() throws IOException {
    relay.close();
    sink.close();
  }
}
