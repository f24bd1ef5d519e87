package io.cadenza.output;

import io.cadenza.bus.BackOff;
import io.cadenza.bus.DestinationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one connection of a destination works, and how long to wait before the next attempt.
 *
 * <p>That a peer accepts says little: one that closes at once, or never reads, accepts as well. So
 * a connection is good once it has lasted, or the peer has answered; only then are waits short
 * again, and only then is a destination up that was in such trouble before. One thread.
 */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  /** A connection that has lasted so long is a good one. */
  private static final long GOOD_MILLIS = 1000;

  private final int connection;
  private final DestinationState state;
  private final BackOff backOff;
  private final long goodAge;
  private final long stallAge;
  private long openedAt;
  private boolean good;
  private boolean suspect;
  private boolean stalled;
  private boolean up = true;

  Health(DestinationConfig config, int connection, DestinationState state) {
    this.connection = connection;
    this.state = state;
    backOff = new BackOff(config.reconnectMin(), config.reconnectMax());
    goodAge = Math.min(GOOD_MILLIS, config.reconnectMax().toMillis());
    stallAge = goodAge + config.writeTimeout().toMillis();
  }

  /** Milliseconds to wait before the next attempt. */
  long backOff() {
    return backOff.next();
  }

  /** Whether lines are likely to get there. */
  boolean isUp() {
    return up;
  }

  /** Whether the connection that is open, or was last, is a good one. */
  boolean isGood() {
    return good;
  }

  void opened(long now) {
    openedAt = now;
    good = false;
    if (!suspect) {
      turn(true, null);
    }
  }

  /** It is open still: long enough, it is a good one. */
  void lasted(long now) {
    if (now - openedAt >= (stalled ? stallAge : goodAge)) {
      proved();
    }
  }

  /** The connection is a good one: a trouble from now on is a new one. */
  void proved() {
    if (!good) {
      good = true;
      suspect = false;
      stalled = false;
      backOff.reset();
      turn(true, null);
    }
  }

  /** There is none, and none could be made. */
  void unreachable(Failure why) {
    turn(false, why);
  }

  /** It is open no more. */
  void broke(Failure why) {
    stalled |= why == Failure.STALLED;
    if (!good || stalled) {
      suspect = true;
      turn(false, why);
    }
  }

  private void turn(boolean now, Failure why) {
    if (up == now) {
      return;
    }
    up = now;
    boolean whole = state.up(now, now ? null : why.getMessage());
    if (!whole) {
      String what = now ? "up again" : "down: " + why.getMessage();
      LOG.info("destination {}: connection {} is {}", state.name(), connection, what);
    }
  }
}
