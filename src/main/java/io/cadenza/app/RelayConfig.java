package io.cadenza.app;

import io.cadenza.admin.AdminConfig;
import io.cadenza.admin.ShellConfig;
import io.cadenza.api.ApiConfig;
import io.cadenza.api.cache.CacheQueryConfig;
import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.hash.Rings;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.output.DestinationConfig;
import io.cadenza.route.ClusterConfig;
import io.cadenza.route.Policy;
import io.cadenza.route.RoutingTable;
import io.cadenza.spool.SpoolConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The whole configuration, read and checked: immutable.
 *
 * @param accumulators by their names in metrics; those whose lines may come to others first
 * @param destinations by their names in metrics
 * @param stores by name
 * @param shutdownGrace how long senders are listened to that do not notice that they should go
 * @param files a fingerprint of each file that this refers to: of certificates and keys
 * @param instances event loops, 0 for one a core
 * @param eventsKept how many of the last ones
 * @param limits of the whole process
 */
record RelayConfig(
    List<ListenerConfig> listeners,
    RoutingTable table,
    Map<String, AccumulatorSpec> accumulators,
    Map<String, DestinationConfig> destinations,
    Map<String, StoreConfig> stores,
    AdminConfig admin,
    ApiConfig api,
    CacheQueryConfig cacheQuery,
    ShellConfig shell,
    SpoolConfig spool,
    Duration shutdownDeadline,
    Duration shutdownGrace,
    int instances,
    int eventsKept,
    Limits limits,
    Map<Path, String> files) {

  /**
   * Reads all of it.
   *
   * @throws io.cadenza.config.ConfigException with every problem there is
   */
  static RelayConfig read(Settings root) {
    Settings defaults = root.block("defaults");
    RoutingTable table = RoutingTable.read(root);
    Duration deadline =
        root.block("shutdown").duration("deadline", Duration.ZERO, Duration.ofHours(1));
    Duration grace = root.block("shutdown").duration("grace", Duration.ZERO, Duration.ofHours(1));
    List<ListenerConfig> listeners = listeners(root, defaults, table);
    SpoolConfig spool = SpoolConfig.read(root.block("spool"));
    Map<String, DestinationConfig> destinations =
        destinations(root, defaults, table, spool, deadline);
    Map<String, StoreConfig> stores = StoreConfig.read(root);
    ApiConfig api = ApiConfig.read(root.block("api"));
    RelayConfig config =
        new RelayConfig(
            listeners,
            table,
            AccumulatorReading.read(root, table, stores),
            destinations,
            stores,
            AdminConfig.read(root.block("admin")),
            api,
            CacheQueryConfig.read(root.block("cache-query")),
            ShellConfig.read(root.block("shell")),
            spool,
            deadline,
            grace,
            root.count("instances", 0, 256),
            root.block("limits").count("events", 1, 1_000_000),
            Limits.read(root.block("limits")),
            Fingerprints.of(listeners, destinations.values(), api));
    config.checkStores(root);
    config.checkAddresses(root);
    config.checkServers(root);
    config.checkLoops(root);
    new FormatCheck(table, root).check(listeners, config.accumulators());
    root.done();
    root.problems().throwIfAny();
    return config;
  }

  /** Where accumulators leave what is open for the next process. */
  Path states() {
    return spool.path().resolve("accumulators");
  }

  /** Where points that could not be written wait for the next process. */
  Path waitingPoints() {
    return spool.path().resolve("stores");
  }

  /** The same with so many event loops. */
  RelayConfig withInstances(int loops) {
    return new RelayConfig(
        listeners,
        table,
        accumulators,
        destinations,
        stores,
        admin,
        api,
        cacheQuery,
        shell,
        spool,
        shutdownDeadline,
        shutdownGrace,
        loops,
        eventsKept,
        limits,
        files);
  }

  /**
   * Tells what is unwise about the rings, as such that spread keys unevenly. Tries many keys on
   * each ring: for start and check, not for every request.
   *
   * @param told given the name of a cluster, and what is unwise about its ring
   */
  void eachRingWarning(BiConsumer<String, String> told) {
    for (ClusterConfig cluster : table.clusters().values()) {
      if (cluster.policy() == Policy.HASH) {
        Rings.warnings(cluster.ring(), cluster.nodes())
            .forEach(warning -> told.accept(cluster.name(), warning));
      }
    }
  }

  private static List<ListenerConfig> listeners(
      Settings root, Settings defaults, RoutingTable table) {
    List<ListenerConfig> all = new ArrayList<>();
    Settings base = defaults.block("listener");
    root.blocks("listeners")
        .forEach(
            (name, s) -> {
              ListenerConfig listener =
                  ListenerConfig.read(name, s.withDefaults(base), Catalog.formats());
              if (!table.pipelines().containsKey(listener.into())) {
                s.problem(
                    "into", "\"" + listener.into() + "\" is no pipeline; known: " + names(table));
              }
              all.add(listener);
            });
    return all;
  }

  private static String names(RoutingTable table) {
    return String.join(", ", table.pipelines().keySet().stream().sorted().toList());
  }

  private static Map<String, DestinationConfig> destinations(
      Settings root, Settings defaults, RoutingTable table, SpoolConfig spool, Duration deadline) {
    Map<String, DestinationConfig> all = new LinkedHashMap<>();
    root.blocks("clusters")
        .forEach(
            (name, s) -> {
              List<Settings> blocks =
                  ClusterConfig.destinations(s.withDefaults(defaults.block("cluster")), defaults);
              List<ClusterConfig.Member> members = table.clusters().get(name).members();
              for (int i = 0; i < members.size(); i++) {
                String own = members.get(i).destination();
                all.put(own, DestinationConfig.read(own, blocks.get(i), spool, deadline));
              }
            });
    root.blocks("stores")
        .forEach(
            (name, s) -> {
              String own = ClusterConfig.ofStore(name);
              Settings whole = StoreConfig.whole(s, defaults);
              all.put(own, DestinationConfig.store(own, name, whole, spool, deadline));
            });
    return all;
  }

  /** Sockets of one address share its connections: each would get some of the other's lines. */
  private void checkAddresses(Settings root) {
    for (int i = 0; i < listeners.size(); i++) {
      for (ListenerConfig before : listeners.subList(0, i)) {
        if (sameAddress(before.url(), listeners.get(i).url())) {
          root.blocks("listeners")
              .get(listeners.get(i).name())
              .problem("url", "is the address of the listener " + before.name() + " already");
        }
      }
    }
  }

  /** A destination may be a store, which has to be there. */
  private void checkStores(Settings root) {
    destinations.forEach(
        (name, destination) -> {
          Url url = destination.url();
          if (url.scheme() == Url.Scheme.STORE && !stores.containsKey(url.host())) {
            String known = stores.isEmpty() ? "there are none" : String.join(", ", stores.keySet());
            root.blocks("clusters")
                .get(name.substring(0, name.indexOf('/')))
                .problem("destinations", url + " is no store; known: " + known);
          }
        });
  }

  /** Servers beside the listeners have addresses of their own, and read stores that are there. */
  private void checkServers(Settings root) {
    Map<String, Url> servers = new LinkedHashMap<>();
    servers.put("admin", admin.listen());
    shell.listen().ifPresent(address -> checkServer("shell", address, servers, root));
    Reading.api(this).ifPresent(address -> checkServer("api", address, servers, root));
    Reading.queries(this).ifPresent(address -> checkServer("cache-query", address, servers, root));
    checkNames("api", api.stores(), root);
    checkNames("cache-query", cacheQuery.stores(), root);
  }

  private void checkServer(String name, Url address, Map<String, Url> before, Settings root) {
    before.forEach(
        (other, taken) -> {
          if (sameAddress(address, taken)) {
            root.block(name).problem("listen", "is the address of the " + other + " already");
          }
        });
    for (ListenerConfig listener : listeners) {
      if (sameAddress(address, listener.url())) {
        String text = "is the address of the listener " + listener.name() + " already";
        root.block(name).problem("listen", text);
      }
    }
    before.put(name, address);
  }

  private void checkNames(String block, List<String> names, Settings root) {
    for (int i = 0; i < names.size(); i++) {
      if (!stores.containsKey(names.get(i))) {
        String known = stores.isEmpty() ? "there are none" : String.join(", ", stores.keySet());
        String text = "\"" + names.get(i) + "\" is no store; known: " + known;
        root.block(block).problem("stores[" + i + "]", text);
      }
    }
  }

  /** Whether what comes to the one might come to the other. */
  static boolean sameAddress(Url one, Url other) {
    if (isFile(one) || isFile(other)) {
      return isFile(one) && isFile(other) && one.path().equals(other.path());
    }
    boolean datagrams = one.scheme() == Url.Scheme.UDP;
    boolean hosts = one.host().equals(other.host()) || isAny(one.host()) || isAny(other.host());
    return datagrams == (other.scheme() == Url.Scheme.UDP)
        && one.port() == other.port()
        && one.port() != 0
        && hosts;
  }

  private static boolean isFile(Url url) {
    return url.scheme() == Url.Scheme.UNIX;
  }

  private static boolean isAny(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /** A destination that is a listener of ours must not lead back to itself. */
  private void checkLoops(Settings root) {
    for (ListenerConfig listener : listeners) {
      Set<String> seen = new HashSet<>();
      if (comesBack(listener.into(), listener, seen)) {
        root.blocks("listeners")
            .get(listener.name())
            .problem(
                "into",
                "the lines of this listener come back to it: a destination behind \""
                    + listener.into()
                    + "\" is this address");
      }
    }
  }

  private boolean comesBack(String target, ListenerConfig home, Set<String> seen) {
    if (!seen.add(target)) {
      return false;
    }
    if (table.pipelines().containsKey(target)) {
      for (String next : table.pipelines().get(target).targets()) {
        if (comesBack(next, home, seen)) {
          return true;
        }
      }
    }
    ClusterConfig cluster = table.clusters().get(target);
    if (cluster == null) {
      return false;
    }
    for (ClusterConfig.Member member : cluster.members()) {
      ListenerConfig own = ownListener(destinations.get(member.destination()).url());
      if (own != null && (own == home || comesBack(own.into(), home, seen))) {
        return true;
      }
    }
    return false;
  }

  private ListenerConfig ownListener(Url url) {
    for (ListenerConfig listener : listeners) {
      Url own = listener.url();
      boolean unix = own.scheme() == Url.Scheme.UNIX && own.path().equals(url.path());
      boolean port = own.scheme() != Url.Scheme.UNIX && own.port() == url.port();
      if (own.scheme() == url.scheme() && (unix || port && sameHost(own.host(), url.host()))) {
        return listener;
      }
    }
    return null;
  }

  private static boolean sameHost(String listens, String sends) {
    boolean here = Set.of("127.0.0.1", "localhost", "::1", "0.0.0.0", "::").contains(sends);
    boolean any = isAny(listens);
    return listens.equals(sends)
        || here && (any || Set.of("127.0.0.1", "localhost", "::1").contains(listens));
  }
}
