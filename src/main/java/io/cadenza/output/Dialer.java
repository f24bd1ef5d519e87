package io.cadenza.output;

import io.vertx.core.Future;

/** Opens ways to one destination, one after the other. */
interface Dialer {
  /** Looks the name up anew, connects, and answers the way; fails within the connect timeout. */
  Future<Wire> dial();

  /** Lets go of what it keeps. */
  Future<Void> close();
}
