package io.cadenza.api.cache;

import io.cadenza.api.Library;
import io.cadenza.api.encode.Pickle;
import io.cadenza.api.encode.Piece;
import io.cadenza.config.Url;
import io.cadenza.format.PickleReader;
import io.cadenza.meter.CacheQueryMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Answers graphite-web's questions about what is not written yet, with pickles of protocol 2 in
 * frames. One instance. A request that is no dict of data closes the connection, as carbon does.
 */
public final class CacheQueryVerticle extends VerticleBase {
  private final CacheQueryConfig config;
  private final Url url;
  private final CacheQueries queries;
  private final CacheQueryMeters meters;
  private final Set<NetSocket> sockets = new HashSet<>();
  private NetServer server;

  /**
   * @param config one that says where to listen
   * @param library the stores whose metadata is asked for
   * @param cached what waits
   */
  public CacheQueryVerticle(
      CacheQueryConfig config, Library library, Cached cached, CacheQueryMeters meters) {
    this.config = config;
    this.url = config.listen().orElseThrow();
    this.queries = new CacheQueries(library, cached, config.maxMetrics());
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    NetServerOptions options =
        new NetServerOptions()
            .setReusePort(true) // A process that takes our place listens before we leave.
            .setIdleTimeout((int) config.idleTimeout().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    meters.here(sockets::size, config.maxConnections());
    server = vertx.createNetServer(options);
    return server.connectHandler(this::opened).listen(url.port(), url.host());
  }

  /** The port that it listens on; once it has started. */
  public int port() {
    return server.actualPort();
  }

  private void opened(NetSocket socket) {
    if (sockets.size() >= config.maxConnections()) {
      meters.connectionsRefused.increment();
      socket.close();
      return;
    }
    sockets.add(socket);
    socket.closeHandler(gone -> sockets.remove(socket));
    Frames frames = new Frames(config.maxFrame());
    Turns turns = new Turns(socket);
    socket.handler(
        more -> {
          if (!frames.take(more, turns::take)) {
            refuse(socket);
          }
        });
  }

  private void refuse(NetSocket socket) {
    meters.refused.increment();
    socket.close();
  }

  @Override
  public Future<?> stop() {
    Set.copyOf(sockets).forEach(NetSocket::close);
    return server.close();
  }

  /** The requests of one connection, answered one after the other. */
  private final class Turns {
    private final NetSocket socket;
    private Future<Void> last = Future.succeededFuture();

    private Turns(NetSocket socket) {
      this.socket = socket;
    }

    private void take(byte[] frame) {
      Object request = PickleReader.unpickle(frame, 0, frame.length);
      if (!(request instanceof Map<?, ?> dict)) {
        refuse(socket);
        return;
      }
      meters.requests.increment();
      if (!CacheQueries.isQuick(dict) || !last.isComplete()) {
        socket.pause(); // Until this one is answered.
        last =
            last.transform(done -> vertx.executeBlocking(() -> queries.answer(dict), true))
                .compose(this::send)
                .onComplete(done -> socket.resume());
      } else {
        last = send(queries.answer(dict));
      }
    }

    private Future<Void> send(Map<String, Object> answer) {
      Piece pickle = pickle(answer);
      Buffer frame = Buffer.buffer(Integer.BYTES + pickle.length()).appendInt(pickle.length());
      frame.appendBytes(pickle.bytes(), 0, pickle.length());
      if (socket.writeQueueFull()) {
        socket.pause();
        socket.drainHandler(drained -> socket.resume());
      }
      return socket.write(frame);
    }

    private Piece pickle(Map<String, Object> answer) {
      try {
        return Pickle.body(answer).next();
      } catch (IOException inMemoryThereIsNone) {
        throw new UncheckedIOException(inMemoryThereIsNone);
      }
    }
  }
}
