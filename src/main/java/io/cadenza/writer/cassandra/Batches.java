package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Puts rows together into unlogged batches and sends them: many rows of one partition, or few rows
 * of some partitions that the same nodes keep, so that whoever is asked has them all. A batch is
 * sent to one of those nodes. One thread, for one write.
 */
final class Batches {
  /** Of a batch of several partitions: Cassandra warns of more than 5 KiB. */
  private static final int MIXED_BYTES = 5_000;

  /** Of a batch of one partition: far below what Cassandra takes, for names that are long. */
  private static final int MOST_BYTES = 1 << 18;

  /** What Cassandra counts for a row of points beside its values; others have less. */
  private static final int ROW_BYTES = 160;

  /** Batches that are being filled; in a large cluster there are more groups of nodes than that. */
  private static final int MOST_OPEN = 256;

  private static final class Open {
    final List<BoundStatement> rows = new ArrayList<>();
    int partitions;
    int bytes;
  }

  /** Where statements go. */
  interface Sink {
    void send(Statement<?> statement) throws Exception;
  }

  private final Sink sink;
  private final Function<BoundStatement, Object> nodes;
  private final ToIntFunction<BoundStatement> size;
  private final ConsistencyLevel consistency;
  private final int batchRows;
  private final int batchPartitions;
  private final Map<Object, Open> open = new HashMap<>();

  /**
   * @param nodes which nodes keep a row, as something that is equal for the same ones
   * @param size the bytes of a row as Cassandra counts them, about
   */
  Batches(
      CassandraConfig config,
      Function<BoundStatement, Object> nodes,
      ToIntFunction<BoundStatement> size,
      Sink sink) {
    this.sink = sink;
    this.nodes = nodes;
    this.size = size;
    this.consistency = config.writeConsistency().level();
    this.batchRows = config.batchRows();
    this.batchPartitions = config.batchPartitions();
  }

  /** For rows of a session, as it knows its cluster now. */
  static Batches of(CqlSession session, CassandraConfig config, Sink sink) {
    CqlIdentifier keyspace = CqlIdentifier.fromInternal(config.schema().keyspace());
    Metadata metadata = session.getMetadata();
    TokenMap tokens = metadata.getTokenMap().orElse(null);
    boolean alike = metadata.getNodes().size() < 2 || tokens == null;
    return new Batches(
        config,
        row -> alike ? "" : tokens.getReplicas(keyspace, row.getRoutingKey()),
        Batches::size,
        sink);
  }

  /** Its values but those of the partition's key, which are the first in all our statements. */
  private static int size(BoundStatement row) {
    List<ByteBuffer> values = row.getValues();
    int bytes = ROW_BYTES;
    for (int i = row.getPreparedStatement().getPartitionKeyIndices().size();
        i < values.size();
        i++) {
      bytes += values.get(i).remaining();
    }
    return bytes;
  }

  /**
   * Adds rows of one partition, and sends what is full.
   *
   * @throws Exception when something sent before has failed
   */
  void add(List<BoundStatement> rows) throws Exception {
    int bytes = rows.stream().mapToInt(size).sum();
    if (bytes > MIXED_BYTES || rows.size() > batchRows || batchPartitions == 1) {
      sendAlone(rows);
      return;
    }
    Object itsNodes = nodes.apply(rows.get(0));
    Open batch = open.get(itsNodes);
    if (batch == null) {
      batch = begin(itsNodes);
    }
    if (batch.bytes + bytes > MIXED_BYTES || batch.rows.size() + rows.size() > batchRows) {
      flush(batch);
    }
    batch.rows.addAll(rows);
    batch.bytes += bytes;
    batch.partitions++;
    if (batch.partitions == batchPartitions) {
      flush(batch);
    }
  }

  private void sendAlone(List<BoundStatement> rows) throws Exception {
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      int its = size.applyAsInt(rows.get(i));
      if (i - from == batchRows || i > from && bytes + its > MOST_BYTES) {
        send(rows.subList(from, i));
        from = i;
        bytes = 0;
      }
      bytes += its;
    }
    send(rows.subList(from, rows.size()));
  }

  private Open begin(Object itsNodes) throws Exception {
    if (open.size() == MOST_OPEN) {
      flush();
    }
    Open batch = new Open();
    open.put(itsNodes, batch);
    return batch;
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
      batch.bytes = 0;
    }
  }

  private void send(List<BoundStatement> rows) throws Exception {
    if (rows.size() == 1) {
      sink.send(rows.get(0));
      return;
    }
    sink.send(
        BatchStatement.builder(BatchType.UNLOGGED)
            .addStatements(List.copyOf(rows))
            .setConsistencyLevel(consistency)
            .setIdempotence(true)
            .build());
  }
}
