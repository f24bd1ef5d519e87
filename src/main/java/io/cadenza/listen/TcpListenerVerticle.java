package io.cadenza.listen;

import io.cadenza.config.Url;
import io.cadenza.meter.ListenerMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of lines or frames over TCP, TLS or unix sockets. One instance a core on a shared port;
 * each instance pauses its sockets while the router of its event loop is full.
 */
public final class TcpListenerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TcpListenerVerticle.class);

  private final ListenerConfig config;
  private final Intakes shared;
  private final Map<NetSocket, Inflow> inflows = new HashMap<>();
  private ListenerMeters meters;
  private Intake intake;
  private NetServer server;
  private boolean paused;

  public TcpListenerVerticle(ListenerConfig config, Intakes shared) {
    this.config = config;
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    meters = shared.meters();
    intake = shared.intake(config, vertx, context);
    intake.onFull(this::pause);
    server = vertx.createNetServer(options()).connectHandler(this::opened);
    server.exceptionHandler(e -> LOG.debug("listener {}: {}", config.name(), e.toString()));
    return server.listen(address());
  }

  private NetServerOptions options() {
    NetServerOptions options = new NetServerOptions();
    options.setAcceptBacklog(config.backlog()).setReusePort(config.reusePort());
    options.setIdleTimeout((int) config.idleTimeout().toMillis());
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setClientAuth(config.tls().clientAuth());
    config.tls().apply(options);
    return options;
  }

  private SocketAddress address() {
    return config.url().scheme() == Url.Scheme.UNIX
        ? SocketAddress.domainSocketAddress(config.url().path())
        : SocketAddress.inetSocketAddress(config.url().port(), config.url().host());
  }

  private void opened(NetSocket socket) {
    if (meters.opened() > config.maxConnections()) {
      meters.connectionsRefused.increment();
      meters.closed();
      socket.close();
      return;
    }
    Inflow inflow = shared.inflow(config, intake, String.valueOf(socket.remoteAddress()));
    inflows.put(socket, inflow);
    socket.handler(inflow::take);
    // The end comes behind the last data, the close may come before it: see style.md, section 4.
    socket.endHandler(end -> ended(socket));
    socket.exceptionHandler(e -> failed(socket, e));
    if (paused) {
      socket.pause();
    }
  }

  private void ended(NetSocket socket) {
    Inflow inflow = inflows.remove(socket);
    if (inflow != null) {
      inflow.end();
      meters.closed();
    }
  }

  private void failed(NetSocket socket, Throwable e) {
    meters.connectionsFailed.increment();
    inflows.get(socket).cutOff();
    LOG.debug("listener {}: {} from {}", config.name(), e.toString(), socket.remoteAddress());
  }

  private void pause() {
    if (!paused) {
      paused = true;
      meters.pauses.increment();
      inflows.keySet().forEach(NetSocket::pause);
      intake.lane().window().whenRoom(() -> context.runOnContext(v -> resume()));
    }
  }

  private void resume() {
    paused = false;
    // A socket that resumes may hand over its data, and even end, before resume() is back.
    for (NetSocket socket : List.copyOf(inflows.keySet())) {
      if (paused) {
        socket.pause();
      } else {
        socket.resume();
      }
    }
  }

  @Override
  public Future<?> stop() {
    inflows.values().forEach(Inflow::cutOff);
    intake.send();
    return server.close();
  }
}
