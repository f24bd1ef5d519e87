package io.cadenza.api;

import io.cadenza.api.encode.Body;
import io.cadenza.api.encode.Gzip;
import io.cadenza.api.encode.Piece;
import io.cadenza.meter.ApiMeters;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from the door to the end of its answer. Event loop of the API, but for what a worker
 * does: it finds the answer and makes its first piece, later the others, one by one as the client
 * takes them. The place and the points of a request are given back when its answer is over and no
 * worker is at it any more.
 */
final class Visit {
  private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

  private final Desk desk;
  private final RoutingContext request;
  private final HttpServerResponse response;
  private final Endpoint endpoint;
  private final ApiMeters.Endpoint meters;
  private final String rest;
  private final Allowance allowance;
  private final long begun = System.nanoTime();
  private long timer;
  private boolean working;
  private boolean over;
  private long bytes;
  private Answer answer;

  Visit(Desk desk, RoutingContext request, Endpoint endpoint, String rest, Allowance allowance) {
    this.desk = desk;
    this.request = request;
    this.response = request.response();
    this.endpoint = endpoint;
    this.meters = desk.meters.endpoint(endpoint.name());
    this.rest = rest;
    this.allowance = allowance;
  }

  /** Refuses a request for which there is no room. */
  static void refuse(Desk desk, RoutingContext request, Endpoint endpoint, Throwable why) {
    Visit visit = new Visit(desk, request, endpoint, "", null);
    request.addEndHandler(end -> visit.count(end.succeeded()));
    visit.fail(why);
  }

  /** It was let in; its body comes next. */
  void begin() {
    timer = desk.vertx.setTimer(desk.config.limits().timeout().toMillis(), id -> late());
    request.addEndHandler(
        end -> {
          desk.vertx.cancelTimer(timer);
          over = true;
          allowance.cancel();
          count(end.succeeded());
          leaveIfIdle();
        });
    read();
  }

  /** Reads the body, if there can be one; endless ones are not read to their end. */
  private void read() {
    HttpServerRequest http = request.request();
    if (http.method() != HttpMethod.POST) {
      work(Buffer.buffer());
      return;
    }
    Buffer body = Buffer.buffer();
    http.handler(
        piece -> {
          if (response.headWritten()) {
            return;
          }
          if (body.length() + piece.length() > desk.config.maxBody()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            refuse(new Refusal(413, "A body may not be longer than api.max-body"));
          } else {
            body.appendBuffer(piece);
          }
        });
    http.endHandler(end -> work(body));
  }

  private void work(Buffer body) {
    if (over || response.headWritten()) {
      return;
    }
    working = true;
    desk.workers
        .executeBlocking(() -> first(body.getBytes()), false)
        .onComplete(
            found -> {
              working = false;
              if (over || response.headWritten()) {
                leaveIfIdle();
              } else {
                begin(found);
              }
            });
  }

  private Asked asked(byte[] body) {
    HttpServerRequest http = request.request();
    String header = http.getHeader(HttpHeaders.CONTENT_TYPE);
    String type = header == null ? "" : header;
    boolean json = type.toLowerCase(Locale.ROOT).startsWith(Answer.JSON);
    HttpMethod method = http.method() == HttpMethod.HEAD ? HttpMethod.GET : http.method();
    return new Asked(
        method,
        rest,
        Parameters.read(http.query(), body, type),
        json ? new String(body, StandardCharsets.UTF_8) : null,
        desk.wall.instant().getEpochSecond(),
        allowance);
  }

  /** An answer with its first piece. */
  private record Found(Answer answer, Body body, Buffer first, boolean packed) {}

  private Found first(byte[] sent) throws Exception {
    allowance.check();
    Answer found = endpoint.work().answer(asked(sent));
    Body body = found.body();
    Piece piece = body.next();
    boolean packed = packs() && piece.length() >= Gzip.LEAST;
    if (packed) {
      body = new Gzip(piece, body);
      piece = body.next();
    }
    return new Found(found, body, buffer(piece), packed);
  }

  private boolean packs() {
    String accepted = request.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    return desk.config.gzip() && accepted != null && Accepted.gzip(accepted);
  }

