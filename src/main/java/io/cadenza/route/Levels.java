package io.cadenza.route;

import io.cadenza.meter.Meters;
import io.cadenza.meter.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How full the caches of one router are: looked at on a tick, told as sums over all routers.
 * Belongs to the router's thread.
 */
final class Levels {
  private record Level(Share share, LongSupplier now) {}

  private final List<Level> levels = new ArrayList<>();

  /** One more figure, and what it is of this router at any time. */
  void add(Meters.Scope scope, String figure, LongSupplier now, String help) {
    levels.add(new Level(scope.share(figure, help), now));
  }

  /** What a table of matchers has learnt. */
  void add(Meters.Scope scope, MatcherTable matchers) {
    if (!matchers.indifferent()) {
      add(scope, "matcher-bytes", matchers::bytes, "Memory of the matchers' automata");
      add(scope, "matcher-limit-bytes", matchers::mostBytes, "The bound of matcher-bytes");
      add(scope, "matcher-states", matchers::states, "States of the matchers' largest automata");
      add(scope, "matcher-limit-states", matchers::mostStates, "The bound of matcher-states");
    }
  }

  void publish() {
    levels.forEach(level -> level.share.set(level.now.getAsLong()));
  }

  /** The router is no more. */
  void takeBack() {
    levels.forEach(level -> level.share.set(0));
  }
}
