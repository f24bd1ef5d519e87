package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.cadenza.meter.Complaints;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of HTTP: a POST for each write, the next one when the answer has come.
 *
 * <p>An answer of 2xx is done. 408, 429 and 5xx may be better next time: the write fails and the
 * connection with it. Any other answer would be the same again: the lines are dropped.
 */
final class HttpWire implements Wire {
  private static final Logger LOG = LoggerFactory.getLogger(HttpWire.class);
  private static final long LOG_NANOS = 10_000_000_000L;
  private static final int SHOWN = 200;

  private final HttpClientConnection connection;
  private final DestinationConfig config;
  private final Encoder encoder;
  private final RequestOptions post;
  private Consumer<Failure> gone;
  private boolean asked;
  private boolean over;
  private long toldAt = System.nanoTime() - LOG_NANOS;

  HttpWire(HttpClientConnection connection, DestinationConfig config, Encoder encoder) {
    this.connection = connection;
    this.config = config;
    this.encoder = encoder;
    post = new RequestOptions().setMethod(HttpMethod.POST).setURI(config.url().path());
    post.setHost(config.url().host()).setPort(config.url().port());
    post.putHeader(
        "Content-Type", config.pickle() ? "application/octet-stream" : "text/plain; charset=utf-8");
    if (config.gzip()) {
      post.putHeader("Content-Encoding", "gzip");
    }
    connection.closeHandler(closed -> broken());
  }

  private void broken() {
    if (!over) {
      over = true;
      encoder.close();
      if (gone != null) {
        gone.accept(Failure.CLOSED);
      }
    }
  }

  @Override
  public Future<Refused> write(List<LineRun> runs) {
    Buffer body = encoder.encode(runs);
    Refused left = Refused.notGraphite(encoder.refused());
    if (body.length() == 0) {
      return Future.succeededFuture(left);
    }
    asked = true;
    int lines = runs.stream().mapToInt(LineRun::lines).sum();
    return connection
        .request(new RequestOptions(post))
        .compose(request -> request.send(body))
        .compose(response -> whole(response).compose(text -> judge(response, text, left, lines)))
        .onComplete(answered -> asked = false);
  }

  /** The end of an answer, which frees the connection, and the start of its text. */
  private static Future<String> whole(HttpClientResponse response) {
    Promise<String> read = Promise.promise();
    Buffer start = Buffer.buffer();
    response.handler(
        part -> start.appendBuffer(part, 0, Math.min(part.length(), SHOWN - start.length())));
    response.exceptionHandler(read::tryFail);
    response.endHandler(end -> read.tryComplete(start.toString().strip()));
    return read.future();
  }

  private Future<Refused> judge(HttpClientResponse response, String text, Refused left, int lines) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return Future.succeededFuture(left);
    }
    byte[] answer = (response.statusMessage() + ": " + text).getBytes(StandardCharsets.UTF_8);
    String told = "answered " + status + " " + Complaints.shown(answer, 0, answer.length);
    if (status == 408 || status == 429 || status >= 500) {
      return Future.failedFuture(new Failure("status", told));
    }
    long now = System.nanoTime();
    if (now - toldAt >= LOG_NANOS) {
      toldAt = now;
      LOG.warn("destination {} {}; {} lines dropped", config.name(), told, lines);
    }
    return Future.succeededFuture(new Refused("rejected", lines));
  }

  @Override
  public boolean full() {
    return asked;
  }

  @Override
  public void onBroken(Consumer<Failure> then) {
    gone = then;
    if (over) {
      then.accept(Failure.CLOSED);
    }
  }

  @Override
  public boolean confirms() {
    return true;
  }

  /** Waits for no peer: one body at most is under way, and the kernel has room for it. */
  @Override
  public Future<Void> close() {
    over = true;
    encoder.close();
    return connection.close();
  }
}
