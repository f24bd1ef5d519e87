package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Pace;
import io.cadenza.spool.Piece;
import io.cadenza.spool.Spool;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one output to its spool and back. Event loop of the output; a worker does what is to
 * be done on disk, one job at a time, and what comes meanwhile goes with the next: the slower the
 * disk, the more lines go in one write.
 *
 * <p>A disk that takes nothing costs no line by itself: what was to be spooled stays in the queue.
 * When that is full senders wait, as long as the disk is at work; when it fails or hangs, what
 * comes then is dropped and counted, unless the spool is to block.
 */
final class Spooler {
  private static final Logger LOG = LoggerFactory.getLogger(Spooler.class);

  /** Bytes that go to disk in one job, about. */
  private static final long APPEND_BYTES = 4 << 20;

  /** Bytes that are read back ahead of the writing. */
  static final int READ_BYTES = 512 * 1024;

  /** A job that takes longer is none of a disk that works. */
  private static final long STUCK_MILLIS = 1000;

  private static final long RETRY_MILLIS = 1000;

  /** So many ticks go by between two looks at a spool that nothing happens to. */
  private static final int IDLE_TICKS = 4;

  /** What the output has to say. */
  interface Output {
    /** Whether what is read back now would be written soon. */
    boolean wantsReplay();

    /** Takes what was read back. */
    void replayed(Group group);

    /** Something was done on disk. */
    void progressed();
  }

  private final DestinationConfig config;
  private final DestinationState state;
  private final DestinationMeters meters;
  private final WorkerExecutor workers;
  private final InstantSource clock;
  private final Output output;
  private final SpoolJobs jobs;
  private final ReplayRate rate;
  private final Pace told;
  private final Deque<Parcel<LineRun>> incoming = new ArrayDeque<>();
  private final Deque<Handed> handed = new ArrayDeque<>();

  /** What was begun on a connection and is to go to disk in the end. */
  private final List<Parcel<LineRun>> atTheEnd = new ArrayList<>();

  private boolean working;
  private boolean unread;
  private boolean ticks;
  private boolean failing;
  private boolean troubled;
  private boolean over;
  private boolean gaveUp;
  private long startedAt;
  private long appendAt = Long.MIN_VALUE;
  private long readAt = Long.MIN_VALUE;
  private int idleTicks;
  private Promise<Void> rest;

  /** A piece that was read back: it is over with it when the peer is taken to have read it. */
  private static final class Handed {
    private final Spool from;
    private final Piece piece;
    private Group group;
    private boolean settled;

    private Handed(Spool from, Piece piece) {
      this.from = from;
      this.piece = piece;
    }

    private long lines() {
      return group.lines();
    }
  }

  Spooler(
      DestinationConfig config,
      double replayRate,
      SpoolJobs jobs,
      DestinationState state,
      DestinationMeters meters,
      WorkerExecutor workers,
      InstantSource clock,
      Output output) {
    this.config = config;
    this.jobs = jobs;
    this.state = state;
    this.meters = meters;
    this.workers = workers;
    this.clock = clock;
    this.output = output;
    this.rate = new ReplayRate(replayRate);
    this.told = new Pace(clock);
  }

  /** Looks what an earlier process has left. Whether it can or not, the output may start. */
  Future<Void> open() {
    ticks = true;
    go();
    return rest.future();
  }

  /** Whether there are lines which those that come now must not overtake. */
  boolean holds() {
    return unread || !incoming.isEmpty();
  }

  /** Takes what is to wait on disk; its room in the queue is free when it is there. */
  void add(Parcel<LineRun> parcel) {
    incoming.add(parcel);
    go();
  }

  /**
   * Takes back what could not be brought to disk and need not be any more: nothing older is there.
   */
  List<Parcel<LineRun>> takeBack() {
    if (working || unread) {
      return List.of();
    }
    List<Parcel<LineRun>> all = new ArrayList<>(incoming);
    incoming.clear();
    return all;
  }

  /** Called every quarter of a second. */
  void tick() {
    if (over) {
      return;
    }
    idleTicks = isAtRest() ? idleTicks + 1 : IDLE_TICKS;
    if (idleTicks >= IDLE_TICKS) {
      idleTicks = 0;
      ticks = true;
    }
    go();
    boolean stuck = working && clock.millis() - startedAt > STUCK_MILLIS;
    trouble((failing || stuck) && !incoming.isEmpty());
  }

  /** While a disk takes nothing nobody waits for it. */
  private void trouble(boolean now) {
    if (now != troubled) {
      troubled = now;
      state.diskTrouble(now);
    }
  }

  /** Starts what there is to do, unless something is being done. */
  void go() {
    if (working || over || isAtRest()) {
      return;
    }
    long now = clock.millis();
    List<Parcel<LineRun>> append = now >= appendAt ? next() : List.of();
    boolean reads = now >= readAt && unread && output.wantsReplay();
    int read = reads ? rate.bytesLeft(now, READ_BYTES) : 0;
    List<SpoolJobs.Done> done = settled();
    if (append.isEmpty() && read == 0 && done.isEmpty() && !ticks) {
      return;
    }
    working = true;
    startedAt = now;
    rest = Promise.promise();
    boolean tick = ticks;
    ticks = false;
    List<LineRun> runs = loads(append);
    workers.executeBlocking(() -> jobs.run(done, runs, tick, read)).onComplete(this::ran);
  }

  private boolean isAtRest() {
    return !ticks && !unread && incoming.isEmpty() && handed.isEmpty();
  }

