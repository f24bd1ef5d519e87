package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.cadenza.servers.CassandraServer;
import io.cadenza.store.MetricIndex;
import io.cadenza.writer.StoreConfigs;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;

/** Stores on the server that the tests of a run share. */
final class TestStores {
  private static final Vertx VERTX = Vertx.vertx();

  private TestStores() {}

  /** A store's block as the relay reads it. */
  static CassandraConfig config(String... lines) {
    return StoreConfigs.read("cassandra", String.join("\n", lines), CassandraConfig::read);
  }

  static CassandraStore of(CassandraConfig config) {
    return new CassandraStore(config, VERTX, InstantSource.system());
  }

  /** A store in a keyspace on the shared server. */
  static CassandraStore on(CassandraServer server, String keyspace, String... lines) {
    return of(config(base(server, keyspace) + "\n" + String.join("\n", lines)));
  }

  static String base(CassandraServer server, String keyspace) {
    return String.join(
        "\n",
        "port = " + server.port(),
        "keyspace = " + keyspace,
        "replication { class = SimpleStrategy, factor = 1 }",
        "retentions = [\"10s:6h\", \"1m:7d\"]",
        "timeout = 5s");
  }

  /** Waits until the driver has found the server again. */
  static void awaitConnected(MetricIndex index) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(
            () -> {
              index.load(name -> {});
              return true;
            });
  }

  /** To look at what is there, or to make what another would have. */
  static CqlSession session(CassandraServer server) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(server.host(), server.port()))
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(10))
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }
}
