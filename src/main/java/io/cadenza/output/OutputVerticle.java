package io.cadenza.output;

import io.cadenza.bus.Address;
import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Tally;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of one destination. One instance for each of its connections; by default that is
 * one an event loop, and lines never leave the loop that read them.
 *
 * <p>Takes runs from all routers, writes as many at once as are waiting, and gives their room back
 * when the write is done. When the connection breaks, what was not done is written again in the
 * same order on the next one, so that lines may come twice but none is missing.
 */
public final class OutputVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OutputVerticle.class);
  private static final int GROUP_BYTES = 128 * 1024;
  private static final int IN_FLIGHT_BYTES = 1024 * 1024;
  private static final long TICK_MILLIS = 250;

  private final DestinationConfig config;
  private final IntSupplier whichConnection;
  private final DestinationState state;
  private final DestinationMeters meters;
  private final InstantSource clock;
  private final Deque<Parcel<LineRun>> waiting = new ArrayDeque<>();
  private final Deque<Group> inFlight = new ArrayDeque<>();
  private int connection;
  private Tally queueFull;
  private Tally refused;
  private Dialer dialer;
  private Wire wire;
  private Encoder encoder;
  private long inFlightBytes;
  private long backOff;
  private long opened;
  private long progress;
  private boolean armed;
  private boolean connecting;
  private boolean told;
  private Promise<Void> drained;

  /**
   * @param connection which of the destination's connections this is, from 0; asked at start, on
   *     the event loop of the output
   */
  public OutputVerticle(
      DestinationConfig config,
      IntSupplier connection,
      DestinationState state,
      DestinationMeters meters,
      InstantSource clock) {
    this.config = config;
    this.whichConnection = connection;
    this.state = state;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    connection = whichConnection.getAsInt();
    queueFull = meters.dropped("queue-full");
    refused = meters.dropped("not-graphite");
    dialer = Dialers.of(config, vertx);
    backOff = config.reconnectMin().toMillis();
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    dial();
    return vertx
        .eventBus()
        .<Parcel<LineRun>>localConsumer(
            Address.output(config.name(), connection), m -> take(m.body()))
        .completion();
  }

  private void take(Parcel<LineRun> parcel) {
    waiting.add(parcel);
    if (config.onFull() == OnFull.DROP_OLDEST) {
      makeRoom();
    }
    if (!armed) {
      armed = true;
      context.runOnContext(
          v -> {
            armed = false;
            write();
          });
    }
  }

  private void makeRoom() {
    while (state.queue().taken() > state.queue().limit() && waiting.size() > 1) {
      drop(waiting.remove(), queueFull);
    }
  }

  private static void drop(Parcel<LineRun> parcel, Tally reason) {
    reason.add(parcel.load().lines());
    parcel.done();
  }

  private void write() {
    while (wire != null && !waiting.isEmpty() && !wire.full() && inFlightBytes < IN_FLIGHT_BYTES) {
      if (expired()) {
        renew();
        return;
      }
      Group group = new Group(waiting);
      inFlight.add(group);
      inFlightBytes += group.bytes;
      send(group);
    }
  }

  private void send(Group group) {
    Wire at = wire;
    if (inFlight.size() == 1) {
      progress = clock.millis();
    }
    Future<Void> written = at.write(encoder.encode(group.runs()));
    group.refused = encoder.refused();
    meters.writes.increment();
    written.onComplete(done -> written(group, at, done.succeeded() ? null : done.cause()));
  }

  private void written(Group group, Wire at, Throwable failure) {
    if (at != wire) {
      return; // The connection broke before: the group waits again.
    }
    if (failure != null) {
      broken(failure.toString());
      return;
    }
    progress = clock.millis();
    inFlight.remove(group);
    inFlightBytes -= group.bytes;
    meters.linesOut.add(group.lines - group.refused);
    meters.bytesOut.add(group.bytes);
    refused.add(group.refused);
    group.parcels.forEach(Parcel::done);
    write();
    finish();
  }

  private void dial() {
    if (connecting || wire != null || drained != null && idle()) {
      return;
    }
    connecting = true;
    dialer.dial().onComplete(this::dialled);
  }

  private void dialled(io.vertx.core.AsyncResult<Wire> result) {
    connecting = false;
    if (result.failed()) {
      meters.connectFailures.increment();
      state.up(false);
      tell(false, String.valueOf(result.cause()));
      redial();
      return;
    }
    wire = result.result();
    encoder = dialer.encoder();
    opened = clock.millis();
    progress = opened;
    backOff = config.reconnectMin().toMillis();
    meters.opened();
    state.up(true);
    tell(true, "");
    wire.onBroken(this::broken);
    wire.onDrain(this::write);
    write();
  }

  private void tell(boolean up, String why) {
    if (up && told) {
      LOG.info("destination {} is up again", config.name());
    } else if (!up && !told) {
      LOG.warn("destination {} is down: {}", config.name(), why);
    }
    told = !up;
  }

  private void redial() {
    long jitter = ThreadLocalRandom.current().nextLong(backOff / 4 + 1);
    vertx.setTimer(backOff + jitter, timer -> dial());
    backOff = Math.min(backOff * 2, config.reconnectMax().toMillis());
  }

  private void broken(String why) {
    if (wire == null) {
      return;
    }
    meters.disconnects.increment();
    LOG.debug("destination {} connection {} broke: {}", config.name(), connection, why);
    hangUp();
    redial();
  }

  private void hangUp() {
    Wire old = wire;
    wire = null;
    meters.closed();
    while (!inFlight.isEmpty()) {
      Group group = inFlight.removeLast();
      meters.resent.add(group.lines);
      for (int i = group.parcels.size() - 1; i >= 0; i--) {
        waiting.addFirst(group.parcels.get(i));
      }
    }
    inFlightBytes = 0;
    old.close();
  }

  private boolean expired() {
    long age = config.maxAge().toMillis();
    return age > 0 && clock.millis() - opened > age;
  }

  /** Closes a connection that is old, once it has taken everything, and opens another. */
  private void renew() {
    if (inFlight.isEmpty()) {
      hangUp();
      dial();
    }
  }

  private void tick() {
    if (wire != null && !inFlight.isEmpty()) {
      long stalled = clock.millis() - progress;
      if (stalled > config.writeTimeout().toMillis()) {
        broken("took nothing for " + stalled + " ms");
        state.up(false);
        tell(false, "took nothing for " + stalled + " ms");
      }
    } else if (wire != null && expired()) {
      renew();
    }
  }

  private boolean idle() {
    return waiting.isEmpty() && inFlight.isEmpty();
  }

  private void finish() {
    if (drained != null && idle()) {
      drained.tryComplete();
    }
  }

  /** Waits until everything is written; what is left at the deadline is counted as dropped. */
  @Override
  public Future<?> stop() {
    drained = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, config.shutdownDeadline().toMillis()), t -> drained.tryComplete());
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
    if (wire != null) {
      hangUp();
    }
    Tally shutdown = meters.dropped("shutdown");
    if (!waiting.isEmpty()) {
      long lines = waiting.stream().mapToLong(p -> p.load().lines()).sum();
      LOG.warn("destination {}: {} lines could not be sent in time", config.name(), lines);
    }
    waiting.forEach(parcel -> drop(parcel, shutdown));
    waiting.clear();
    return dialer.close();
  }

  /** Runs that go in one write. */
  private static final class Group {
    private final List<Parcel<LineRun>> parcels = new ArrayList<>(4);
    private int bytes;
    private int lines;
    private int refused;

    private Group(Deque<Parcel<LineRun>> from) {
      do {
        Parcel<LineRun> parcel = from.remove();
        parcels.add(parcel);
        bytes += parcel.load().size();
        lines += parcel.load().lines();
      } while (!from.isEmpty() && bytes + from.peek().load().size() <= GROUP_BYTES);
    }

    private List<LineRun> runs() {
      List<LineRun> runs = new ArrayList<>(parcels.size());
      parcels.forEach(parcel -> runs.add(parcel.load()));
      return runs;
    }
  }
}
