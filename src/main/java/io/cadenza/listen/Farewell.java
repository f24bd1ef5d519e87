package io.cadenza.listen;

import io.cadenza.bus.Leave;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * Waits, as an instance stops, until its senders have gone; looks after them now and then within
 * their grace, and in the end tells that it is over. Event loop of the instance.
 */
final class Farewell {
  /** So many looks within the grace. */
  private static final int LOOKS = 40;

  /** A sender of whom nothing was heard for so many looks has no more to say. */
  static final int QUIET = LOOKS / 4;

  /** Looks after the senders. */
  interface Look {
    /**
     * @param last whether their time is over
     * @return whether all have gone
     */
    boolean allGone(boolean last);
  }

  private final Leave leave;
  private final int least;
  private final BooleanSupplier hindered;
  private final Look look;
  private final Promise<Void> over = Promise.promise();
  private int looks;

  private Farewell(Leave leave, int least, BooleanSupplier hindered, Look look) {
    this.leave = leave;
    this.least = least;
    this.hindered = hindered;
    this.look = look;
  }

  /**
   * Starts to wait.
   *
   * @param handshakes whether some may be on their way in who are no connections yet
   * @param hindered whether the senders are kept from sending: that time does not count
   */
  static Future<Void> begin(
      Vertx vertx, Leave leave, boolean handshakes, BooleanSupplier hindered, Look look) {
    Farewell farewell = new Farewell(leave, handshakes ? QUIET : 0, hindered, look);
    long millis = Math.max(1, leave.graceMillis() / LOOKS);
    long timer = vertx.setPeriodic(millis, tick -> farewell.look());
    farewell.look();
    return farewell.over.future().onComplete(v -> vertx.cancelTimer(timer));
  }

  private void look() {
    if (!hindered.getAsBoolean()) {
      looks++;
    }
    boolean last = looks > LOOKS || leave.listenersMillis() == 0;
    if (look.allGone(last) && looks >= least || last) {
      over.tryComplete();
    }
  }
}