  private static Buffer buffer(Piece piece) {
    return Buffer.buffer(piece.length()).appendBytes(piece.bytes(), 0, piece.length());
  }

  private void begin(AsyncResult<Found> found) {
    if (found.failed()) {
      fail(found.cause());
      return;
    }
    answer = found.result().answer();
    head(found.result().packed());
    Body body = found.result().body();
    Buffer first = found.result().first();
    if (body.ended()) {
      end(first);
    } else {
      desk.vertx.cancelTimer(timer);
      timer = desk.vertx.setTimer(desk.config.limits().sending().toMillis(), id -> slow());
      response.setChunked(true);
      send(first, body);
    }
  }

  private void head(boolean packed) {
    response.setStatusCode(answer.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.type());
    response.putHeader(HttpHeaders.CACHE_CONTROL, cache());
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (desk.config.gzip()) {
      response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    if (packed) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
  }

  private String cache() {
    Endpoint.Tone tone = answer.tone() == null ? endpoint.tone() : answer.tone();
    String good =
        desk.config.token().isGiven() ? tone.good.replace("public", "private") : tone.good;
    return answer.isGood() ? good : tone.bad;
  }

  private void end(Buffer last) {
    bytes += last.length();
    if (!response.isChunked()) {
      // Vert.x says it by itself, but not of an answer to HEAD.
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(last.length()));
    }
    response.end(last);
  }

  private void send(Buffer piece, Body body) {
    bytes += piece.length();
    if (request.request().method() == HttpMethod.HEAD) {
      response.end();
      return;
    }
    response.write(piece);
    if (response.writeQueueFull()) {
      response.drainHandler(drained -> next(body));
    } else {
      next(body);
    }
  }

  private void next(Body body) {
    if (over || working || body.ended()) {
      return;
    }
    working = true;
    desk.workers
        .executeBlocking(() -> buffer(body.next()), false)
        .onComplete(
            piece -> {
              working = false;
              if (over) {
                leaveIfIdle();
              } else if (piece.failed()) {
                tell(piece.cause());
                Internals.closeNow(request.request().connection());
              } else if (body.ended()) {
                end(piece.result());
              } else {
                send(piece.result(), body);
              }
            });
  }

  /** It has no answer. */
  private void fail(Throwable cause) {
    Refusal refusal = Refusal.of(cause);
    if (refusal == null) {
      tell(cause);
      refusal = new Refusal(500, "This went wrong here; the log of Cadenza says more");
    }
    refuse(refusal);
  }

  private void refuse(Refusal why) {
    if (over || response.headWritten()) {
      return;
    }
    if (why.reason() != null) {
      desk.meters.refused(why.reason()).increment();
    }
    try {
      answer = Answer.refusal(why, endpoint.tone());
      head(false);
      if (why.status() == 503) {
        response.putHeader(HttpHeaders.RETRY_AFTER, "1");
      }
      end(buffer(answer.body().next()));
    } catch (IOException e) {
      throw new IllegalStateException("a body in memory can't be read", e);
    }
  }

  private void late() {
    allowance.cancel();
    refuse(new Refusal(503, allowance.late(), "time"));
  }

  /** A client that does not take its answer. */
  private void slow() {
    desk.meters.refused("slow-client").increment();
    Internals.closeNow(request.request().connection());
  }

  private void tell(Throwable mistake) {
    long times = desk.failures.happened();
    if (times > 0) {
      String uri = AccessLog.shown(request.request().uri());
      LOG.error("{} request(s) went wrong here, the last {}", times, uri, mistake);
    }
  }

  private void count(boolean answered) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
    String status = answered ? String.valueOf(response.getStatusCode()) : "gone";
    meters.requests(status).increment();
    meters.micros.add(micros);
    meters.bytes.add(bytes);
    if (answered && answer != null) {
      meters.series.add(answer.series());
      meters.points.add(answer.points());
    }
    desk.log.tell(request.request(), status, bytes, micros);
  }

  private void leaveIfIdle() {
    if (over && !working) {
      allowance.free();
      desk.left();
    }
  }
}
