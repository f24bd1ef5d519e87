package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cadenza.store.KeyText;
import io.cadenza.store.MetricIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps names in tables beside those of points. One worker thread at a time. */
final class CassandraIndex implements MetricIndex {
  /** Names whose rows are put together before they are sent. */
  private static final int AT_ONCE = 1_000;

  /** The rest of a long name is no name; Cassandra's keys have 64 KiB. */
  private static final int LONGEST = 60_000;

  private record Partition(CqlIdentifier table, ByteBuffer key) {
    static Partition of(BoundStatement row) {
      var variables = row.getPreparedStatement().getVariableDefinitions();
      return new Partition(variables.get(0).getTable(), row.getRoutingKey());
    }
  }

  private record Row(PreparedStatement insert, List<ByteBuffer> values) {}

  private final Connection connection;
  private final CassandraConfig config;
  private boolean closed;

  CassandraIndex(Connection connection, CassandraConfig config) {
    this.connection = connection;
    this.config = config;
    connection.join();
  }

  @Override
  public void load(Consumer<byte[]> each) throws Exception {
    Tables tables = tables();
    Reads reads = new Reads(tables.session(), 2, config.cluster().timeout());
    List<Reads.Read> all = new ArrayList<>();
    for (NameTables.Scan scan : tables.names().scans()) {
      all.add(
          new Reads.Read(
              scan.rows(),
              row -> {
                byte[] name = scan.name().apply(row);
                if (name != null) {
                  each.accept(name);
                }
              }));
    }
    try {
      reads.run(all.iterator());
    } catch (IOException e) {
      connection.doubt(tables, e);
      throw e;
    }
  }

  @Override
  public void add(List<byte[]> keys) throws Exception {
    if (keys.isEmpty()) {
      return;
    }
    Tables tables = tables();
    Sends sends = new Sends(tables.session(), config.writesInFlight(), config.cluster().timeout());
    Batches batches = Batches.of(tables.session(), config, sends::send);
    try {
      for (int i = 0; i < keys.size(); i += AT_ONCE) {
        for (List<BoundStatement> rows :
            partitions(tables.names(), keys.subList(i, Math.min(keys.size(), i + AT_ONCE)))) {
          batches.add(rows);
        }
      }
      batches.flush();
      sends.await();
    } catch (IOException e) {
      connection.doubt(tables, e);
      throw e;
    }
  }

  /** The rows of some names, each once: they have most of their inner nodes in common. */
  private static Iterable<List<BoundStatement>> partitions(NameTables names, List<byte[]> keys) {
    Map<Partition, List<BoundStatement>> all = new LinkedHashMap<>();
    Set<Row> seen = new HashSet<>();
    for (byte[] key : keys) {
      String text = key.length > LONGEST ? null : KeyText.of(key);
      if (text != null) {
        names.rows(
            text,
            row -> {
              if (seen.add(new Row(row.getPreparedStatement(), row.getValues()))) {
                all.computeIfAbsent(Partition.of(row), any -> new ArrayList<>()).add(row);
              }
            });
      }
    }
    return all.values();
  }

  private Tables tables() throws Exception {
    if (closed) {
      throw new IOException("closed");
    }
    return connection.tables();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection.leave();
    }
  }
}
