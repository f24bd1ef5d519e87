package io.cadenza.listen;

import io.cadenza.bus.Leave;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of lines, frames or documents over TCP, TLS or unix sockets. One instance a core on a
 * shared port; each instance pauses its sockets while the router of its event loop is full, or
 * drops what finds no room there, as its configuration says.
 *
 * <p>On stop nobody is let in any more, but those who have come; the senders are told to go by a
 * FIN, and what they send is read until they do, or until they are quiet and nobody else serves
 * them, or until their grace is over.
 */
public final class TcpListenerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TcpListenerVerticle.class);

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
  private boolean leaving;

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
    return config.url().scheme() == Url.Scheme.UNIX ? listenOnFile() : listen();
  }

  private Future<?> listen() {
    return vertx.executeBlocking(shared.entrance()::address).compose(server::listen);
  }

  private Future<?> listenOnFile() {
    SocketFile own = shared.entrance().file(config.permissions());
    return blocking(own::clear)
        .compose(v -> server.listen(SocketAddress.domainSocketAddress(own.first())))
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
    NetServerOptions options = shared.entrance().named(new NetServerOptions());
    options.setAcceptBacklog(config.backlog()).setReusePort(config.reusePort());
    options.setClientAuth(config.tls().clientAuth());
    config.tls().apply(options);
    return options;
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
    if (leaving) {
      connection.tell();
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
    Leave leave = shared.entrance().leave();
    return OwnLoop.after(context, shared.entrance().close())
        .compose(v -> sayFarewell(leave))
        .eventually(() -> OwnLoop.after(context, server.close()))
        .eventually(
            () -> {
              List.copyOf(connections.values()).forEach(this::cut);
              intake.send();
              return file == null ? Future.succeededFuture() : blocking(file::remove);
            });
  }

  private Future<Void> sayFarewell(Leave leave) {
    leaving = true;
    connections.values().forEach(Connection::tell);
    return Farewell.begin(
        vertx,
        leave,
        config.tls().enabled(),
        () -> paused,
        last -> {
          closeQuiet(last, !leave.succeeded());
          return connections.isEmpty();
        });
  }

  private void closeQuiet(boolean last, boolean alone) {
    for (Connection connection : List.copyOf(connections.values())) {
      int quiet = connection.quietLooks();
      if (!paused && (last || alone && quiet >= Farewell.QUIET)) {
        if (quiet == 0) {
          meters.connectionsCut.increment();
        }
        connection.hangUp();
      }
    }
  }

  /** Its time is over. */
  private void cut(Connection connection) {
    meters.connectionsCut.increment();
    connection.cut();
    ended(connection.socket);
  }
}
