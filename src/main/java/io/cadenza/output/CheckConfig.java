package io.cadenza.output;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import java.time.Duration;
import java.util.List;

/**
 * How a destination is asked whether it works, as configured; reference.conf describes every key
 * under {@code defaults.destination.check}.
 *
 * @param up successes one after the other that make it up again
 * @param down failures one after the other that make it down
 */
public record CheckConfig(
    Kind kind, Url url, Duration interval, Duration timeout, int up, int down, StatusCodes status) {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String SELF = "self";
  private static final String STATSD = "statsd://";
  private static final int STATSD_PORT = 8126;
  private static final List<String> SCHEMES =
      List.of("tcp://", "unix://", "http://", "https://", STATSD);

  /** What is asked. */
  public enum Kind {
    /** A connection can be made. */
    CONNECT,
    /** A GET is answered with a status that is right. */
    HTTP,
    /** The management interface of node's statsd says that it is up. */
    STATSD
  }

  /**
   * Reads the block {@code check} of a destination.
   *
   * @param destination where its lines go
   * @return null when there is no check
   */
  static CheckConfig read(Settings s, Url destination) {
    String text = s.textOr("url", null);
    Url url = text == null ? null : url(text, s, destination);
    CheckConfig config =
        new CheckConfig(
            kind(text, url),
            url,
            s.duration("interval", Duration.ofMillis(10), HOUR),
            s.duration("timeout", MILLI, HOUR),
            s.count("up", 1, 1000),
            s.count("down", 1, 1000),
            status(s));
    if (config.timeout.compareTo(config.interval) > 0) {
      s.problem("timeout", "is longer than interval, and checks must not overlap");
    }
    return url == null ? null : config;
  }

  private static Kind kind(String text, Url url) {
    if (url == null || text.equals(SELF) || url.scheme() == Url.Scheme.UNIX) {
      return Kind.CONNECT;
    }
    boolean http = url.scheme() == Url.Scheme.HTTP || url.scheme() == Url.Scheme.HTTPS;
    return text.startsWith(STATSD) ? Kind.STATSD : http ? Kind.HTTP : Kind.CONNECT;
  }

  private static StatusCodes status(Settings s) {
    String text = s.text("status");
    try {
      return StatusCodes.parse(text);
    } catch (IllegalArgumentException wrong) {
      s.problem("status", wrong.getMessage());
      return StatusCodes.parse("200-299");
    }
  }

  /** Null where there is nothing to ask. */
  private static Url url(String text, Settings s, Url destination) {
    if (destination.scheme().isOwn()) {
      return null; // It has no address, whatever is the default of the others.
    }
    if (text.equals(SELF)) {
      if (destination.scheme() == Url.Scheme.UDP) {
        s.problem("url", "over udp nothing answers; give a URL of its own for the check");
      }
      return destination;
    }
    if (SCHEMES.stream().noneMatch(text::startsWith)) {
      s.problem("url", "is none of self, tcp://, http://, https://, statsd:// and unix://");
      return null;
    }
    return parsed(text, s);
  }

  private static Url parsed(String text, Settings s) {
    boolean statsd = text.startsWith(STATSD);
    String plain = statsd ? "tcp://" + text.substring(STATSD.length()) : text;
    try {
      Url url = Url.parse(plain, statsd ? STATSD_PORT : Url.NO_PORT);
      if (url.port() == 0 && url.scheme() != Url.Scheme.UNIX) {
        s.problem("url", "a check needs a port from 1 to 65535");
      }
      return url;
    } catch (IllegalArgumentException wrong) {
      s.problem("url", wrong.getMessage());
      return null;
    }
  }
}
