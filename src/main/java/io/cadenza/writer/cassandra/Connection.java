package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.CassandraClientOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connection of a store to its cluster: made by Vert.x's client when it is first needed, shared
 * by the parts of the store and closed with the last of them, or with Vert.x. Once it is there the
 * driver keeps it, whatever nodes come and go. Any worker thread; {@link #tables} blocks.
 *
 * <p>Statements go to the session that the client has made: futures of the client itself come back
 * on the context of who asks, which for a worker is the thread that waits for them.
 */
final class Connection {
  /** So soon after an attempt failed, others who wait are told the same. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long CLOSING_SECONDS = 10;

  private final CassandraConfig config;
  private final Vertx vertx;
  private int users;
  private CassandraClient client;
  private CqlSession session;
  private volatile Tables tables;
  private Exception failure;
  private long failed;

  Connection(CassandraConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  /** Another part of the store has it, until it calls {@link #leave}. */
  synchronized void join() {
    users++;
  }

  synchronized void leave() {
    users--;
    if (users == 0) {
      close();
    }
  }

  /**
   * The tables, which are there; connects and makes them where that has not been done.
   *
   * @throws Exception when that can't be done now; to be tried again after a while
   */
  Tables tables() throws Exception {
    Tables ready = tables;
    return ready != null && !ready.session().isClosed() ? ready : prepare();
  }

  /** A table may be gone, or another, when a request was refused: they are looked at anew. */
  void doubt(Tables which, Exception failure) {
    if (failure.getCause() instanceof InvalidQueryException && tables == which) {
      tables = null;
    }
  }

  private synchronized Tables prepare() throws Exception {
    if (tables != null && !tables.session().isClosed()) {
      return tables;
    }
    if (failure != null && System.nanoTime() - failed < AGAIN_NANOS) {
      throw new IOException(failure.getMessage(), failure);
    }
    try {
      if (session == null || session.isClosed()) {
        close();
        session = connect();
      }
      tables = Tables.of(session, config);
      failure = null;
      return tables;
    } catch (Exception e) {
      failure = e;
      failed = System.nanoTime();
      close();
      throw e;
    }
  }

  /**
   * On a thread that Vert.x does not know, so that what comes back does not wait for who waits for
   * it, and the client does not end with the verticle that happens to be the first.
   */
  private CqlSession connect() throws Exception {
    SessionMaker maker = new SessionMaker(config, vertx);
    CompletableFuture<CassandraClient> connected = new CompletableFuture<>();
    Thread thread = new Thread(() -> connect(maker, connected), "cassandra-connect");
    thread.setDaemon(true);
    thread.start();
    try {
      client = connected.get();
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (InterruptedException e) {
      connected.thenAccept(CassandraClient::close);
      throw e;
    }
    return maker.made();
  }

  /** With what was wrong with the first node: the driver's own words are of objects. */
  private IOException unreachable(Throwable cause) {
    Throwable first = cause;
    if (cause instanceof AllNodesFailedException all && !all.getAllErrors().isEmpty()) {
      first = all.getAllErrors().values().iterator().next().get(0);
    }
    while (first.getCause() != null && first.getCause().getMessage() != null) {
      first = first.getCause();
    }
    return new IOException(
        "Cassandra can't be reached at " + config.cluster().names() + ": " + first.getMessage(),
        cause);
  }

  private void connect(SessionMaker maker, CompletableFuture<CassandraClient> connected) {
    try {
      CassandraClient its = CassandraClient.create(vertx, new CassandraClientOptions(maker));
      its.metadata()
          .onSuccess(any -> connected.complete(its))
          .onFailure(
              cause -> {
                its.close();
                connected.completeExceptionally(cause);
              });
    } catch (RuntimeException e) {
      // As when Vert.x is closed already.
      connected.completeExceptionally(e);
    }
  }

  private void close() {
    tables = null;
    if (client == null) {
      return;
    }
    client.close();
    client = null;
    try {
      session.closeFuture().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Its threads are daemons; there is nothing to do about it.
    }
    session = null;
  }
}
