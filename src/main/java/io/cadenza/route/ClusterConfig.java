package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.hash.Node;
import io.cadenza.hash.RingSpec;
import io.cadenza.hash.Rings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Destinations with a policy, as configured.
 *
 * @param ring which ring, for the policy {@link Policy#HASH}
 * @param onDown what becomes of the keys of a member that is down, for the policy {@link
 *     Policy#HASH}
 * @param dynamic whether a member that is down hands what waits for it to members that are up
 * @param aggregatedBy the pipeline by whose rules' keys the ring chooses; empty where it chooses by
 *     the line's own
 * @param rules those of that pipeline
 * @param members in the order of the file, which matters to some rings
 */
public record ClusterConfig(
    String name,
    Policy policy,
    RingSpec ring,
    OnDown onDown,
    boolean dynamic,
    String aggregatedBy,
    List<AggregateConfig> rules,
    List<Member> members) {
  public ClusterConfig {
    rules = List.copyOf(rules);
    members = List.copyOf(members);
  }

  /** What rings hash. */
  public List<Node> nodes() {
    return members.stream().map(Member::node).toList();
  }

  /** Reads one cluster. What rings warn of is told when it is started, not here. */
  static ClusterConfig read(String name, Settings s, Settings defaults, CacheLimits limits) {
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Settings member : destinations(s, defaults)) {
      members.add(Member.read(name, member, defaults, names));
    }
    if (members.isEmpty()) {
      s.problem("destinations", "has none; give at least one, as in [\"tcp://10.0.0.1:2003\"]");
    }
    RingSpec ring =
        new RingSpec(
            s.text("hash", Rings.NAMES.toArray(new String[0])),
            s.count("replicas", 1, 255),
            s.flag("diverse-replicas"),
            s.flag("fast"),
            s.text("algo", Rings.ALGOS.toArray(new String[0])),
            s.text("elter", Rings.ELTERS.toArray(new String[0])),
            s.count("vnodes", 1, 100_000),
            limits.ringKeys());
    ClusterConfig config =
        new ClusterConfig(
            name,
            s.choice("policy", Policy.class),
            ring,
            s.choice("on-down", OnDown.class),
            s.flag("dynamic"),
            s.textOr("aggregated-by", ""),
            List.of(),
            members);
    boolean shared = config.policy() == Policy.ALL || config.policy() == Policy.FIRST_MATCH;
    if (config.dynamic() && shared) {
      s.problem("dynamic", "is for hash, any-of, failover and round-robin, where one gets a line");
    }
    if (!config.aggregatedBy().isEmpty() && config.policy() != Policy.HASH) {
      s.problem("aggregated-by", "is for policy = hash, where a ring chooses by key");
    }
    if (config.policy() == Policy.HASH && ring.replicas() > members.size()) {
      s.problem("replicas", "is more than there are destinations: at most " + members.size());
    }
    return config;
  }

  /** What a store is to routes: a cluster of one destination. */
  static ClusterConfig store(String name) {
    Node node = new Node(name, 0, null, null, name);
    Member only = new Member("store://" + name, ofStore(name), node, MatcherConfig.ALL);
    return new ClusterConfig(
        name,
        Policy.ALL,
        RingSpec.of("carbon_ch"),
        OnDown.KEEP,
        false,
        "",
        List.of(),
        List.of(only));
  }

  /** The name of the destination that a store is, in metrics and logs. */
  public static String ofStore(String store) {
    return store + "/store";
  }

  /** The same, choosing by the keys of these rules. */
  ClusterConfig withRules(List<AggregateConfig> found) {
    return new ClusterConfig(name, policy, ring, onDown, dynamic, aggregatedBy, found, members);
  }

  /** The blocks of a cluster's destinations, each over the defaults. */
  public static List<Settings> destinations(Settings cluster, Settings defaults) {
    return cluster.list("destinations", "url").stream()
        .map(block -> block.withDefaults(defaults.block("destination")))
        .toList();
  }

  /**
   * One destination as its cluster sees it.
   *
   * @param written as the file writes it: {@code tcp://10.0.0.1:2003#a}
   * @param destination its name in metrics: unique
   * @param node what a ring hashes
   * @param match its own matcher
   */
  public record Member(String written, String destination, Node node, MatcherConfig match) {
    private static final int LINE_PORT = 2003;

    static Member read(String cluster, Settings s, Settings defaults, Set<String> names) {
      Url url = s.url("url", LINE_PORT);
      String given = s.textOr("instance", url.instance().isEmpty() ? null : url.instance());
      String text = url.text();
      int hash = text.indexOf('#');
      String bare = hash < 0 ? text : text.substring(0, hash);
      String written = given == null ? bare : bare + "#" + given;
      String name = name(cluster, url, given);
      if (!names.add(name)) {
        s.problem("url", "is there twice; give one of the two an instance of its own");
      }
      Node node = new Node(url.host(), url.port(), given, s.textOr("hash-key", null), bare);
      return new Member(written, name, node, MatcherConfig.read(s.block("match"), defaults));
    }

    /** The name of a destination in metrics and logs: {@code ring/10.0.0.1:2003#a}. */
    private static String name(String cluster, Url url, String instance) {
      return cluster + "/" + url.address() + (instance == null ? "" : "#" + instance);
    }
  }
}
