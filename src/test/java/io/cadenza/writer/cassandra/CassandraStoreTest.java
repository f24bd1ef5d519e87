package io.cadenza.writer.cassandra;

import io.cadenza.servers.CassandraServer;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.Store;
import io.cadenza.store.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CassandraStoreTest extends StoreContract {
  private static CassandraServer server;
  private static CassandraStore store;
  private static MetricIndex keepsItConnected;

  @BeforeAll
  static void start() {
    server = CassandraServer.shared();
    store = TestStores.on(server, "modern");
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
  protected Faults faults() {
    return new Faults() {
      @Override
      public void down() {
        server.kill();
      }

      @Override
      public void up() {
        server.start();
        TestStores.awaitConnected(keepsItConnected);
      }
    };
  }
}
