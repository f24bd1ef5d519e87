package io.cadenza.hash;

/** What each system hashes for a node, point by point. */
final class Labels {
  private Labels() {}

  /** The text of point {@code i} of a node. */
  static String point(RingKind kind, RingSpec spec, Node node, int i) {
    String text = node(kind, node);
    return switch (kind) {
      case CARBON, MMH3, C_RELAY_CARBON, CRNG_V1, CRNG_V2 -> text + ":" + i;
      case FNV1A, C_RELAY_FNV1A -> i + "-" + text;
      case STATSD_PROXY -> text + "-" + i;
      case CADENT -> CadentNames.ELTERS.get(spec.elter()).label(text, i);
      case JUMP -> text;
    };
  }

  /** The part of it that tells one node from another. Nodes of one text share their points. */
  static String node(RingKind kind, Node node) {
    return node.hashKey() != null ? node.hashKey() : ownText(kind, node);
  }

  private static String ownText(RingKind kind, Node node) {
    String instance = node.instance();
    return switch (kind) {
      case CARBON, MMH3 -> PythonText.tuple(node.plainHost(), instance);
      case FNV1A -> instance == null ? "None" : instance;
      case C_RELAY_CARBON -> pair(node.plainHost(), instance);
      case C_RELAY_FNV1A -> instance == null ? hostAndPort(node) : instance;
      case CRNG_V1, CRNG_V2 -> pair(crngHost(node), crngInstance(node));
      case STATSD_PROXY -> hostAndPort(node);
      case CADENT -> node.url();
      case JUMP -> instance == null ? "" : instance;
    };
  }

  /** The whole of what carbon's fast-hashing sorts by. */
  static String fast(Node node) {
    return node(RingKind.CARBON, node);
  }

  private static String hostAndPort(Node node) {
    return node.plainHost() + ":" + node.port();
  }

  /** Python's tuple as the relays in C and Go write it: without escapes. */
  private static String pair(String host, String instance) {
    return "('" + host + "', " + (instance == null ? "None" : "'" + instance + "'") + ")";
  }

  /** carbon-relay-ng cuts the address at its first colon, which leaves a bracket of IPv6. */
  static String crngHost(Node node) {
    return node.plainHost().indexOf(':') >= 0 ? "[" : node.host();
  }

  /** carbon-relay-ng does not tell an empty instance from none. */
  static String crngInstance(Node node) {
    return node.instance() == null || node.instance().isEmpty() ? null : node.instance();
  }
}
