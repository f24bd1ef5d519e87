package io.cadenza.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.config.Url.Scheme;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads one {@link Url}: the parts, each with a complaint that says what would be right. */
final class UrlText {
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*)");
  private static final Pattern OWN_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?");
  private static final int LAST_PORT = 65_535;
  private static final int LONGEST_SOCKET_PATH = 107; // sun_path of Linux, less its final zero

  private final String text;
  private final int defaultPort;
  private Scheme scheme = Scheme.TCP;
  private String host = "";
  private int port;
  private String path = "";
  private String instance = "";

  private UrlText(String text, int defaultPort) {
    this.text = text;
    this.defaultPort = defaultPort;
  }

  /**
   * @throws Complaint when it is no URL
   */
  static Url read(String text, int defaultPort) {
    var url = new UrlText(text, defaultPort);
    url.afterScheme(url.withoutInstance(url.withoutScheme()));
    return url.done();
  }

  /**
   * Reads {@code host:port}, as tcp.
   *
   * @throws Complaint when it is no address
   */
  static Url address(String text, int defaultPort) {
    if (text.contains("://")) {
      throw new Complaint("has a scheme; give host and port only, such as 127.0.0.1:6061");
    }
    var url = new UrlText(text, defaultPort);
    url.authority(text);
    return url.done();
  }

  private Url done() {
    return new Url(scheme, host, port, path, instance, text);
  }

  private String withoutScheme() {
    int colon = text.indexOf("://");
    if (colon < 0) {
      throw new Complaint("has no scheme; give a URL such as tcp://127.0.0.1:2003");
    }
    String word = text.substring(0, colon);
    scheme =
        Arrays.stream(Scheme.values())
            .filter(known -> known.word().equals(word))
            .findFirst()
            .orElseThrow(() -> new Complaint("has an unknown scheme; known: " + known()));
    return text.substring(colon + 3);
  }

  private static String known() {
    List<String> words = Arrays.stream(Scheme.values()).map(Scheme::word).toList();
    return String.join(", ", words) + " (for TLS, tcp with tls { enabled = true })";
  }

  private String withoutInstance(String rest) {
    int hash = rest.indexOf('#');
    if (hash < 0) {
      return rest;
    }
    instance = rest.substring(hash + 1);
    if (instance.isEmpty()) {
      throw new Complaint("names no instance after #");
    }
    return rest.substring(0, hash);
  }

  private void afterScheme(String rest) {
    if (scheme == Scheme.UNIX) {
      socketPath(rest);
      return;
    }
    if (scheme.isOwn()) {
      ownName(rest);
      return;
    }
    int slash = firstOf(rest);
    path = rest.substring(slash);
    authority(rest.substring(0, slash));
    if (scheme == Scheme.TCP || scheme == Scheme.UDP) {
      if (!path.isEmpty()) {
        throw new Complaint("has a path, which " + scheme.word() + " does not take");
      }
    } else if (!path.startsWith("/")) {
      path = "/" + path;
    }
  }

  private static int firstOf(String rest) {
    int at = 0;
    while (at < rest.length() && rest.charAt(at) != '/' && rest.charAt(at) != '?') {
      at++;
    }
    return at;
  }

  private void socketPath(String rest) {
    if (rest.isEmpty()) {
      throw new Complaint("names no file; give a path such as unix:///run/cadenza.sock");
    }
    if (rest.indexOf('\0') >= 0) {
      throw new Complaint("has a path with a zero byte");
    }
    if (rest.getBytes(UTF_8).length > LONGEST_SOCKET_PATH) {
      throw new Complaint(
          "has a path too long for a unix socket; give at most " + LONGEST_SOCKET_PATH + " bytes");
    }
    path = rest;
  }

  private void ownName(String rest) {
    if (!OWN_NAME.matcher(rest).matches()) {
      String example = scheme.word() + "://main";
      throw new Complaint("has no name of letters, digits, _ and - only; give " + example);
    }
    host = rest;
  }

  private void authority(String authority) {
    if (authority.indexOf('@') >= 0) {
      throw new Complaint("has a user or password, which a URL must not show here");
    }
    if (authority.startsWith("[")) {
      bracketed(authority);
    } else {
      named(authority);
    }
  }

  private void bracketed(String authority) {
    int close = authority.indexOf(']');
    if (close < 0) {
      throw new Complaint("has no ] after its IPv6 address");
    }
    host = authority.substring(1, close);
    if (!isIpv6(host)) {
      throw new Complaint("has no IPv6 address between [ and ]");
    }
    String rest = authority.substring(close + 1);
    if (!rest.isEmpty() && rest.charAt(0) != ':') {
      throw new Complaint("has something between ] and its port; give [::1]:2003");
    }
    port(rest);
  }

  private void named(String authority) {
    int colon = authority.indexOf(':');
    if (colon != authority.lastIndexOf(':')) {
      throw new Complaint("has more than one colon; write an IPv6 address in brackets: [::1]:2003");
    }
    host = colon < 0 ? authority : authority.substring(0, colon);
    if (host.isEmpty()) {
      throw new Complaint("names no host; to listen on all addresses give 0.0.0.0 or [::]");
    }
    boolean right =
        IPV4_LIKE.matcher(host).matches()
            ? IPV4.matcher(host).matches()
            : HOST_NAME.matcher(host).matches();
    if (!right) {
      throw new Complaint("has " + Shown.text(host) + " for a host, which is no name or address");
    }
    port(colon < 0 ? "" : authority.substring(colon));
  }

  private void port(String colonAndPort) {
    if (colonAndPort.isEmpty()) {
      port = portUnsaid();
      return;
    }
    String digits = colonAndPort.substring(1);
    if (!digits.matches("[0-9]{1,9}") || Integer.parseInt(digits) > LAST_PORT) {
      throw new Complaint(
          "has " + Shown.text(digits) + " for a port; give a number from 0 to " + LAST_PORT);
    }
    port = Integer.parseInt(digits);
  }

  private int portUnsaid() {
    if (scheme == Scheme.HTTP) {
      return 80;
    }
    if (scheme == Scheme.HTTPS) {
      return 443;
    }
    if (defaultPort == Url.NO_PORT) {
      throw new Complaint("has no port; give one after a colon, such as :2003");
    }
    return defaultPort;
  }

  /** The JDK reads what stands in brackets as an address, and never asks a name server. */
  private static boolean isIpv6(String address) {
    if (address.indexOf(':') < 0 || !IPV6.matcher(address).matches()) {
      return false;
    }
    int zone = address.indexOf('%');
    try {
      InetAddress.getByName("[" + (zone < 0 ? address : address.substring(0, zone)) + "]");
      return true;
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
