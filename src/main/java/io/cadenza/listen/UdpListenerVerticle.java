package io.cadenza.listen;

import io.cadenza.line.Bytes;
import io.cadenza.meter.ListenerMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams of lines or documents. One instance a core, each with a socket of its own on a shared
 * port where the system can do that (see {@link #shares}).
 *
 * <p>Nobody can be made to wait: what comes while the router of the event loop is full is dropped
 * and counted. On stop the socket is read until it is empty.
 */
public final class UdpListenerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(UdpListenerVerticle.class);

  private final ListenerConfig config;
  private final Intakes shared;
  private final int index;
  private final int instances;
  private ListenerMeters meters;
  private Intake intake;
  private Inflow inflow;
  private UdpChannel channel;

  /**
   * @param index of this instance, from 0
   * @param instances how many there are
   */
  public UdpListenerVerticle(ListenerConfig config, Intakes shared, int index, int instances) {
    this.config = config;
    this.shared = shared;
    this.index = index;
    this.instances = instances;
  }

  /** Whether there can be more than one instance: whether sockets can share a port here. */
  public static boolean shares(Vertx vertx) {
    return UdpChannel.shares(vertx);
  }

  private static InetSocketAddress address(ListenerConfig config) {
    return new InetSocketAddress(config.url().host(), config.url().port());
  }

  @Override
  public Future<?> start() {
    meters = shared.meters();
    intake = shared.intake(vertx, context);
    intake.datagrams();
    inflow = shared.inflows(intake).open();
    return UdpChannel.open(
            vertx,
            context,
            address(config),
            instances > 1 || config.reusePort(),
            config.receiveBuffer(),
            this::datagram)
        .onSuccess(this::opened);
  }

  private void opened(UdpChannel opened) {
    channel = opened;
    if (index > 0) {
      return;
    }
    if (opened.kernelBytes() < config.receiveBuffer()) {
      LOG.warn(
          "listener {}: the kernel holds {} bytes, not {}; raise net.core.rmem_max",
          config.name(),
          opened.kernelBytes(),
          config.receiveBuffer());
    }
    DatagramDrops drops = new DatagramDrops(opened.port());
    if (drops.told()) {
      meters.kernelDrops(drops::sum);
    }
  }

  private void datagram(Buffer bytes, Object sender) {
    if (intake.full()) {
      intake.dropped(lines(bytes), bytes.length());
      return;
    }
    intake.from(sender);
    intake.packet();
    inflow.take(bytes);
    inflow.end();
  }

  /** How many lines there are; a last one without newline counts. */
  private long lines(Buffer in) {
    byte[] bytes = intake.scratch();
    int n = in.length();
    in.getBytes(0, n, bytes, 0);
    long lines = n > 0 && bytes[n - 1] != '\n' ? 1 : 0;
    for (int at = 0; (at = Bytes.indexOf(bytes, at, n, (byte) '\n')) >= 0; at++) {
      lines++;
    }
    return lines;
  }

  @Override
  public Future<?> stop() {
    return channel.close().onSuccess(v -> intake.send());
  }
}
