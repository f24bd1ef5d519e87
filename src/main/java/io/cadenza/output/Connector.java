package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.meter.DestinationMeters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection of a destination open: dials, waits longer after each failure, and renews a
 * connection that is old once the next one is there. The event loop of its output.
 */
final class Connector {
  /** What its output has under way, and wants to know. */
  interface Traffic {
    /** Whether nothing is being written now. */
    boolean isQuiet();

    /** Whether nothing is left to begin with. */
    boolean isEmpty();

    /** There is a connection: go on. */
    void opened(Wire wire);

    /** A connection was given all that was begun, and makes way for the next. */
    void renewed();

    /** The connection is gone; answers how many lines are to be written again. */
    long broken();

    /** There is no connection, and one could not be made. */
    void unreachable();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  private final DestinationConfig config;
  private final int connection;
  private final DestinationMeters meters;
  private final Dialer dialer;
  private final Vertx vertx;
  private final InstantSource clock;
  private final Traffic traffic;
  private final Health health;
  private Wire wire;
  private Wire successor;
  private long renewAt;
  private boolean connecting;
  private boolean dormant;
  private boolean stopping;
  private boolean over;

  Connector(
      DestinationConfig config,
      int connection,
      DestinationState state,
      DestinationMeters meters,
      Dialer dialer,
      Vertx vertx,
      InstantSource clock,
      Traffic traffic) {
    this.config = config;
    this.connection = connection;
    this.meters = meters;
    this.dialer = dialer;
    this.vertx = vertx;
    this.clock = clock;
    this.traffic = traffic;
    this.health = new Health(config, connection, state);
  }

  /** The connection; null when there is none. */
  Wire wire() {
    return wire;
  }

  /** Whether there is a connection that takes more now. */
  boolean canWrite() {
    return wire != null && successor == null && !wire.full();
  }

  /** Whether lines are likely to get there by this connection, now or in a moment. */
  boolean isUp() {
    return health.isUp();
  }

  /** Opens a connection, unless there is one or it is being opened. */
  void dial() {
    if (connecting || wire != null || over || stopping && traffic.isEmpty()) {
      return;
    }
    connect();
  }

  /** There are lines: a connection that was closed as nobody needed it is opened again. */
  void wake() {
    if (dormant) {
      dormant = false;
      dial();
    }
  }

  private void connect() {
    connecting = true;
    dialer.dial().onComplete(this::dialled);
  }

  private void dialled(AsyncResult<Wire> result) {
    connecting = false;
    if (over) {
      if (result.succeeded()) {
        result.result().close();
      }
    } else if (result.failed()) {
      failed(Failure.of(result.cause()));
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
      traffic.unreachable();
    } else {
      // A renewal failed: the old connection is as good as any.
      LOG.debug("destination {} is not renewed: {}", config.name(), failure.getMessage());
      renewAt = clock.millis() + Math.min(age(), config.reconnectMax().toMillis());
    }
  }

  private void open(Wire next) {
    wire = next;
    dormant = false;
    long now = clock.millis();
    renewAt = now + age();
    health.opened(now);
    next.onBroken(failure -> broken(next, failure));
    if (next == wire) {
      traffic.opened(next);
    }
  }

  private long age() {
    return config.maxAge().isZero() ? Long.MAX_VALUE / 2 : config.maxAge().toMillis();
  }

  /** A connection that is old makes way for another once it has taken what was begun. */
  void changeOver() {
    if (successor != null && wire != null && traffic.isQuiet()) {
      Wire old = wire;
      meters.closed();
      traffic.renewed();
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

  /** The peer has answered. */
  void proved() {
    health.proved();
  }

  /** A peer that answers is judged by its answers, while there are lines. */
  private void lasted(long now) {
    if (!wire.confirms() || traffic.isQuiet()) {
      health.lasted(now);
    }
  }

  /** A connection has failed, or is to be given up; one that is no more in use is passed over. */
  void broken(Wire at, Failure failure) {
    if (wire == null || at != wire) {
      return;
    }
    LOG.debug("{} connection {} broke: {}", config.name(), connection, failure.getMessage());
    meters.disconnects.increment();
    meters.failed(failure.reason());
    if (failure != Failure.STALLED) {
      lasted(clock.millis());
    }
    health.broke(failure);
    boolean clean = health.isGood() && wire.confirms() && traffic.isQuiet();
    hangUp();
    if (successor != null) {
      openSuccessor();
    } else if (clean && traffic.isEmpty()) {
      dormant = true; // Servers close what is idle; connecting can wait until there are lines.
    } else {
      redial(clean ? 0 : health.backOff());
    }
  }

  private void hangUp() {
    Wire old = wire;
    wire = null;
    meters.closed();
    meters.resent.add(traffic.broken());
    old.abandon();
  }

  /** Called again and again while the connection works. */
  void tick(long now) {
    if (wire == null) {
      return;
    }
    lasted(now);
    boolean due = now > renewAt && !connecting && successor == null && !stopping;
    // What a peer that hangs has not read would be forgotten with the connection.
    if (due && wire.unread() <= config.resend()) {
      connect();
    }
  }

  /** From now on a connection is opened only for lines that are left. */
  void stopping() {
    stopping = true;
  }

  /**
   * Closes everything.
   *
   * @param inOrder whether nothing is in flight; else that is given up
   */
  Future<Void> close(boolean inOrder) {
    over = true;
    List<Wire> wires = Stream.of(wire, successor).filter(Objects::nonNull).toList();
    wire = null; // From here on nothing that they tell is of interest.
    successor = null;
    List<Future<Void>> closed = new ArrayList<>();
    for (Wire open : wires) {
      meters.closed();
      if (inOrder) {
        closed.add(open.close());
      } else {
        open.abandon();
      }
    }
    closed.add(Future.succeededFuture());
    return Future.join(closed).eventually(dialer::close).mapEmpty();
  }
}
