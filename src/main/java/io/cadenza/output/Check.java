package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.meter.CheckMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Checks one destination over and over, and tells its state when enough checks in a row have failed
 * or passed. Never asks while something of the last asking is left, such as a lookup of a name that
 * hangs: what is not answered in time has failed, asked or not. One event loop.
 */
final class Check {
  private final CheckConfig config;
  private final DestinationState state;
  private final CheckMeters meters;
  private final Vertx vertx;
  private final Probe probe;
  private final Failure late;
  private boolean busy;
  private boolean answered;
  private boolean due;
  private boolean over;
  private boolean up = true;
  private int inRow;

  Check(CheckVerticle.Target target, Vertx vertx) {
    this.config = target.config();
    this.state = target.state();
    this.meters = target.meters();
    this.vertx = vertx;
    probe =
        config.kind() == CheckConfig.Kind.HTTP
            ? new HttpProbe(config, target.tls(), vertx)
            : new SocketProbe(config, vertx);
    late = new Failure("timeout", "no answer in " + config.timeout().toMillis() + " ms");
  }

  void start() {
    vertx.setPeriodic(config.interval().toMillis(), tick -> tick());
    ask();
  }

  private void tick() {
    if (over) {
      return;
    }
    if (!busy) {
      ask();
    } else if (answered) {
      meters.checks.increment();
      failed(late);
    } else {
      due = true; // As long as the interval is the timeout: the next is asked when this is over.
    }
  }

  private void ask() {
    meters.checks.increment();
    busy = true;
    answered = false;
    due = false;
    Promise<Void> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            config.timeout().toMillis(),
            t -> {
              if (answer.tryFail(late)) {
                probe.giveUp();
              }
            });
    answer.future().onComplete(done -> judge(done.cause()));
    Future.succeededFuture()
        .compose(now -> probe.ask()) // What it throws is a failure like others.
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (done.succeeded()) {
                answer.tryComplete();
              } else {
                answer.tryFail(done.cause());
              }
              free();
            });
  }

  private void free() {
    busy = false;
    if (due && !over) {
      ask();
    }
  }

  private void judge(Throwable trouble) {
    answered = true;
    if (trouble == null) {
      passed();
    } else {
      failed(Failure.of(trouble));
    }
  }

  private void passed() {
    count(true, config.up(), null);
  }

  private void failed(Failure why) {
    if (!over) {
      meters.failed(why.reason());
      count(false, config.down(), why);
    }
  }

  /** What agrees with what is known ends a row of what does not. */
  private void count(boolean now, int enough, Failure why) {
    inRow = now == up ? 0 : inRow + 1;
    if (inRow >= enough && !over) {
      inRow = 0;
      up = now;
      state.checked(now, now ? null : "its check failed: " + why.getMessage());
    }
  }

  Future<Void> stop() {
    over = true;
    probe.giveUp();
    return probe.close();
  }
}
