package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Tap;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Share;
import io.cadenza.meter.Tally;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolLog;
import io.cadenza.store.Caches;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of one destination. One instance for each of its connections; by default that is
 * one an event loop, and lines never leave the loop that read them.
 *
 * <p>Takes runs from all routers, writes as many at once as are waiting, and gives their room back
 * when the write is done. When the connection breaks, what the peer may not have is written again
 * in the same order on the next one, so that lines may come twice but none is missing. What can't
 * be written in time waits in the queue and, where the destination has a spool, on disk: see {@link
 * Reserve}.
 */
public final class OutputVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OutputVerticle.class);
  private static final int IN_FLIGHT_BYTES = 1024 * 1024;
  private static final long TICK_MILLIS = 250;

  /** How long a start, and a stop, wait for the disk of a spool. */
  private static final long DISK_MILLIS = 5000;

  private static final String WORKERS = "spool";
  private static final int WORKER_COUNT = 4;
  private static final String SHUTDOWN = "shutdown";

  /** How long a peer may take to read what it has been sent. */
  private static final long READ_MILLIS = 5000;

  private final DestinationConfig config;
  private final IntSupplier whichConnection;
  private final DestinationState state;
  private final DestinationMeters meters;
  private final Map<String, Tap> taps;
  private final Caches stores;
  private final SpoolFolder folder;
  private final Supplier<List<Substitute>> substitutes;
  private final InstantSource clock;
  private final Backlog backlog;
  private final long inFlightLimit;
  private Connector connector;
  private HandOver handOver;
  private Reserve reserve;
  private Tally queueFull;
  private Share kept;
  private long progress;
  private boolean armed;
  private boolean writing;
  private boolean over;
  private Promise<Void> drained;

  /**
   * @param connection which of the destination's connections this is, from 0; asked at start, on
   *     the event loop of the output
   * @param taps by name, those of the configuration
   * @param stores those that run
   * @param folder the destination's on disk; null where it has none
   * @param substitutes who takes what waits while it is down, as there are at the time
   */
  public OutputVerticle(
      DestinationConfig config,
      IntSupplier connection,
      DestinationState state,
      DestinationMeters meters,
      Map<String, Tap> taps,
      Caches stores,
      SpoolFolder folder,
      Supplier<List<Substitute>> substitutes,
      InstantSource clock) {
    this.config = config;
    this.whichConnection = connection;
    this.state = state;
    this.meters = meters;
    this.taps = taps;
    this.stores = stores;
    this.folder = folder;
    this.substitutes = substitutes;
    this.clock = clock;
    long resend = config.isStream() ? config.resend() / state.connections() : 0;
    long most = Math.max(resend, config.resendMost() / state.connections());
    boolean freshFirst = config.spool() != null && config.spool().freshFirst();
    backlog = new Backlog(resend, most, freshFirst, readNoMore(config));
    inFlightLimit = Math.min(IN_FLIGHT_BYTES, state.share() / 2);
  }

  /**
   * Whether nobody reads lines any more that were written: what is not a stream of ours gives them
   * on, TLS may still write to a connection that we gave up, and a spool has threads of its own.
   */
  private static boolean readNoMore(DestinationConfig config) {
    return config.isStream() && !config.tls().enabled() && config.spool() == null;
  }

  @Override
  public Future<?> start() {
    int connection = whichConnection.getAsInt();
    queueFull = meters.dropped("queue-full");
    kept = meters.kept();
    handOver = new HandOver(vertx.eventBus(), meters, substitutes, connection);
    Dialer dialer = Dialers.of(config, taps, stores, vertx);
    Connector.Traffic traffic = new LineTraffic();
    connector = new Connector(config, connection, state, meters, dialer, vertx, clock, traffic);
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    return openSpool().onSuccess(v -> connector.dial()).compose(v -> listen(connection));
  }

  private Future<Void> openSpool() {
    if (folder == null) {
      return Future.succeededFuture();
    }
    long memory = state.share() / 4 * 3;
    boolean freshFirst = config.spool().freshFirst();
    reserve = new Reserve(backlog, connector, memory, freshFirst, this::relieve, this::proceed);
    SpoolLog log = new SpoolLosses(config.name(), meters, clock);
    Spooler spooler =
        new Spooler(
            config,
            (double) config.spool().replayRate() / state.connections(),
            new SpoolJobs(folder, log, clock),
            state,
            meters,
            vertx.createSharedWorkerExecutor(WORKERS, WORKER_COUNT),
            clock,
            reserve);
    reserve.spooler(spooler);
    return within(
        DISK_MILLIS,
        spooler.open(),
        () -> LOG.warn("spool of {}: its disk hangs; going on without", config.name()));
  }

  /** Done when the work is; or, when that takes too long, once something else was done instead. */
  private Future<Void> within(long millis, Future<Void> work, Runnable instead) {
    Promise<Void> first = Promise.promise();
    long timer =
        vertx.setTimer(
            millis,
            late -> {
              instead.run();
              first.tryComplete();
            });
    work.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          first.tryComplete();
        });
    return first.future();
  }

  private Future<Void> listen(int connection) {
    return vertx
        .eventBus()
        .<Parcel<LineRun>>localConsumer(state.address(connection), m -> take(m.body()))
        .completion();
  }

  private void take(Parcel<LineRun> parcel) {
    if (over) {
      meters.dropped(SHUTDOWN).add(parcel.load().lines());
      parcel.done();
      return;
    }
    if (reserve == null) {
      backlog.add(parcel);
      relieve();
    } else {
      reserve.take(parcel);
    }
    makeRoom();
    if (!armed) {
      armed = true;
      context.runOnContext(
          v -> {
            armed = false;
            write();
          });
    }
    connector.wake();
  }

  /** What waits for a destination that is down, or almost full, may go to others. */
  private void relieve() {
    if (drained == null) {
      handOver.relieve(backlog, connector.isUp() ? state.share() / 4 * 3 : 0);
    }
  }

  /** Each connection drops its own lines only, and only while it has more than its share. */
  private void makeRoom() {
    if (config.onFull() == OnFull.DROP_OLDEST) {
      while (state.queue().taken() > state.queue().limit()
          && backlog.heldBytes() > state.share()
          && backlog.dropOldest(queueFull)) {
        continue;
      }
    }
  }

  private void proceed() {
    write();
    finish();
  }

  private void write() {
    if (writing) {
      return; // A write that was done at once: the loop below goes on by itself.
    }
    writing = true;
    try {
      while (connector.canWrite()
          && !backlog.isEmpty()
          && backlog.inFlightBytes() < inFlightLimit) {
        send(backlog.next());
      }
    } finally {
      writing = false;
    }
    if (reserve != null) {
      reserve.written();
    }
  }

  private void send(Group group) {
    Wire at = connector.wire();
    if (backlog.inFlightBytes() == group.bytes()) {
      progress = clock.millis();
    }
    meters.writes.increment();
    at.write(group.runs()).onComplete(done -> written(group, at, done));
  }

  private void written(Group group, Wire at, AsyncResult<Refused> done) {
    if (at != connector.wire()) {
      return; // The connection broke before: the group waits again.
    }
    if (done.failed()) {
      connector.broken(at, Failure.of(done.cause()));
      return;
    }
    progress = clock.millis();
    if (!group.delivered()) {
      count(group, done.result());
    }
    backlog.done(group, progress, at::unread);
    if (at.confirms()) {
      connector.proved();
    }
    write();
    connector.changeOver();
    finish();
  }

  private void count(Group group, Refused refused) {
    meters.linesOut.add(group.lines() - refused.lines());
    meters.bytesOut.add(group.bytes());
    if (group.isReplayed()) {
      meters.replayed.add(group.lines());
    }
    if (refused.lines() > 0) {
      meters.dropped(refused.reason()).add(refused.lines());
    }
  }

  private void tick() {
    kept.set(backlog.writtenBytes());
    relieve();
    makeRoom();
    if (reserve != null) {
      reserve.tick();
    }
    long now = clock.millis();
    if (connector.wire() == null) {
      return;
    }
    long since = now - progress;
    if (!backlog.isQuiet() && since > config.writeTimeout().toMillis()) {
      connector.broken(connector.wire(), Failure.STALLED);
      return;
    }
    if (backlog.isQuiet() || since < TICK_MILLIS) {
      backlog.forget(now - READ_MILLIS, connector.wire().unread());
    }
    connector.tick(now);
  }

  private void finish() {
    boolean spools = reserve != null && !connector.isUp();
    if (drained != null && (backlog.isIdle() || spools)) {
      drained.tryComplete();
    }
  }

  /**
   * Waits until everything is written; what is left at the deadline goes to the spool, or is
   * counted as dropped.
   */
  @Override
  public Future<?> stop() {
    drained = Promise.promise();
    connector.stopping();
    if (reserve != null) {
      reserve.stopping();
    }
    long timer =
        vertx.setTimer(
            Math.max(1, state.patience(config.shutdownDeadline())), t -> drained.tryComplete());
    finish();
    return drained
        .future()
        .eventually(
            () -> {
              vertx.cancelTimer(timer);
              return letGo();
            });
  }

  private Future<Void> letGo() {
    over = true;
    boolean inOrder = backlog.isQuiet();
    if (inOrder && connector.wire() != null) {
      backlog.forgetAll();
    }
    Future<Void> closed = connector.close(inOrder);
    backlog.broken();
    Future<Void> spooled =
        reserve == null
            ? Future.succeededFuture()
            : within(DISK_MILLIS, reserve.close(), reserve::giveUp);
    return spooled.onComplete(v -> dropRest()).eventually(() -> closed);
  }

  private void dropRest() {
    kept.set(0);
    long lines = backlog.dropAll(meters.dropped(SHUTDOWN));
    if (lines > 0) {
      LOG.warn("destination {}: {} lines could not be sent in time", config.name(), lines);
    }
  }

  /** What gives lines to the connection, and has them back when it breaks. */
  private final class LineTraffic implements Connector.Traffic {
    @Override
    public boolean isQuiet() {
      return backlog.isQuiet();
    }

    @Override
    public boolean isEmpty() {
      return backlog.isEmpty();
    }

    @Override
    public void opened(Wire wire) {
      progress = clock.millis();
      wire.onDrain(OutputVerticle.this::write);
      write();
    }

    @Override
    public void renewed() {
      backlog.forgetAll();
    }

    @Override
    public long broken() {
      return backlog.broken();
    }

    @Override
    public void unreachable() {
      relieve();
      if (reserve != null) {
        reserve.spill();
      }
      finish();
    }
  }
}
