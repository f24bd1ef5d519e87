package io.cadenza.listen;

import io.cadenza.meter.ListenerMeters;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connections of clients over HTTP that one instance has. Belongs to its event loop. */
final class Guests {
  private final Map<HttpConnection, Guest> all = new HashMap<>();
  private final ListenerMeters meters;
  private final IdleWatch watch;

  /** One connection; waits while it has a whole request that is not answered. */
  static final class Guest {
    boolean waits;
    private int active;
    private int quietLooks;
  }

  Guests(ListenerMeters meters, IdleWatch watch) {
    this.meters = meters;
    this.watch = watch;
  }

  void opened(HttpConnection connection) {
    Guest guest = new Guest();
    guest.active = watch.now();
    all.put(connection, guest);
  }

  void closed(HttpConnection connection) {
    all.remove(connection);
  }

  /** Null for one that was not let in. */
  Guest of(HttpConnection connection) {
    return all.get(connection);
  }

  /** Something of a request has come. */
  void heard(Guest guest) {
    guest.active = watch.now();
    guest.quietLooks = 0;
  }

  /** Its request is over. */
  void answered(Guest guest) {
    guest.waits = false;
    guest.active = watch.now();
  }

  /** A client that waits for our answer is not idle. */
  void closeIdle() {
    for (Map.Entry<HttpConnection, Guest> guest : List.copyOf(all.entrySet())) {
      if (!guest.getValue().waits && watch.over(guest.getValue().active)) {
        meters.connectionsIdle.increment();
        guest.getKey().close();
      }
    }
  }

  boolean anyWaits() {
    return all.values().stream().anyMatch(guest -> guest.waits);
  }

  /**
   * Looks after them as the instance stops: see {@link Farewell.Look}.
   *
   * @param alone whether nobody else serves them from now on
   */
  boolean allGone(boolean last, boolean alone) {
    for (Map.Entry<HttpConnection, Guest> entry : List.copyOf(all.entrySet())) {
      Guest guest = entry.getValue();
      guest.quietLooks++;
      if (last && (guest.waits || guest.quietLooks == 1)) {
        meters.connectionsCut.increment();
      } else if (!guest.waits && (last || alone && guest.quietLooks > Farewell.QUIET)) {
        entry.getKey().close();
      }
    }
    return all.isEmpty();
  }
}
