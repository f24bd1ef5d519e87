package io.cadenza.writer.cassandra;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a cluster is reached.
 *
 * @param hosts some of it, not resolved yet; the others are told by these
 * @param user null for none
 * @param datacenter whose nodes are asked, null for that of the hosts
 * @param timeout for the answer to one request
 */
public record ClusterConfig(
    List<InetSocketAddress> hosts,
    String user,
    Secret password,
    String datacenter,
    Compression compress,
    Duration timeout,
    CassandraTls tls) {
  /** What requests and answers are compressed with. */
  public enum Compression {
    NONE,
    LZ4,
    SNAPPY
  }

  public ClusterConfig {
    hosts = List.copyOf(hosts);
  }

  /** The hosts with their ports, to tell of them. */
  String names() {
    return hosts.stream()
        .map(host -> host.getHostString() + ":" + host.getPort())
        .collect(Collectors.joining(", "));
  }

  static ClusterConfig read(Settings s) {
    ClusterConfig config =
        new ClusterConfig(
            HostList.read(s),
            s.textOr("user", null),
            s.secret("password"),
            s.textOr("datacenter", null),
            s.choice("compress", Compression.class),
            s.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(10)),
            CassandraTls.read(s.block("tls")));
    if (config.password.isGiven() && config.user == null) {
      s.problem("user", "missing; a password is given");
    }
    return config;
  }
}
