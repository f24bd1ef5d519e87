package io.cadenza.writer.cassandra;

import io.cadenza.config.Settings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The hosts of a cluster, as a list or as Cadent's comma list. */
final class HostList {
  private static final int LAST_PORT = 65_535;

  private HostList() {}

  /** Those of {@code dsn} where it is given, else of {@code hosts}; one at least, in any case. */
  static List<InetSocketAddress> read(Settings s) {
    int port = s.count("port", 1, LAST_PORT);
    String key = s.has("dsn") ? "dsn" : "hosts";
    boolean commaList = key.equals("dsn") || s.isText(key);
    List<String> texts = commaList ? List.of(s.text(key).split(",", -1)) : s.texts(key);
    List<InetSocketAddress> hosts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      InetSocketAddress host = host(texts.get(i).strip(), port);
      if (host != null) {
        hosts.add(host);
      } else {
        s.problem(
            commaList ? key : key + "[" + i + "]",
            "\"" + texts.get(i) + "\" is no host such as 10.0.0.1, [::1]:9042 or db1:9042");
      }
    }
    if (texts.isEmpty()) {
      s.problem(key, "is empty; give one host at least");
    }
    return hosts.isEmpty() ? List.of(unresolved("127.0.0.1", port)) : hosts;
  }

  /** Null when it is none. An address of IPv6 that has a port is in brackets. */
  private static InetSocketAddress host(String text, int defaultPort) {
    int bracket = text.indexOf(']');
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[") && bracket > 1) {
      String rest = text.substring(bracket + 1);
      int port = rest.isEmpty() ? defaultPort : rest.charAt(0) == ':' ? port(rest, 0) : -1;
      return port < 0 ? null : unresolved(text.substring(1, bracket), port);
    }
    boolean plain = colon < 0 || text.indexOf(':') != colon;
    String host = plain ? text : text.substring(0, colon);
    int port = plain ? defaultPort : port(text, colon);
    return port < 0 || !isHost(host) ? null : unresolved(host, port);
  }

  private static int port(String text, int colon) {
    String digits = text.substring(colon + 1);
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = number ? Integer.parseInt(digits) : 0;
    return port < 1 || port > LAST_PORT ? -1 : port;
  }

  private static boolean isHost(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || ".-_:%".indexOf(c) >= 0);
  }

  /** Looked up when it is connected to, so that a start does not wait for names. */
  private static InetSocketAddress unresolved(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }
}
