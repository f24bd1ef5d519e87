package io.cadenza.tool;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Listens and prints each line it is sent as {@code [ECHO from URL] line}. Started and stopped from
 * any thread; all else happens on one event loop, which also does the printing: a slow reader of
 * the output slows the senders, and nothing piles up.
 */
final class Echo implements EchoListener.Ear {
  /**
   * What came in.
   *
   * @param lines those printed, or counted when quiet
   * @param bytes all that was read
   */
  record Totals(long lines, long bytes) {}

  private final Vertx vertx;
  private final EchoOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final Context context;
  private final Promise<Void> done = Promise.promise();
  private final List<EchoListener> listeners;
  private long lines;
  private long toldLines;
  private long ticker = -1;

  /**
   * @param out where lines go; buffered, flushed after each read
   * @param err where counts go
   */
  Echo(Vertx vertx, EchoOptions options, PrintStream out, PrintStream err) {
    this.vertx = vertx;
    this.options = options;
    this.out = out;
    this.err = err;
    this.context = vertx.getOrCreateContext();
    this.listeners = options.servers().stream().map(url -> new EchoListener(url, this)).toList();
  }

  /** Listens everywhere. Answers where, with the ports given for 0; fails if one address does. */
  Future<List<Url>> start() {
    Promise<List<Url>> started = Promise.promise();
    context.runOnContext(v -> listen().onComplete(started));
    return started.future();
  }

  private Future<List<Url>> listen() {
    ticker = vertx.setPeriodic(options.every().toMillis(), id -> tell());
    return Future.all(listeners.stream().map(this::listen).toList())
        .map(all -> listeners.stream().map(EchoListener::url).toList());
  }

  private Future<EchoListener> listen(EchoListener listener) {
    return listener
        .listen(vertx)
        .recover(
            e -> Future.failedFuture(new IOException(listener.url() + ": " + e.getMessage(), e)));
  }

  /** Completes when as many lines have come as were asked for; fails when printing does. */
  Future<Void> done() {
    return done.future();
  }

  /** Has it done, whatever has come. From any thread. */
  void finish() {
    done.tryComplete();
  }

  /** Stops listening. */
  Future<Totals> stop() {
    Promise<Totals> stopped = Promise.promise();
    context.runOnContext(v -> close().onComplete(stopped));
    return stopped.future();
  }

  private Future<Totals> close() {
    vertx.cancelTimer(ticker);
    return Future.join(listeners.stream().map(EchoListener::close).toList())
        .map(v -> new Totals(lines, bytes()));
  }

  private long bytes() {
    return listeners.stream().mapToLong(listener -> listener.bytes).sum();
  }

  @Override
  public void line(EchoListener from, byte[] bytes, int start, int end) {
    if (options.count() > 0 && lines == options.count()) {
      return;
    }
    lines++;
    from.lines++;
    if (!options.quiet()) {
      out.write(from.label(), 0, from.label().length);
      out.write(bytes, start, end - start);
      out.write('\n');
    }
  }

  @Override
  public void pause() {
    if (out.checkError()) {
      done.tryFail(new IOException("the output can't be written to"));
    } else if (options.count() > 0 && lines == options.count()) {
      done.tryComplete();
    }
  }

  private void tell() {
    double rate = (lines - toldLines) * 1000.0 / options.every().toMillis();
    toldLines = lines;
    String each =
        listeners.stream().map(l -> l.url() + " " + l.lines).collect(Collectors.joining(", "));
    err.println(
        String.format(
            Locale.ROOT,
            "[ECHO] %d lines, %d bytes, %.1f lines/s; %s",
            lines,
            bytes(),
            rate,
            each));
  }
}
