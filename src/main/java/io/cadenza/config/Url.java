package io.cadenza.config;

import java.util.Locale;

/**
 * Where to listen or to send: {@code tcp://10.0.0.1:2003#a}, {@code udp://[::]:8125}, {@code
 * unix:///run/cadenza.sock}, {@code https://host/path}, {@code tap://name}, {@code store://name}.
 * Immutable, any thread.
 *
 * @param scheme how
 * @param host name or address, IPv6 without its brackets; empty for a unix socket; the name of a
 *     tap or store
 * @param port 0 to 65535, where 0 is any free port, for a listener; 0 for a unix socket, a tap and
 *     a store
 * @param path of the file for a unix socket; path and query for http and https, at least {@code /};
 *     else empty
 * @param instance what follows {@code #}: carbon's third field of a destination; else empty
 * @param text as the configuration has it: the name by which it is shown
 */
public record Url(Scheme scheme, String host, int port, String path, String instance, String text) {
  /** {@link #parse} with this default wants a port in the text, except for http and https. */
  public static final int NO_PORT = -1;

  /** What a wrong URL is read as until its problem is told. */
  static final Url NOWHERE = new Url(Scheme.TCP, "localhost", 0, "", "", "");

  /** The ways to speak to an address. */
  public enum Scheme {
    TCP,
    UDP,
    UNIX,
    HTTP,
    HTTPS,
    /** Not an address at all: those who follow the lines at the admin, by name. */
    TAP,
    /** A store of this process, by name. */
    STORE;

    /** Whether it is no address, but something of this process. */
    public boolean isOwn() {
      return this == TAP || this == STORE;
    }

    /** As it is written before {@code ://}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads a URL.
   *
   * @param defaultPort for tcp and udp without a port, or {@link #NO_PORT}; http has 80, https 443
   * @throws IllegalArgumentException with what is wrong and what would be right; it does not repeat
   *     the text, which may hold a password
   */
  public static Url parse(String text, int defaultPort) {
    try {
      return UrlText.read(text, defaultPort);
    } catch (Complaint wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  /**
   * Host and port as they are written together, IPv6 in brackets; the path of a unix socket; the
   * name of a tap or store.
   */
  public String address() {
    if (scheme == Scheme.UNIX) {
      return path;
    }
    if (scheme.isOwn()) {
      return host;
    }
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public String toString() {
    return text;
  }
}
