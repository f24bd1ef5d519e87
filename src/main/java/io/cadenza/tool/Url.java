package io.cadenza.tool;

import io.vertx.core.net.SocketAddress;
import java.util.Locale;

/**
 * Where a tool listens or sends: {@code tcp://host:port}, {@code udp://host:port}, {@code
 * http://host:port/path} or {@code unix:///path}.
 *
 * @param host null for unix
 * @param path for http and unix; empty for the others
 */
record Url(Scheme scheme, String host, int port, String path) {
  /** How bytes travel. */
  enum Scheme {
    TCP,
    UDP,
    HTTP,
    UNIX;

    private static Scheme of(String word, String text) {
      for (Scheme scheme : values()) {
        if (scheme.word().equals(word)) {
          return scheme;
        }
      }
      throw new IllegalArgumentException(text + ": not one of tcp://, udp://, http://, unix://");
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads an address. A host name may have characters that java.net.URI refuses, as the underscore
   * of a container's name.
   *
   * @throws IllegalArgumentException with a message for the user, when it is none
   */
  static Url parse(String text) {
    int colon = text.indexOf("://");
    String word = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    Scheme scheme = Scheme.of(word, text);
    String rest = text.substring(colon + 3);
    if (scheme != Scheme.UNIX) {
      return network(scheme, rest, text);
    }
    if (!rest.startsWith("/")) {
      throw new IllegalArgumentException(text + ": a unix socket is unix:///its/path");
    }
    return new Url(scheme, null, 0, rest);
  }

  private static Url network(Scheme scheme, String rest, String text) {
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash);
    if (scheme != Scheme.HTTP && path.length() > 1) {
      throw new IllegalArgumentException(text + ": only http has a path");
    }
    String address = slash < 0 ? rest : rest.substring(0, slash);
    int colon = address.lastIndexOf(':');
    if (colon < 1 || address.endsWith("]")) {
      throw new IllegalArgumentException(text + ": host:port is wanted");
    }
    int port = port(address.substring(colon + 1), text);
    return new Url(scheme, bare(address.substring(0, colon)), port, path(scheme, path));
  }

  private static String path(Scheme scheme, String path) {
    if (scheme != Scheme.HTTP) {
      return "";
    }
    return path.isEmpty() ? "/" : path;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String digits, String text) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new IllegalArgumentException(text + ": a port is a number from 0 to 65535");
  }

  /** The same with the port that was given for port 0. */
  Url withPort(int actual) {
    return new Url(scheme, host, actual, path);
  }

  SocketAddress socketAddress() {
    return scheme == Scheme.UNIX
        ? SocketAddress.domainSocketAddress(path)
        : SocketAddress.inetSocketAddress(port, host);
  }

  @Override
  public String toString() {
    if (scheme == Scheme.UNIX) {
      return "unix://" + path;
    }
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return scheme.word() + "://" + shown + ":" + port + path;
  }
}