  private List<Parcel<LineRun>> next() {
    List<Parcel<LineRun>> some = new ArrayList<>();
    long bytes = 0;
    for (Parcel<LineRun> parcel : incoming) {
      if (bytes > APPEND_BYTES) {
        break;
      }
      some.add(parcel);
      bytes += parcel.load().size();
    }
    return some;
  }

  /** The last of those that lie before all that is not settled, for each spool. */
  private List<SpoolJobs.Done> settled() {
    List<SpoolJobs.Done> done = new ArrayList<>();
    while (!handed.isEmpty() && handed.peek().settled) {
      Handed first = handed.remove();
      boolean last = handed.isEmpty() || !handed.peek().settled || handed.peek().from != first.from;
      if (last) {
        done.add(new SpoolJobs.Done(first.from, first.piece.end()));
      }
    }
    return done;
  }

  private void ran(AsyncResult<SpoolJobs.Outcome> result) {
    working = false;
    if (gaveUp) {
      rest.complete();
      return;
    }
    SpoolJobs.Outcome outcome =
        result.succeeded()
            ? result.result()
            : SpoolJobs.Outcome.failed(unread, new IOException(result.cause()));
    meters.found(outcome.recovered());
    unread = outcome.unread();
    appended(outcome.appended());
    judge(outcome);
    if (outcome.piece() != null) {
      hand(outcome.from(), outcome.piece());
    }
    rest.complete();
    output.progressed();
    go();
  }

  private void appended(int runs) {
    for (int i = 0; i < runs; i++) {
      Parcel<LineRun> parcel = incoming.remove();
      spooled(parcel);
    }
  }

  /** A disk that fails is asked again after a while, not at once. */
  private void judge(SpoolJobs.Outcome outcome) {
    long later = clock.millis() + RETRY_MILLIS;
    if (outcome.appendFailed() || outcome.isFull()) {
      appendAt = later;
    }
    if (outcome.readFailed()) {
      readAt = later;
    }
    if (outcome.error() != null) {
      tellOf(outcome.error());
    }
    if (failing && outcome.appended() > 0) {
      LOG.info("spool of {} works again", config.name());
    }
    failing = outcome.appendFailed() || failing && outcome.appended() == 0;
  }

  private void tellOf(Exception error) {
    meters.spoolFailures.increment();
    long times = told.happened();
    if (times > 0) {
      LOG.warn(
          "spool of {} failed, {} time(s); the last: {}", config.name(), times, error.toString());
    }
  }

  private void hand(Spool from, Piece piece) {
    Handed next = new Handed(from, piece);
    handed.add(next);
    rate.gone(piece.lines(), piece.bytes());
    next.group =
        Group.replayed(
            piece.runs(),
            () -> {
              next.settled = true;
              go();
            });
    output.replayed(next.group);
  }

  /**
   * Brings what is left to disk and closes it.
   *
   * @param begun what is older than all that is there
   * @return what could not be brought there
   */
  Future<List<Parcel<LineRun>>> close(List<Parcel<LineRun>> begun) {
    over = true;
    trouble(false);
    atTheEnd.addAll(begun);
    Future<Void> before = working ? rest.future() : Future.succeededFuture();
    return before.compose(v -> gaveUp ? Future.succeededFuture(List.of()) : closeNow(begun));
  }

  /** The disk hangs in the end: answers what is not known to be there. Nothing follows. */
  List<Parcel<LineRun>> giveUp() {
    gaveUp = true;
    meters.spoolFailures.increment();
    LOG.warn("spool of {}: its disk hangs; what is not there yet is lost", config.name());
    atTheEnd.addAll(incoming);
    incoming.clear();
    return atTheEnd;
  }

  private Future<List<Parcel<LineRun>>> closeNow(List<Parcel<LineRun>> begun) {
    List<Parcel<LineRun>> newer = new ArrayList<>(incoming);
    List<SpoolJobs.Done> done = settled();
    return workers
        .executeBlocking(() -> jobs.close(done, loads(begun), loads(newer)))
        .recover(e -> Future.succeededFuture(SpoolJobs.Closed.failed(e)))
        .map(closed -> left(begun, newer, closed));
  }

  private static List<LineRun> loads(List<Parcel<LineRun>> parcels) {
    return parcels.stream().map(Parcel::load).toList();
  }

  private List<Parcel<LineRun>> left(
      List<Parcel<LineRun>> begun, List<Parcel<LineRun>> newer, SpoolJobs.Closed closed) {
    if (gaveUp) {
      return List.of();
    }
    incoming.clear();
    if (closed.error() != null) {
      meters.spoolFailures.increment();
      LOG.warn("spool of {} failed at the end: {}", config.name(), closed.error().toString());
    }
    begun.subList(0, closed.begun()).forEach(this::spooled);
    newer.subList(0, closed.last()).forEach(this::spooled);
    // What was written and may come again counts twice, as out and as found.
    long written = handed.stream().filter(h -> h.group.delivered()).mapToLong(Handed::lines).sum();
    meters.left(Math.max(0, closed.lines() - written));
    List<Parcel<LineRun>> left = new ArrayList<>(begun.subList(closed.begun(), begun.size()));
    left.addAll(newer.subList(closed.last(), newer.size()));
    return left;
  }

  private void spooled(Parcel<LineRun> parcel) {
    meters.spooled.add(parcel.load().lines());
    parcel.done();
  }
}
