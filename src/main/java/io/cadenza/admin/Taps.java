package io.cadenza.admin;

import io.cadenza.bus.Address;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Tap;
import io.cadenza.line.LineRun;
import io.cadenza.meter.Meters;
import io.cadenza.meter.Tally;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows lines as they pass: {@code GET /tap/NAME} follows one tap, {@code GET /tap} all, as text
 * until the client leaves; {@code ?prefix=} and {@code ?substring=} choose lines. Event loop of the
 * admin.
 */
final class Taps {
  private static final Logger LOG = LoggerFactory.getLogger(Taps.class);

  private final Map<String, Followed> taps = new TreeMap<>();

  Taps(Collection<Tap> all, Meters meters) {
    all.forEach(tap -> taps.put(tap.name(), new Followed(tap, meters)));
  }

  /** Listens for lines of every tap; outputs send none as long as nobody follows. */
  Future<Void> start(EventBus bus) {
    List<Future<Void>> ready = new ArrayList<>();
    taps.forEach(
        (name, tap) ->
            ready.add(
                bus.<Parcel<LineRun>>localConsumer(Address.tap(name), m -> tap.take(m.body()))
                    .completion()));
    return ready.isEmpty() ? Future.succeededFuture() : Future.join(ready).mapEmpty();
  }

  void addTo(Router router) {
    router.get("/tap").handler(request -> follow(request, taps.values()));
    router.get("/tap/:name").handler(this::one);
  }

  private void one(RoutingContext request) {
    Followed tap = taps.get(request.pathParam("name"));
    if (tap != null) {
      follow(request, List.of(tap));
    } else {
      unknown(request, "no such tap; known: " + String.join(", ", taps.keySet()));
    }
  }

  private static void unknown(RoutingContext request, String why) {
    request.response().setStatusCode(404).putHeader("Content-Type", "text/plain").end(why + "\n");
  }

  private static void follow(RoutingContext request, Collection<Followed> chosen) {
    if (chosen.isEmpty()) {
      unknown(request, "there is no tap; give a cluster the destination tap://NAME");
      return;
    }
    request.response().setChunked(true).putHeader("Content-Type", "text/plain; charset=utf-8");
    request.response().writeHead();
    chosen.forEach(tap -> tap.add(request));
  }

  /** One tap and those who follow it. */
  private static final class Followed {
    private final Tap tap;
    private final Tally out;
    private final Tally dropped;
    private final List<Follower> followers = new ArrayList<>();

    private Followed(Tap tap, Meters meters) {
      this.tap = tap;
      Meters.Scope scope = meters.scope("tap", tap.name());
      out = scope.counter("lines-out", "Lines sent to followers, for each of them");
      dropped = scope.counter("dropped", "Lines that followers did not read in time, for each");
      scope.gauge("followers", tap::followers, "Who follows now");
      scope.gauge("window-bytes", tap.window()::taken, "Bytes on their way to the followers");
      scope.gauge("window-limit-bytes", tap.window()::limit, "The bound of window-bytes");
    }

    private void take(Parcel<LineRun> parcel) {
      for (int i = 0; i < followers.size(); i++) {
        followers.get(i).take(parcel.load());
      }
      parcel.done();
    }

    private void add(RoutingContext request) {
      Follower follower =
          new Follower(
              request.response(),
              param(request, "prefix"),
              param(request, "substring"),
              out,
              dropped);
      String who = String.valueOf(request.request().remoteAddress());
      followers.add(follower);
      tap.joined();
      LOG.info("tap {} is followed by {}", tap.name(), who);
      request.addEndHandler(end -> remove(follower, who));
    }

    private void remove(Follower follower, String who) {
      if (followers.remove(follower)) {
        tap.left();
        String told =
            "tap {} was followed by {}: {} lines, {} more dropped as it did not read them";
        LOG.info(told, tap.name(), who, follower.seen(), follower.lost());
      }
    }

    private static String param(RoutingContext request, String name) {
      return request.queryParam(name).stream().collect(Collectors.joining());
    }
  }
}
