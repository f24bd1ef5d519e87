package io.cadenza.writer.cassandra;

import io.cadenza.servers.CassandraServer;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.Store;
import io.cadenza.store.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Cadent's tables keep neither the first nor the last value: the mean stands for them. */
class CadentStoreTest extends StoreContract {
  private static CassandraStore store;
  private static MetricIndex keepsItConnected;

  @BeforeAll
  static void start() {
    store = TestStores.on(CassandraServer.shared(), "cadent", "schema = cadent");
    keepsItConnected = store.index();
  }

  @AfterAll
  static void close() throws Exception {
    keepsItConnected.close();
  }

  @Override
  protected Store open() {
    return store;
  }

  @Override
  protected Row kept(Row row) {
    double mean = row.sum() / row.count();
    return new Row(row.time(), row.min(), row.max(), row.sum(), mean, mean, row.count());
  }
}
