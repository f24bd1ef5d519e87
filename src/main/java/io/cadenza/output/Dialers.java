package io.cadenza.output;

import io.vertx.core.Vertx;

/** Which way leads to which kind of destination: the only place that knows them all. */
final class Dialers {
  private Dialers() {}

  static Dialer of(DestinationConfig config, Vertx vertx) {
    return switch (config.url().scheme()) {
      case TCP, UNIX -> new SocketDialer(config, vertx);
      case UDP, HTTP, HTTPS -> throw new IllegalStateException(config.url().text());
    };
  }

  static Encoder encoder(DestinationConfig config) {
    return new LineEncoder();
  }
}
