package io.cadenza.output;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;

/**
 * Names to addresses by the resolver that connections use as well: the hosts file, then DNS, kept
 * as long as the records say, and no thread waits. Public API has it only inside of a connect.
 */
final class Names {
  private Names() {}

  static Future<InetAddress> resolve(Vertx vertx, String host) {
    return ((VertxInternal) vertx).nameResolver().resolve(host);
  }
}
