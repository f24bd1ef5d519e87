package io.cadenza.output;

import io.cadenza.bus.Tap;
import io.cadenza.store.Caches;
import io.vertx.core.Vertx;
import java.util.Map;

/** Which way leads to which kind of destination: the only place that knows them all. */
final class Dialers {
  private Dialers() {}

  static Dialer of(DestinationConfig config, Map<String, Tap> taps, Caches stores, Vertx vertx) {
    return switch (config.url().scheme()) {
      case TCP, UNIX -> new SocketDialer(config, vertx);
      case UDP -> new DatagramDialer(config, vertx);
      case HTTP, HTTPS -> new HttpDialer(config, vertx);
      case TAP -> new TapDialer(taps.get(config.url().host()), vertx.eventBus());
      case STORE -> new StoreDialer(config.url().host(), stores, vertx);
    };
  }

  static Encoder encoder(DestinationConfig config) {
    Encoder plain = config.pickle() ? new PickleEncoder(config.batchPoints()) : new LineEncoder();
    return config.gzip() ? new GzipEncoder(plain) : plain;
  }
}
