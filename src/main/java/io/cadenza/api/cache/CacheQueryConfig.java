package io.cadenza.api.cache;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where cache queries are answered, and how far they may go; reference.conf describes every key
 * under {@code cache-query}.
 *
 * @param listen nothing where nobody asks
 * @param stores names of those whose caches are asked
 * @param maxFrame bytes of a request
 * @param maxMetrics in one request
 * @param idleTimeout after which a quiet connection is closed; zero for never
 */
public record CacheQueryConfig(
    Optional<Url> listen,
    List<String> stores,
    int maxFrame,
    int maxMetrics,
    Duration idleTimeout,
    int maxConnections) {
  private static final int PORT = 7002;

  /** Reads the block {@code cache-query}; whether there are such stores is for others to say. */
  public static CacheQueryConfig read(Settings s) {
    CacheQueryConfig config =
        new CacheQueryConfig(
            s.has("listen") ? Optional.of(s.address("listen", PORT)) : Optional.empty(),
            s.texts("stores"),
            (int) s.bytes("max-frame", 1024, 1 << 30),
            s.count("max-metrics", 1, 1_000_000),
            s.duration("idle-timeout", Duration.ZERO, Duration.ofDays(1)),
            s.count("max-connections", 1, 1_000_000));
    boolean exposed = s.flag("exposed");
    if (config.listen.isPresent() && !exposed && !loopback(config.listen.get().host())) {
      s.problem(
          "listen",
          "is not on loopback, and the protocol knows no token: listen on 127.0.0.1, or say exposed"
              + " = true where only friends get there");
    }
    return config;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
