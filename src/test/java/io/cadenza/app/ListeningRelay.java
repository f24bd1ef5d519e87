package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.config.Configuration;
import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The whole relay in this process, with one pipeline {@code main} that sends to a {@link Sink}, and
 * the listeners of a test.
 */
final class ListeningRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final Relay relay;
  final Sink sink;

  private ListeningRelay(Relay relay, Sink sink) {
    this.relay = relay;
    this.sink = sink;
  }

  /**
   * @param listeners blocks of the configuration, without {@code into}
   */
  static ListeningRelay with(String listeners) throws Exception {
    return with(Sink.reading(), listeners);
  }

  static ListeningRelay with(Sink sink, String listeners) throws Exception {
    return with(sink, listeners, Clock.systemUTC());
  }

  /**
   * @param wall the time of day
   */
  static ListeningRelay with(Sink sink, String listeners, InstantSource wall) throws Exception {
    String text =
        """
        defaults.listener.into = main
        listeners { %s }
        pipelines { main { validate = medium, routes = [ { to = [sink] } ] } }
        clusters { sink { policy = all, destinations = [
          { url = "tcp://127.0.0.1:%d", queue = 256KiB } ] } }
        admin { listen = "127.0.0.1:%d" }
        shell.listen = null
        shutdown { deadline = 1s }
        instances = 2
        """
            .formatted(listeners, sink.port(), Ports.free());
    RelayConfig config = RelayConfig.read(Configuration.read(text, "test"));
    Relay relay = new Relay(config, Map.of(), wall);
    ListeningRelay running = new ListeningRelay(relay, sink);
    try {
      relay.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      running.close();
      throw e;
    }
    return running;
  }

  static Socket dial(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** Sends and closes, as {@code nc} does. */
  static void send(int port, byte[] bytes) throws IOException {
    try (Socket socket = dial(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }
  }

  static void send(int port, String text) throws IOException {
    send(port, text.getBytes(StandardCharsets.UTF_8));
  }

  long figure(String listener, String figure) {
    return figures(listener).get(figure) instanceof Long value ? value : 0;
  }

  /** A figure of the process. */
  long process(String figure) {
    Map<?, ?> own = (Map<?, ?>) relay.meters().snapshot().get("process");
    return ((Number) own.get(figure)).longValue();
  }

  /** A figure of the one destination. */
  long destination(String figure) {
    Map<?, ?> all = (Map<?, ?>) relay.meters().snapshot().get("destinations");
    return ((Number) ((Map<?, ?>) all.values().iterator().next()).get(figure)).longValue();
  }

  /** How many things a listener refused for a reason. */
  long invalid(String listener, String reason) {
    return counted(listener, "invalid").getOrDefault(reason, 0L);
  }

  @SuppressWarnings("unchecked")
  Map<String, Long> counted(String listener, String figure) {
    Object parts = figures(listener).get(figure);
    return parts == null ? Map.of() : (Map<String, Long>) parts;
  }

  long pipelineInvalid(String reason) {
    return invalidOf("pipelines", "main", reason);
  }

  @SuppressWarnings("unchecked")
  private long invalidOf(String kind, String name, String reason) {
    Map<String, Object> all = (Map<String, Object>) relay.meters().snapshot().get(kind);
    Map<String, Object> own = (Map<String, Object>) all.get(name);
    Map<String, Long> parts = (Map<String, Long>) own.getOrDefault("invalid", Map.of());
    return parts.getOrDefault(reason, 0L);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> figures(String listener) {
    Map<String, Object> all = (Map<String, Object>) relay.meters().snapshot().get("listeners");
    return (Map<String, Object>) all.get(listener);
  }

  void awaitFigure(String listener, String figure, long least) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> assertThat(figure(listener, figure)).as(figure).isGreaterThanOrEqualTo(least));
  }

  void awaitInvalid(String listener, String reason, long least) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> assertThat(invalid(listener, reason)).as(reason).isGreaterThanOrEqualTo(least));
  }

  void awaitLines(int least) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(sink.count()).isGreaterThanOrEqualTo(least));
  }

  /** What came in is what went out, was refused or was dropped. */
  void assertBalanced(String listener) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              long invalid = sum(counted(listener, "invalid"));
              long dropped = sum(counted(listener, "dropped"));
              assertThat(figure(listener, "lines-in"))
                  .isEqualTo(figure(listener, "lines-out") + invalid + dropped);
            });
  }

  private static long sum(Map<String, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() throws IOException {
    relay.stop().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    sink.close();
  }
}
