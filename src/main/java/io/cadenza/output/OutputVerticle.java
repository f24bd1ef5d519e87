package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Tap;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Tally;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of one destination. One instance for each of its connections; by default that is
 * one an event loop, and lines never leave the loop that read them.
 *
 * <p>Takes runs from all routers, writes as many at once as are waiting, and gives their room back
 * when the write is done. When the connection breaks, what the peer may not have is written again
 * in the same order on the next one, so that lines may come twice but none is missing.
 */
public final class OutputVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OutputVerticle.class);
  private static final int IN_FLIGHT_BYTES = 1024 * 1024;
  private static final long TICK_MILLIS = 250;

  /** How long a peer may take to read what it has been sent. */
  private static final long READ_MILLIS = 5000;

  private final DestinationConfig config;
  private final IntSupplier whichConnection;
  private final DestinationState state;
  private final DestinationMeters meters;
  private final Map<String, Tap> taps;
  private final InstantSource clock;
  private final Backlog backlog;
  private final long inFlightLimit;
  private int connection;
  private Health health;
  private Tally queueFull;
  private Dialer dialer;
  private Wire wire;
  private Wire successor;
  private long renewAt;
  private long progress;
  private boolean armed;
  private boolean writing;
  private boolean connecting;
  private boolean dormant;
  private boolean over;
  private Promise<Void> drained;

  /**
   * @param connection which of the destination's connections this is, from 0; asked at start, on
   *     the event loop of the output
   * @param taps by name, those of the configuration
   */
  public OutputVerticle(
      DestinationConfig config,
      IntSupplier connection,
      DestinationState state,
      DestinationMeters meters,
      Map<String, Tap> taps,
      InstantSource clock) {
    this.config = config;
    this.whichConnection = connection;
    this.state = state;
    this.meters = meters;
    this.taps = taps;
    this.clock = clock;
    backlog = new Backlog(config.isStream() ? config.resend() / state.connections() : 0);
    inFlightLimit = Math.min(IN_FLIGHT_BYTES, state.share() / 2);
  }

  @Override
  public Future<?> start() {
    connection = whichConnection.getAsInt();
    health = new Health(config, connection, state);
    queueFull = meters.dropped("queue-full");
    dialer = Dialers.of(config, taps, vertx);
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    dial();
    return vertx
        .eventBus()
        .<Parcel<LineRun>>localConsumer(state.address(connection), m -> take(m.body()))
        .completion();
  }

  private void take(Parcel<LineRun> parcel) {
    backlog.add(parcel);
    makeRoom();
    if (!armed) {
      armed = true;
      context.runOnContext(
          v -> {
            armed = false;
            write();
          });
    }
    if (dormant) {
      dormant = false;
      dial();
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

  private void write() {
    if (writing) {
      return; // A write that was done at once: the loop below goes on by itself.
    }
    writing = true;
    try {
      while (canWrite()) {
        send(backlog.next());
      }
    } finally {
      writing = false;
    }
  }

  private boolean canWrite() {
    return wire != null
        && successor == null
        && !backlog.isEmpty()
        && !wire.full()
        && backlog.inFlightBytes() < inFlightLimit;
  }

  private void send(Group group) {
    Wire at = wire;
    if (backlog.inFlightBytes() == group.bytes()) {
      progress = clock.millis();
    }
    meters.writes.increment();
    at.write(group.runs()).onComplete(done -> written(group, at, done));
  }

  private void written(Group group, Wire at, AsyncResult<Refused> done) {
    if (at != wire) {
      return; // The connection broke before: the group waits again.
    }
    if (done.failed()) {
      broken(Failure.of(done.cause()));
      return;
    }
    progress = clock.millis();
    if (!group.delivered()) {
      count(group, done.result());
    }
    backlog.done(group, progress);
    if (wire.confirms()) {
      health.proved();
    }
    write();
    changeOver();
    finish();
  }

  private void count(Group group, Refused refused) {
    meters.linesOut.add(group.lines() - refused.lines());
    meters.bytesOut.add(group.bytes());
    if (refused.lines() > 0) {
      meters.dropped(refused.reason()).add(refused.lines());
    }
  }

  private void dial() {
    if (connecting || wire != null || over || drained != null && backlog.isIdle()) {
      return;
    }
    connect();
  }

  private void connect() {
    connecting = true;
    dialer.dial().onComplete(this::dialled);
  }

  private void dialled(AsyncResult<Wire> result) {
    connecting = false;
    if (result.failed()) {
      failed(Failure.of(result.cause()));
    } else if (over) {
      result.result().close();
    } else {
      meters.opened();
      if (wire == null) {
        open(result.result());
      } else {
        successor = result.result();
        changeOver();
      }
    }
  }

  private void failed(Failure failure) {
    meters.connectFailures.increment();
    meters.failed(failure.reason());
    if (wire == null) {
      health.unreachable(failure);
      redial(health.backOff());
    } else {
      // A renewal failed: the old connection is as good as any.
      LOG.debug("destination {} is not renewed: {}", config.name(), failure.getMessage());
      renewAt = clock.millis() + Math.min(age(), config.reconnectMax().toMillis());
    }
  }

  private void open(Wire next) {
    wire = next;
    dormant = false;
    progress = clock.millis();
    renewAt = progress + age();
    health.opened(progress);
    next.onDrain(this::write);
    next.onBroken(
        failure -> {
          if (next == wire) {
            broken(failure);
          }
        });
    write();
  }

  private long age() {
    return config.maxAge().isZero() ? Long.MAX_VALUE / 2 : config.maxAge().toMillis();
  }

  /** A connection that is old makes way for another once it has taken what was begun. */
  private void changeOver() {
    if (successor != null && wire != null && backlog.isQuiet()) {
      Wire old = wire;
      meters.closed();
      backlog.forgetAll();
      openSuccessor();
      old.close();
    }
  }

  private void openSuccessor() {
    Wire next = successor;
    successor = null;
    open(next);
  }

  private void redial(long millis) {
    if (millis == 0) {
      dial();
    } else {
      vertx.setTimer(millis, timer -> dial());
    }
  }

  /** A peer that answers is judged by its answers, while there are lines. */
  private void lasted(long now) {
    if (!wire.confirms() || backlog.isQuiet()) {
      health.lasted(now);
    }
  }

  private void broken(Failure failure) {
    if (wire == null) {
      return;
    }
    LOG.debug("{} connection {} broke: {}", config.name(), connection, failure.getMessage());
    meters.disconnects.increment();
    meters.failed(failure.reason());
    if (failure != Failure.STALLED) {
      lasted(clock.millis());
    }
    health.broke(failure);
    boolean clean = health.isGood() && wire.confirms() && backlog.isQuiet();
    hangUp();
    if (successor != null) {
      openSuccessor();
    } else if (clean && backlog.isEmpty()) {
      dormant = true; // Servers close what is idle; connecting can wait until there are lines.
    } else {
      redial(clean ? 0 : health.backOff());
    }
  }

  private void hangUp() {
    Wire old = wire;
    wire = null;
    meters.closed();
    meters.resent.add(backlog.broken());
    old.abandon();
  }

  private void tick() {
    makeRoom();
    long now = clock.millis();
    if (wire == null) {
      return;
    }
    long since = now - progress;
    if (!backlog.isQuiet() && since > config.writeTimeout().toMillis()) {
      broken(Failure.STALLED);
      return;
    }
    lasted(now);
    if (backlog.isQuiet() || since < TICK_MILLIS) {
      backlog.forget(now - READ_MILLIS);
    }
    if (now > renewAt && !connecting && successor == null && drained == null) {
      connect();
    }
  }

  private void finish() {
    if (drained != null && backlog.isIdle()) {
      drained.tryComplete();
    }
  }

  /** Waits until everything is written; what is left at the deadline is counted as dropped. */
  @Override
  public Future<?> stop() {
    drained = Promise.promise();
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
    boolean quiet = backlog.isQuiet();
    long lines = backlog.dropAll(meters.dropped("shutdown"));
    if (lines > 0) {
      LOG.warn("destination {}: {} lines could not be sent in time", config.name(), lines);
    }
    List<Wire> wires = Stream.of(wire, successor).filter(Objects::nonNull).toList();
    wire = null; // From here on nothing that they tell is of interest.
    successor = null;
    List<Future<Void>> closed = new ArrayList<>();
    for (Wire open : wires) {
      meters.closed();
      if (quiet) {
        closed.add(open.close());
      } else {
        open.abandon();
      }
    }
    closed.add(Future.succeededFuture());
    return Future.join(closed).eventually(dialer::close).mapEmpty();
  }
}
