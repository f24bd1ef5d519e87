package io.cadenza.writer.mysql;

import io.cadenza.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a database is and who asks. Read from the form of Go's driver, {@code
 * user:password@tcp(host:port)/database}, or from a URI, {@code
 * mysql://user:password@host:port/db}, also with {@code jdbc:} in front or {@code mariadb} as
 * scheme.
 *
 * @param host a path of a unix socket when it begins with a slash
 * @param tls whether it asks for TLS, which is a matter of other keys
 */
record Dsn(String host, int port, String user, Secret password, String database, boolean tls) {
  /** What is wanted, for problems. */
  static final String WANTED =
      "is no address of a database; give user:password@tcp(host:port)/database"
          + " or mysql://user:password@host:port/database";

  private static final int PORT = 3306;
  private static final Set<String> ASKING = Set.of("tls", "sslmode", "usessl", "ssl-mode");

  static Optional<Dsn> parse(String text) {
    String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    boolean uri = plain.startsWith("mysql://") || plain.startsWith("mariadb://");
    return uri ? ofUri(plain) : ofGo(plain);
  }

  /** As Go's driver reads it: the last slash ends the address, the last @ before it the login. */
  private static Optional<Dsn> ofGo(String text) {
    int question = text.lastIndexOf('?');
    int slash = text.lastIndexOf('/', question < 0 ? text.length() : question);
    if (slash < 0) {
      return Optional.empty();
    }
    String tail = text.substring(slash + 1);
    String database = before(tail, '?');
    String head = text.substring(0, slash);
    int at = head.lastIndexOf('@');
    String login = at < 0 ? "" : head.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);
    return address(head.substring(at + 1))
        .map(to -> new Dsn(to.host, to.port, user, Secret.of(password), database, asksTls(tail)))
        .filter(Dsn::isWhole);
  }

  private record Address(String host, int port) {}

  /** {@code tcp(host:port)}, {@code unix(/path)}. */
  private static Optional<Address> address(String text) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      return Optional.empty();
    }
    String inside = text.substring(open + 1, text.length() - 1);
    return switch (text.substring(0, open)) {
      case "tcp" -> hostAndPort(inside);
      case "unix" -> Optional.of(new Address(inside, 1)).filter(to -> to.host.startsWith("/"));
      default -> Optional.empty();
    };
  }

  private static Optional<Address> hostAndPort(String text) {
    int bracket = text.indexOf(']');
    int colon = text.indexOf(':', Math.max(0, bracket));
    String host = colon < 0 ? text : text.substring(0, colon);
    String digits = colon < 0 ? Integer.toString(PORT) : text.substring(colon + 1);
    boolean number = digits.matches("[0-9]{1,5}");
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    return number && !plain.isEmpty() && !plain.startsWith("/")
        ? Optional.of(new Address(plain, Integer.parseInt(digits)))
        : Optional.empty();
  }

  private static Optional<Dsn> ofUri(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException noUri) {
      return Optional.empty();
    }
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      return Optional.empty();
    }
    String login = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    int colon = login.indexOf(':');
    String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
    String host = uri.getHost().replace("[", "").replace("]", "");
    return Optional.of(
            new Dsn(
                host,
                uri.getPort() < 0 ? PORT : uri.getPort(),
                colon < 0 ? login : login.substring(0, colon),
                Secret.of(colon < 0 ? "" : login.substring(colon + 1)),
                uri.getPath().substring(1),
                asksTls(query)))
        .filter(Dsn::isWhole);
  }

  private boolean isWhole() {
    return port > 0 && port < 65_536 && !user.isEmpty() && !database.isEmpty();
  }

  private static boolean asksTls(String tail) {
    int question = tail.indexOf('?');
    String parameters = tail.substring(question < 0 ? tail.length() : question + 1);
    for (String parameter : parameters.toLowerCase(Locale.ROOT).split("&")) {
      boolean off = parameter.endsWith("=false") || parameter.endsWith("=disabled");
      if (ASKING.contains(before(parameter, '=')) && !off) {
        return true;
      }
    }
    return false;
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  Dsn withPassword(Secret other) {
    return new Dsn(host, port, user, other, database, tls);
  }
}
