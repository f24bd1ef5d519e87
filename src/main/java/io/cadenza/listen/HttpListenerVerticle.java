package io.cadenza.listen;

import io.cadenza.bus.Leave;
import io.cadenza.line.Invalid;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Share;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies of lines, JSON or a pickle over HTTP/1.1, by any method. One instance a core on a shared
 * port.
 *
 * <p>A body is looked at when all of it has come, and answered when the router has dealt with its
 * last line: 200 means that the good ones are on their way, and a full destination makes the client
 * wait. The memory that bodies hold meanwhile is bounded; a request beyond gets a 503. Where the
 * configuration says drop, nobody waits: 202 means that all of a body was handed over, and while
 * there is no room a request gets a 503 and nothing of it is taken.
 *
 * <p>On stop nobody is let in any more, but those who have come; what is asked is answered, and
 * each connection is closed behind its next answer, or when it is quiet, or when its grace is over.
 */
public final class HttpListenerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListenerVerticle.class);
  private static final byte[] NOTHING = {};
  private static final String NO_ROOM = "too many bodies are waiting; try again";
  private static final String FULL = "the pipeline can take no more; try again";

  /** What a request takes besides its body, about. */
  private static final int REQUEST = 4096;

  private final ListenerConfig config;
  private final Intakes shared;
  private final Deque<Submission> waiting = new ArrayDeque<>();
  private final IdleWatch watch = new IdleWatch();
  private ListenerMeters meters;
  private Guests guests;
  private Answers answers;
  private Intake intake;
  private Inflows inflows;
  private HttpServer server;
  private Share holds;
  private long held;
  private boolean scheduled;
  private boolean leaving;

  public HttpListenerVerticle(ListenerConfig config, Intakes shared) {
    this.config = config;
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    meters = shared.meters();
    answers = new Answers(meters);
    guests = new Guests(meters, watch);
    holds = meters.waitingBytes();
    meters.waitingLimitBytes().set(config.maxWaiting());
    intake = shared.intake(vertx, context);
    inflows = shared.inflows(intake);
    watch.start(vertx, config.idleTimeout(), guests::closeIdle);
    server = vertx.createHttpServer(options()).requestHandler(this::asked);
    server.connectionHandler(this::opened);
    server.invalidRequestHandler(answers::invalid);
    server.exceptionHandler(this::refused);
    return vertx.executeBlocking(shared.entrance()::address).compose(server::listen);
  }

  private HttpServerOptions options() {
    HttpServerOptions options = shared.entrance().named(new HttpServerOptions());
    options.setAcceptBacklog(config.backlog()).setReusePort(config.reusePort());
    options.setHandle100ContinueAutomatically(true);
    // One request at a time on a connection: max-connections bounds requests as well.
    options.setHttp2ClearTextEnabled(false).setUseAlpn(false);
    options.setClientAuth(config.tls().clientAuth());
    config.tls().apply(options);
    return options;
  }

  /** A connection that never came about: it does not speak TLS, or shows no certificate. */
  private void refused(Throwable e) {
    meters.connectionsFailed.increment();
    LOG.debug("listener {}: {}", config.name(), e.toString());
  }

  private void opened(HttpConnection connection) {
    if (!shared.opened()) {
      connection.close();
      return;
    }
    guests.opened(connection);
    connection.closeHandler(
        closed -> {
          guests.closed(connection);
          shared.closed();
        });
  }

  private void asked(HttpServerRequest request) {
    Guests.Guest guest = guests.of(request.connection());
    if (guest == null) {
      return; // Over max-connections: its connection is being closed.
    }
    guests.heard(guest);
    if (leaving) {
      closeBehind(request);
    }
    Encoding encoding = Encoding.of(request.getHeader("Content-Encoding"));
    if (!path().equals(request.path())) {
      answers.error(request, 404, "there is nothing here; lines are taken at " + path());
    } else if (encoding == Encoding.UNKNOWN) {
      answers.error(
          request, 415, "the body's encoding is not known; gzip, deflate and identity are");
    } else if (claimed(request) > config.maxBody()) {
      answers.tooLong(request, config.maxBody());
    } else if (held + REQUEST > config.maxWaiting()) {
      answers.busy(request, NO_ROOM);
    } else if (config.drops() && intake.full()) {
      answers.busy(request, FULL);
    } else {
      Body body = new Body(config.maxBody(), claimed(request), encoding.decompressor());
      read(request, guest, body);
    }
  }

  /** How long a body says it is; negative when it does not, or says nonsense. */
  private static long claimed(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String path() {
    return config.url().path();
  }

  private void read(HttpServerRequest request, Guests.Guest guest, Body body) {
    Reading reading = new Reading(request, guest, body);
    hold(REQUEST);
    request.handler(reading::take);
    request.endHandler(end -> reading.end());
    request.exceptionHandler(e -> reading.cutOff());
  }

  private void hold(long bytes) {
    held += bytes;
    holds.set(held);
  }

  /** One request whose body is coming. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Guests.Guest guest;
    private final Body body;
    private boolean over;

    private Reading(HttpServerRequest request, Guests.Guest guest, Body body) {
      this.request = request;
      this.guest = guest;
      this.body = body;
    }

    private void take(Buffer piece) {
      if (over) {
        return;
      }
      guests.heard(guest);
      int before = body.size();
      Body.State state = body.add(piece);
      hold(body.size() - before);
      if (state != Body.State.FINE) {
        refuse(state);
      } else if (held > config.maxWaiting()) {
        letGo();
        answers.busy(request, NO_ROOM);
      }
    }

    private void refuse(Body.State state) {
      letGo();
      if (state == Body.State.TOO_LONG) {
        answers.tooLong(request, config.maxBody());
      } else {
        intake.from(request.remoteAddress());
        intake.refused(Invalid.COMPRESSION, NOTHING, 0, 0);
        answers.error(request, 400, "the body can't be decompressed");
      }
    }

    private void end() {
      if (over) {
        return;
      }
      Body.State state = body.end();
      if (state != Body.State.FINE) {
        refuse(state);
        return;
      }
      over = true;
      body.close();
      guest.waits = true;
      submit(request, guest, body);
    }

    /** The client went away in the middle. */
    private void cutOff() {
      if (!over) {
        letGo();
        answers.gone();
        meters.connectionsFailed.increment();
        intake.from(request.remoteAddress());
        intake.refused(Invalid.CUT_OFF, NOTHING, 0, 0);
      }
    }

    private void letGo() {
      over = true;
      hold(-REQUEST - body.size());
      body.close();
    }
  }

  private void submit(HttpServerRequest request, Guests.Guest guest, Body body) {
    Report report = new Report(!config.drops(), task -> context.runOnContext(v -> task.run()));
    report.whenComplete(
        () -> {
          over(guest, body);
          if (leaving) {
            closeBehind(request);
          }
          answers.report(request, report);
        });
    waiting.add(new Submission(request, body, report, inflows, () -> over(guest, body)));
    schedule();
  }

  private void over(Guests.Guest guest, Body body) {
    hold(-REQUEST - body.size());
    guests.answered(guest);
  }

  private void schedule() {
    if (!scheduled && !waiting.isEmpty()) {
      scheduled = true;
      if (intake.full() && !config.drops()) {
        meters.pauses.increment();
        intake.lane().window().whenRoom(() -> context.runOnContext(v -> work()));
      } else {
        context.runOnContext(v -> work());
      }
    }
  }

  private void work() {
    scheduled = false;
    Submission next = waiting.peek();
    if (config.drops() && !next.begun() && intake.full()) {
      waiting.remove();
      next.refused.run();
      answers.busy(next.request, FULL);
    } else {
      give(next);
    }
    schedule();
  }

  private void give(Submission next) {
    intake.send();
    intake.from(next.request.remoteAddress());
    intake.ledger(next.report);
    boolean all = next.give();
    intake.send();
    intake.ledger(null);
    if (all) {
      waiting.remove();
      next.report.allGiven();
    }
  }

  /** The answer to this request is the last on its connection. */
  private static void closeBehind(HttpServerRequest request) {
    if (!request.response().headWritten()) {
      request.response().putHeader("Connection", "close");
    }
    request.response().bodyEndHandler(end -> request.connection().shutdown());
  }

  @Override
  public Future<?> stop() {
    Leave leave = shared.entrance().leave();
    return OwnLoop.after(context, shared.entrance().close())
        .compose(
            v -> {
              leaving = true;
              return Farewell.begin(
                  vertx,
                  leave,
                  config.tls().enabled(),
                  guests::anyWaits,
                  last -> guests.allGone(last, !leave.succeeded()));
            })
        .eventually(() -> OwnLoop.after(context, server.close()))
        .onComplete(done -> intake.send());
  }
}
