package io.cadenza.writer.cassandra;

import io.cadenza.config.Settings;
import io.cadenza.store.Retention;
import io.cadenza.store.Retentions;
import java.util.List;

/**
 * A store in Cassandra, as configured; reference.conf describes every key under {@code
 * defaults.cassandra}.
 *
 * @param retentions finest first
 * @param writesInFlight requests of one write that are not answered yet, at most
 * @param readsInFlight the same of one read
 * @param batchRows of one partition in a batch, at most
 * @param batchPartitions in a batch, at most
 * @param mergeSeries of which the newest intervals are remembered, at most
 */
public record CassandraConfig(
    ClusterConfig cluster,
    SchemaConfig schema,
    List<Retention> retentions,
    Consistency writeConsistency,
    Consistency readConsistency,
    int writesInFlight,
    int readsInFlight,
    int batchRows,
    int batchPartitions,
    int mergeSeries) {
  /** Cassandra takes no longer time to live, and whoever wants one keeps points for ever. */
  static final long LONGEST_TTL = 20L * 365 * 86_400;

  private static final int MOST_IN_FLIGHT = 16_384;

  public CassandraConfig {
    retentions = List.copyOf(retentions);
  }

  /** Reads a store's block that says {@code driver = cassandra}. */
  public static CassandraConfig read(Settings s) {
    List<Retention> retentions = Retentions.read(s, "retentions");
    if (retentions.get(retentions.size() - 1).seconds() > LONGEST_TTL) {
      s.problem("retentions", "Cassandra keeps nothing that ends for longer than 20y");
    }
    return new CassandraConfig(
        ClusterConfig.read(s),
        SchemaConfig.read(s),
        retentions,
        Consistency.forWrites(s, "write-consistency"),
        Consistency.forReads(s, "read-consistency"),
        s.count("writes-in-flight", 1, MOST_IN_FLIGHT),
        s.count("reads-in-flight", 1, MOST_IN_FLIGHT),
        s.count("batch-rows", 1, 5_000),
        s.count("batch-partitions", 1, 1_000),
        s.count("merge-series", 1, 100_000_000));
  }
}
