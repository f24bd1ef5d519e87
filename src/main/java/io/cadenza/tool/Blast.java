package io.cadenza.tool;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sends generated lines to servers, as fast as they are taken or with a pause after each buffer.
 * Started and stopped from any thread; all else happens on one event loop.
 */
final class Blast {
  /**
   * What was sent: lines and bytes whose write was done.
   *
   * @param failed senders whose server went away
   */
  record Totals(long lines, long bytes, double seconds, int failed) {
    String json() {
      return String.format(
          Locale.ROOT, "{\"lines\": %d, \"bytes\": %d, \"seconds\": %.3f}", lines, bytes, seconds);
    }
  }

  private static final long STOP_MILLIS = 1000;

  private final Vertx vertx;
  private final BlastOptions options;
  private final Duration every;
  private final LineMaker maker;
  private final InstantSource clock;
  private final PrintStream err;
  private final Context context;
  private final Promise<Void> done = Promise.promise();
  private final List<Fork> forks = new ArrayList<>();
  private long begun;
  private long ended;
  private long toldLines;
  private long toldBytes;
  private long ticker = -1;
  private int running;
  private int failed;

  /**
   * @param every how often the rate is told on {@code err}
   */
  Blast(
      Vertx vertx,
      BlastOptions options,
      Duration every,
      LineMaker maker,
      InstantSource clock,
      PrintStream err) {
    this.vertx = vertx;
    this.options = options;
    this.every = every;
    this.maker = maker;
    this.clock = clock;
    this.err = err;
    this.context = vertx.getOrCreateContext();
  }

  /** Connects all senders, then lets them begin; fails if one can't connect. */
  Future<Void> start() {
    Promise<Void> started = Promise.promise();
    context.runOnContext(v -> connect().onComplete(started));
    return started.future();
  }

  private Future<Void> connect() {
    List<Future<Void>> opening = new ArrayList<>();
    for (Url url : options.servers()) {
      for (int i = 0; i < options.forks(); i++) {
        opening.add(open(url, options.share(opening.size())));
      }
    }
    return Future.all(opening).map(v -> begin());
  }

  private Future<Void> open(Url url, long share) {
    return Link.open(vertx, url)
        .<Void>map(link -> opened(new Fork(vertx, options, maker, link, share)))
        .recover(e -> Future.failedFuture(new IOException(url + ": " + e.getMessage(), e)));
  }

  private Void opened(Fork fork) {
    forks.add(fork);
    return null;
  }

  private Void begin() {
    begun = clock.millis();
    ticker = vertx.setPeriodic(every.toMillis(), id -> tell());
    running = forks.size();
    forks.forEach(fork -> fork.start().onSuccess(v -> ended()).onFailure(this::failed));
    return null;
  }

  private void failed(Throwable cause) {
    failed++;
    err.println("[BLAST] a sender ended: " + cause.getMessage());
    ended();
  }

  private void ended() {
    if (--running == 0) {
      ended = clock.millis();
      done.tryComplete();
    }
  }

  /** Completes when every sender has ended. */
  Future<Void> done() {
    return done.future();
  }

  /** Has it done, whatever has been sent. From any thread. */
  void finish() {
    done.tryComplete();
  }

  /** Stops sending and closes the connections. */
  Future<Totals> stop() {
    Promise<Totals> stopped = Promise.promise();
    context.runOnContext(v -> close().onComplete(stopped));
    return stopped.future();
  }

  private Future<Totals> close() {
    vertx.cancelTimer(ticker);
    return Future.join(forks.stream().map(fork -> fork.stop(STOP_MILLIS)).toList())
        .map(v -> totals());
  }

  private Totals totals() {
    long end = ended == 0 ? clock.millis() : ended;
    return new Totals(lines(), bytes(), (end - begun) / 1000.0, failed);
  }

  private long lines() {
    return forks.stream().mapToLong(fork -> fork.lines).sum();
  }

  private long bytes() {
    return forks.stream().mapToLong(fork -> fork.bytes).sum();
  }

  private void tell() {
    double seconds = every.toMillis() / 1000.0;
    long lines = lines();
    long bytes = bytes();
    err.printf(
        Locale.ROOT,
        "[BLAST] %d lines, %d bytes, %.1f lines/s, %.1f bytes/s%n",
        lines,
        bytes,
        (lines - toldLines) / seconds,
        (bytes - toldBytes) / seconds);
    toldLines = lines;
    toldBytes = bytes;
  }
}
