package io.cadenza.listen;

import io.cadenza.config.Url;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Pace;
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
 * Streams of lines, frames or documents over TCP, TLS or unix sockets. One instance a core on a
 * shared port; each instance pauses its sockets while the router of its event loop is full, or
 * drops what finds no room there, as its configuration says.
 *
 * <p>On stop nobody is let in any more, what the connections have sent already is read, and they
 * are closed once they are quiet.
 */
public final class TcpListenerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TcpListenerVerticle.class);
  private static final long GRACE_MILLIS = 2000;
  private static final long QUIET_MILLIS = 50;

  private final ListenerConfig config;
  private final Intakes shared;
  private final Map<NetSocket, Connection> connections = new HashMap<>();
  private final IdleWatch watch = new IdleWatch();
  private SocketFile file;
  private ListenerMeters meters;
  private Intake intake;
  private Inflows inflows;
  private NetServer server;
  private Pace drops;
  private boolean paused;

  public TcpListenerVerticle(ListenerConfig config, Intakes shared) {
    this.config = config;
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    meters = shared.meters();
    intake = shared.intake(vertx, context);
    intake.onFull(this::pause);
    inflows = shared.inflows(intake);
    drops = shared.pace();
    watch.start(vertx, config.idleTimeout(), this::closeIdle);
    server = vertx.createNetServer(options()).connectHandler(this::opened);
    server.exceptionHandler(this::refused);
    return config.url().scheme() == Url.Scheme.UNIX ? listenOnFile() : server.listen(address());
  }

  private Future<?> listenOnFile() {
    SocketFile own = new SocketFile(config.url().path(), config.permissions());
    return blocking(own::makeFree)
        .compose(v -> server.listen(address()))
        .compose(v -> blocking(own::opened))
        .onSuccess(v -> file = own);
  }

  private interface FileWork {
    void run() throws java.io.IOException;
  }

  private Future<Void> blocking(FileWork work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        });
  }

  private NetServerOptions options() {
    NetServerOptions options = new NetServerOptions();
    options.setAcceptBacklog(config.backlog()).setReusePort(config.reusePort());
    options.setClientAuth(config.tls().clientAuth());
    config.tls().apply(options);
    return options;
  }

  private SocketAddress address() {
    return config.url().scheme() == Url.Scheme.UNIX
        ? SocketAddress.domainSocketAddress(config.url().path())
        : SocketAddress.inetSocketAddress(config.url().port(), config.url().host());
  }

  /** A connection that never came about: it does not speak TLS, or shows no certificate. */
  private void refused(Throwable e) {
    meters.connectionsFailed.increment();
    LOG.debug("listener {}: {}", config.name(), e.toString());
  }

  private void opened(NetSocket socket) {
    if (!shared.opened()) {
      socket.close();
      return;
    }
    Connection connection = new Connection(socket, intake, inflows.open(), watch);
    connections.put(socket, connection);
    socket.handler(connection::take);
    // The end comes behind the last data; on a paused socket the close comes before both.
    socket.endHandler(end -> ended(socket));
    socket.exceptionHandler(e -> failed(connection, e));
    // On shutdown a socket without a handler would be closed with what it has not given us yet.
    socket.shutdownHandler(v -> {});
    if (paused) {
      connection.pause();
    }
  }

  private void ended(NetSocket socket) {
    Connection connection = connections.remove(socket);
    if (connection != null) {
      connection.ended();
      shared.closed();
    }
  }

  /** The end follows, behind what has come. */
  private void failed(Connection connection, Throwable e) {
    meters.connectionsFailed.increment();
    if (e instanceof Error) {
      vertx.exceptionHandler().handle(e);
    }
    connection.cut();
    LOG.debug("listener {}: {} from {}", config.name(), e, connection.socket.remoteAddress());
  }

  /** A sender that we made to wait is not idle. */
  private void closeIdle() {
    if (paused) {
      return;
    }
    for (Connection connection : List.copyOf(connections.values())) {
      if (connection.idle()) {
        meters.connectionsIdle.increment();
        connection.hangUp();
      }
    }
  }

  private void pause() {
    if (!paused) {
      paused = true;
      meters.pauses.increment();
      connections.values().forEach(Connection::pause);
      if (config.drops()) {
        // The router has its turn first: only what it can't take then is dropped.
        context.runOnContext(v -> dropOrResume());
      } else {
        whenRoom(this::resume);
      }
    }
  }

  private void whenRoom(Runnable task) {
    intake.lane().window().whenRoom(() -> context.runOnContext(v -> task.run()));
  }

  private void dropOrResume() {
    if (intake.full()) {
      intake.dropping(true);
      whenRoom(() -> intake.dropping(false));
      tellThatItDrops();
    }
    resume();
  }

  private void tellThatItDrops() {
    long times = drops.happened();
    if (times > 0) {
      LOG.warn(
          "listener {}: its pipeline can take no more, so lines are dropped ({} time(s))",
          config.name(),
          times);
    }
  }

  private void resume() {
    if (intake.mustWait()) {
      whenRoom(this::resume);
      return;
    }
    paused = false;
    // A socket that resumes may hand over its data, and even end, before resume() is back.
    for (Connection connection : List.copyOf(connections.values())) {
      if (!paused && connection.proceed() && !paused) {
        connection.resume();
      } else {
        connection.pause();
      }
    }
  }

  @Override
  public Future<?> stop() {
    vertx.setPeriodic(QUIET_MILLIS, tick -> closeQuiet());
    return OwnLoop.after(context, server.shutdown(GRACE_MILLIS, TimeUnit.MILLISECONDS))
        .eventually(
            () -> {
              List.copyOf(connections.values()).forEach(Connection::cut);
              List.copyOf(connections.keySet()).forEach(this::ended);
              intake.send();
              return file == null ? Future.succeededFuture() : blocking(file::remove);
            });
  }

  private void closeQuiet() {
    for (Connection connection : List.copyOf(connections.values())) {
      if (!paused && connection.quiet()) {
        connection.hangUp();
      }
    }
  }
}
