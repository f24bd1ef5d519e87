package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts rows together into unlogged batches and sends them: many rows of one partition, or few rows
 * of some partitions that the same nodes keep, so that whoever is asked has them all. A batch is
 * sent to one of those nodes. One thread, for one write.
 */
final class Batches {
  /**
   * Rows of a batch of several partitions: Cassandra warns of more than 5 KiB, and counts some 170
   * bytes a row. One partition's have no such bound.
   */
  private static final int MIXED_ROWS = 24;

  /** Batches that are being filled; in a large cluster there are more groups of nodes than that. */
  private static final int MOST_OPEN = 256;

  private static final Object ALL_NODES = new Object();

  private static final class Open {
    final List<BoundStatement> rows = new ArrayList<>(MIXED_ROWS);
    int partitions;
  }

  private final Sends sends;
  private final ConsistencyLevel consistency;
  private final int batchRows;
  private final int batchPartitions;
  private final int mixedRows;
  private final CqlIdentifier keyspace;
  private final TokenMap tokens;
  private final Map<Object, Open> open = new HashMap<>();

  Batches(CqlSession session, CassandraConfig config, Sends sends) {
    this.sends = sends;
    this.consistency = config.writeConsistency().level();
    this.batchRows = config.batchRows();
    this.batchPartitions = config.batchPartitions();
    this.mixedRows = Math.min(MIXED_ROWS, batchRows);
    this.keyspace = CqlIdentifier.fromInternal(config.schema().keyspace());
    Metadata metadata = session.getMetadata();
    this.tokens = metadata.getNodes().size() < 2 ? null : metadata.getTokenMap().orElse(null);
  }

  /**
   * Adds rows of one partition, and sends what is full.
   *
   * @throws Exception when something sent before has failed
   */
  void add(List<BoundStatement> rows) throws Exception {
    if (rows.size() > mixedRows || batchPartitions == 1) {
      for (int i = 0; i < rows.size(); i += batchRows) {
        send(rows.subList(i, Math.min(rows.size(), i + batchRows)));
      }
      return;
    }
    Object nodes = nodes(rows.get(0));
    Open batch = open.get(nodes);
    if (batch == null) {
      batch = begin(nodes);
    }
    if (batch.rows.size() + rows.size() > mixedRows) {
      flush(batch);
    }
    batch.rows.addAll(rows);
    batch.partitions++;
    if (batch.partitions == batchPartitions) {
      flush(batch);
    }
  }

  private Open begin(Object nodes) throws Exception {
    if (open.size() == MOST_OPEN) {
      flush();
    }
    Open batch = new Open();
    open.put(nodes, batch);
    return batch;
  }

  /** Which nodes keep a row. */
  private Object nodes(BoundStatement row) {
    return tokens == null ? ALL_NODES : tokens.getReplicas(keyspace, row.getRoutingKey());
  }

  /** Sends what is not full. */
  void flush() throws Exception {
    for (Open batch : open.values()) {
      flush(batch);
    }
    open.clear();
  }

  private void flush(Open batch) throws Exception {
    if (!batch.rows.isEmpty()) {
      send(batch.rows);
      batch.rows.clear();
      batch.partitions = 0;
    }
  }

  private void send(List<BoundStatement> rows) throws Exception {
    if (rows.size() == 1) {
      sends.send(rows.get(0));
      return;
    }
    sends.send(
        BatchStatement.builder(BatchType.UNLOGGED)
            .addStatements(List.copyOf(rows))
            .setConsistencyLevel(consistency)
            .setIdempotence(true)
            .build());
  }
}
