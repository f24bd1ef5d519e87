package io.cadenza.api;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.listen.ServerTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the read API listens, what it reads and how far a request may go; reference.conf describes
 * every key under {@code api}.
 *
 * @param listen nothing where there is no API
 * @param basePath in front of all paths; begins and ends with a slash
 * @param stores names of those that are read
 * @param token what a request must carry, none for nothing
 * @param maxBody bytes of a request's body
 * @param maxConnections open at once
 * @param idleTimeout after which a quiet connection is closed; zero for never
 * @param cors origins whose pages may ask; {@code *} for all
 */
public record ApiConfig(
    Optional<Url> listen,
    String basePath,
    List<String> stores,
    Secret token,
    ServerTls tls,
    ApiLimits limits,
    int maxBody,
    int maxConnections,
    Duration idleTimeout,
    boolean gzip,
    List<String> cors,
    boolean accessLog) {
  private static final int PORT = 8083;
  private static final int LEAST_BODY = 1024;
  private static final int MOST_BODY = 256 << 20;

  /** Reads the block {@code api}; whether there are such stores is for others to say. */
  public static ApiConfig read(Settings s) {
    ApiConfig config =
        new ApiConfig(
            s.has("listen") ? Optional.of(s.address("listen", PORT)) : Optional.empty(),
            slashed(s.text("base-path")),
            s.texts("stores"),
            s.secret("token"),
            ServerTls.read(s.block("tls")),
            ApiLimits.read(s),
            (int) s.bytes("max-body", LEAST_BODY, MOST_BODY),
            s.count("max-connections", 1, 1_000_000),
            s.duration("idle-timeout", Duration.ZERO, Duration.ofDays(1)),
            s.flag("gzip"),
            s.texts("cors"),
            s.flag("access-log"));
    config.check(s);
    return config;
  }

  private void check(Settings s) {
    if (listen.isPresent() && !token.isGiven() && !loopback(listen.get().host())) {
      s.problem(
          "listen", "is not on loopback: set a token, or listen on 127.0.0.1, behind a proxy");
    }
    if (!idleTimeout.isZero() && idleTimeout.compareTo(limits.timeout()) <= 0) {
      s.problem("idle-timeout", "give more than timeout, or 0s: who waits for an answer is silent");
    }
    for (int i = 0; i < cors.size(); i++) {
      if (!isOrigin(cors.get(i))) {
        s.problem("cors[" + i + "]", "give an origin, as https://grafana.example.org, or *");
      }
    }
    if (basePath.chars().anyMatch(c -> c <= ' ' || c > '~' || "?#%:*".indexOf(c) >= 0)) {
      s.problem("base-path", "give letters, digits, - _ . and slashes, as in \"/graphite/\"");
    }
  }

  private static boolean isOrigin(String text) {
    int host = text.indexOf("://") + 3;
    boolean scheme = text.startsWith("http://") || text.startsWith("https://");
    return text.equals("*") || scheme && text.length() > host && text.indexOf('/', host) < 0;
  }

  private static String slashed(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    return inner.isEmpty() ? "/" : "/" + inner + "/";
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The files that it is made of, beside the configuration. */
  public List<Path> files() {
    return tls.files();
  }
}
