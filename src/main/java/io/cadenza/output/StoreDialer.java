package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.cadenza.store.Caches;
import io.cadenza.store.LineIntake;
import io.cadenza.store.WriteCache;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The way into a store of this process: a write is done when all of its points are in the store's
 * cache. While that is full, lines wait here, and behind them in the destination's queue.
 */
final class StoreDialer implements Dialer, Wire {
  private final String store;
  private final Caches stores;
  private final Vertx vertx;
  private final Deque<Write> writes = new ArrayDeque<>();
  private WriteCache cache;
  private LineIntake intake;
  private boolean waiting;

  StoreDialer(String store, Caches stores, Vertx vertx) {
    this.store = store;
    this.stores = stores;
    this.vertx = vertx;
  }

  @Override
  public Future<Wire> dial() {
    return Future.succeededFuture(this);
  }

  @Override
  public Future<Refused> write(List<LineRun> runs) {
    Write write = new Write(List.copyOf(runs));
    writes.add(write);
    proceed();
    return write.done.future();
  }

  /** Takes what there is room for, in order; the rest once there is room. */
  private void proceed() {
    while (!waiting && !writes.isEmpty()) {
      WriteCache now = stores.of(store).orElse(null);
      if (now == null) {
        writes.poll().gone();
        continue;
      }
      if (now != cache) {
        cache = now;
        intake = new LineIntake(now);
      }
      if (writes.peek().take(intake)) {
        writes.poll().complete();
      } else {
        await(now);
      }
    }
  }

  private void await(WriteCache full) {
    waiting = true;
    Context own = vertx.getOrCreateContext();
    full.room()
        .whenRoom(
            () ->
                own.runOnContext(
                    v -> {
                      waiting = false;
                      proceed();
                    }));
  }

  /** What was begun is finished, so that no line comes in twice; the rest is its output's again. */
  @Override
  public void abandon() {
    if (!writes.isEmpty() && intake != null) {
      writes.poll().finish(intake);
    }
    writes.clear();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /** Runs of which some lines may be in the cache already. */
  private static final class Write {
    private final List<LineRun> runs;
    private final Promise<Refused> done = Promise.promise();
    private int run;
    private int at = -1;
    private int refused;

    private Write(List<LineRun> runs) {
      this.runs = runs;
    }

    private boolean take(LineIntake intake) {
      while (run < runs.size()) {
        LineRun next = runs.get(run);
        at = intake.take(next, at < 0 ? next.from() : at);
        refused += intake.refused();
        if (at < next.to()) {
          return false;
        }
        run++;
        at = -1;
      }
      return true;
    }

    private void finish(LineIntake intake) {
      boolean begun = run > 0 || at >= 0 && at > runs.get(0).from();
      while (begun && run < runs.size()) {
        LineRun next = runs.get(run);
        intake.takeAll(next, at < 0 ? next.from() : at);
        refused += intake.refused();
        run++;
        at = -1;
      }
      if (begun) {
        complete();
      }
    }

    private void complete() {
      done.complete(Refused.notGraphite(refused));
    }

    /** There is no such store any more. */
    private void gone() {
      int lines = runs.stream().mapToInt(LineRun::lines).sum();
      done.complete(new Refused("no-store", lines));
    }
  }
}
