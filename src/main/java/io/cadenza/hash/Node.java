package io.cadenza.hash;

/**
 * One member of a ring as its owner sees it. Made by whoever reads the configuration.
 *
 * @param host as written; the brackets of an IPv6 address may be left or removed
 * @param instance carbon's third field, or null
 * @param hashKey what is hashed in place of the system's own text for a node, or null
 * @param url as configured, without {@code #instance}: {@code tcp://host:port}
 */
public record Node(String host, int port, String instance, String hashKey, String url) {
  /** As the configuration writes it: {@code tcp://host:port#instance}. */
  public String name() {
    String place = url == null ? host + ":" + port : url;
    return instance == null ? place : place + "#" + instance;
  }

  /** The host without the brackets of an IPv6 address. */
  String plainHost() {
    boolean bracketed = host.length() > 1 && host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }
}
