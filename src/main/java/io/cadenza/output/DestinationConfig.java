package io.cadenza.output;

import io.cadenza.bus.OnFull;
import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.spool.AtBound;
import io.cadenza.spool.SpoolConfig;
import java.time.Duration;

/**
 * One remote address, as configured; reference.conf describes every key under {@code
 * defaults.destination}.
 *
 * @param name unique, in metrics and logs
 * @param pickle whether points go as pickles, else as lines
 * @param queue bytes
 * @param connections how many at once, 0 for one an event loop
 * @param resend bytes that were written last and are written again when a connection breaks
 * @param resendMost the same, of a peer that does not read
 * @param maxAge of a connection, zero for any
 * @param batchPoints of a pickle
 * @param datagramBytes of a UDP datagram
 * @param spool null where nothing waits on disk
 * @param check null for none
 * @param shutdownDeadline how long a stop waits for the queue to empty
 */
public record DestinationConfig(
    String name,
    Url url,
    boolean pickle,
    long queue,
    OnFull onFull,
    int connections,
    Duration connectTimeout,
    Duration writeTimeout,
    Duration reconnectMin,
    Duration reconnectMax,
    long resend,
    long resendMost,
    Duration maxAge,
    boolean gzip,
    int batchPoints,
    int datagramBytes,
    ClientTls tls,
    DestinationSpool spool,
    CheckConfig check,
    Duration shutdownDeadline) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final int LINE_PORT = 2003;
  private static final int LEAST_DATAGRAM = 64;

  /** A store that is full, or down, takes lines again when it can: nothing is made anew. */
  private static final Duration NEVER = Duration.ofDays(36_500);

  /**
   * Reads one destination.
   *
   * @param spool what its spool is like where it does not say
   */
  public static DestinationConfig read(
      String name, Settings s, SpoolConfig spool, Duration shutdownDeadline) {
    Url url = s.url("url", LINE_PORT);
    OnFull onFull = onFull(s, url);
    DestinationSpool own = DestinationSpool.read(s.block("spool"), spool);
    DestinationConfig config =
        new DestinationConfig(
            name,
            url,
            s.text("protocol", "line", "pickle").equals("pickle"),
            s.bytes("queue", 1 << 16, 1L << 40),
            onFull,
            s.count("connections", 0, 64),
            s.duration("connect-timeout", MILLI, HOUR),
            url.scheme() == Url.Scheme.STORE ? NEVER : s.duration("write-timeout", MILLI, HOUR),
            s.duration("reconnect-min", MILLI, HOUR),
            s.duration("reconnect-max", MILLI, HOUR),
            s.bytes("resend", 0, 1 << 30),
            s.bytes("resend-most", 0, 1L << 32),
            s.duration("max-age", Duration.ZERO, Duration.ofDays(365)),
            s.text("compression", "none", "gzip").equals("gzip"),
            s.count("batch-points", 1, 100_000),
            (int) s.bytes("datagram-bytes", LEAST_DATAGRAM, 65_507),
            ClientTls.read(s.block("tls")),
            onFull == OnFull.SPOOL ? own : null,
            CheckConfig.read(s.block("check"), url),
            shutdownDeadline);
    config.check(s);
    return config;
  }

  /** The way to a store, where a route names that: with the keys that a store has of its own. */
  public static DestinationConfig store(
      String name, String store, Settings s, SpoolConfig spool, Duration shutdownDeadline) {
    OnFull onFull = s.choice("on-full", OnFull.class);
    DestinationSpool own = DestinationSpool.read(s.block("spool"), spool);
    return new DestinationConfig(
        name,
        Url.parse("store://" + store, Url.NO_PORT),
        false,
        s.bytes("queue", 1 << 16, 1L << 40),
        onFull,
        0,
        HOUR,
        NEVER,
        HOUR,
        HOUR,
        0,
        0,
        Duration.ZERO,
        false,
        1,
        LEAST_DATAGRAM,
        ClientTls.NONE,
        onFull == OnFull.SPOOL ? own : null,
        null,
        shutdownDeadline);
  }

  /** Whether bytes go out that no answer tells of: the kernel takes them, and the peer may not. */
  boolean isStream() {
    return url.scheme() == Url.Scheme.TCP || url.scheme() == Url.Scheme.UNIX;
  }

  /** What happens when the queue in memory is full; a spool that is full may have senders wait. */
  public OnFull onFullQueue() {
    boolean blocks = onFull == OnFull.SPOOL && spool.files().atBound() == AtBound.BLOCK;
    return blocks ? OnFull.BLOCK : onFull;
  }

  /** A tap never slows the relay, whatever is the default of the others. */
  private static OnFull onFull(Settings s, Url url) {
    OnFull given = s.choice("on-full", OnFull.class);
    return url.scheme() == Url.Scheme.TAP ? OnFull.DROP_OLDEST : given;
  }

  private void check(Settings s) {
    if (url.port() == 0 && url.scheme() != Url.Scheme.UNIX && !url.scheme().isOwn()) {
      s.problem("url", "a destination needs a port from 1 to 65535");
    }
    if (url.scheme() == Url.Scheme.UDP) {
      checkPlain(s, "there is none over udp; use tcp, unix or http");
    } else if (url.scheme() == Url.Scheme.TAP) {
      checkPlain(s, "a tap has none: its followers read plain lines");
    } else if (url.scheme() == Url.Scheme.STORE) {
      checkPlain(s, "a store has none: it is in this process");
    }
    if (tls.enabled()
        && tls.verifyHost()
        && url.scheme() == Url.Scheme.UNIX
        && tls.serverName() == null) {
      s.problem("tls", "needs server-name over unix, or verify-host = false: there is no host");
    }
    if (reconnectMin.compareTo(reconnectMax) > 0) {
      s.problem("reconnect-min", "is longer than reconnect-max");
    }
  }

  private void checkPlain(Settings s, String why) {
    if (gzip) {
      s.problem("compression", why);
    }
    if (pickle) {
      s.problem("protocol", "pickle needs a stream; use tcp or unix");
    }
    if (tls.enabled()) {
      s.problem("tls", why);
    }
  }
}
