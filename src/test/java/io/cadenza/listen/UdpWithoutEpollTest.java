package io.cadenza.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.Address;
import io.cadenza.bus.Handover;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Window;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Meters;
import io.cadenza.scenario.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where there is no native transport: one socket, and everything else as it is. */
final class UdpWithoutEpollTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
  private final BlockingQueue<LineBatch> batches = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void takesDatagramsWithOneSocket() throws Exception {
    Handover.register(vertx.eventBus());
    vertx
        .eventBus()
        .<Parcel<LineBatch>>localConsumer(Address.route(0), m -> batches.add(m.body().load()));
    int port = Ports.free();
    Meters all = new Meters(new SimpleMeterRegistry());
    ListenerMeters meters = new ListenerMeters(all, "in");
    Doors doors = new Doors(all.process().counter("accept-failures", "of none"), Clock.systemUTC());
    ListenerConfig config = config(port);
    Entrance entrance = new Entrance(doors, config.url(), "in");
    Intakes intakes =
        new Intakes(
            config,
            new GraphiteFormat(),
            meters,
            new Window(10),
            new Loops(1),
            Clock.systemUTC(),
            Clock.systemUTC(),
            entrance);
    vertx
        .deployVerticle(new UdpListenerVerticle(config, intakes, 0, 1))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    String line = "k".repeat(3000) + " 1 10";
    send(port, line);
    LineBatch batch = batches.poll(10, TimeUnit.SECONDS);
    assertThat(UdpListenerVerticle.shares(vertx)).isFalse();
    assertThat(new String(batch.bytes(), batch.start(0), batch.end(0), StandardCharsets.UTF_8))
        .isEqualTo(line);
    assertThat(batch.sender(0).toString()).contains("127.0.0.1:");
  }

  private static ListenerConfig config(int port) {
    String text = "listeners { in { url = \"udp://127.0.0.1:%d\", into = main } }".formatted(port);
    Settings root = Configuration.read(text, "test");
    Settings base = root.block("defaults").block("listener");
    return ListenerConfig.read(
        "in", root.blocks("listeners").get("in").withDefaults(base), List.of("graphite"));
  }

  private static void send(int port, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
  }
}
