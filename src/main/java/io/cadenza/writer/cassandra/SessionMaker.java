package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes sessions as configured, and keeps hold of the one that Vert.x's client has from it. */
final class SessionMaker extends CqlSessionBuilder {
  private static final Duration LONGEST_INIT = Duration.ofSeconds(5);
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(500);
  private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(10);
  private static final Duration SCHEMA_WINDOW = Duration.ofMillis(10);
  private static final int MOST_REQUESTS = 32_768;
  private static final int IO_THREADS = 2;
  private static final int QUIET_MILLIS = 50;
  private static final int END_MILLIS = 5_000;

  private volatile CqlSession made;

  SessionMaker(CassandraConfig config, Vertx vertx) throws Exception {
    ClusterConfig cluster = config.cluster();
    addContactPoints(cluster.hosts());
    if (cluster.user() != null) {
      withAuthCredentials(cluster.user(), cluster.password().reveal());
    }
    if (cluster.datacenter() != null) {
      withLocalDatacenter(cluster.datacenter());
    }
    if (cluster.tls().enabled()) {
      withSslEngineFactory(cluster.tls().engines(vertx));
    }
    withConfigLoader(options(config));
  }

  /** The session that was made last; null before. */
  CqlSession made() {
    return made;
  }

  @Override
  protected CqlSession wrap(CqlSession session) {
    made = super.wrap(session);
    return made;
  }

  private static DriverConfigLoader options(CassandraConfig config) {
    ClusterConfig cluster = config.cluster();
    Duration timeout = cluster.timeout();
    Duration init = timeout.compareTo(LONGEST_INIT) < 0 ? timeout : LONGEST_INIT;
    ProgrammaticDriverConfigLoaderBuilder options =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout)
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, init)
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, init)
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, timeout)
            // Else each table that is made takes a second more.
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, SCHEMA_WINDOW)
            .withStringList(
                DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES,
                List.of(config.schema().keyspace()))
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
            .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
            // All there are: the bounds are those of the writer and of each read.
            .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MOST_REQUESTS)
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, FIRST_RECONNECT)
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, LONGEST_RECONNECT)
            .withString(
                DefaultDriverOption.PROTOCOL_COMPRESSION,
                cluster.compress().name().toLowerCase(Locale.ROOT))
            // Beside our own event loops; they write and read frames, and that is all.
            .withInt(DefaultDriverOption.NETTY_IO_SIZE, IO_THREADS)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
            // Else its end takes two seconds.
            .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, END_MILLIS)
            .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, END_MILLIS)
            .withBoolean(DefaultDriverOption.NETTY_DAEMON, true);
    if (cluster.compress() == ClusterConfig.Compression.SNAPPY) {
      // Later versions of the protocol have no snappy.
      options.withString(DefaultDriverOption.PROTOCOL_VERSION, "V4");
    }
    if (cluster.datacenter() == null) {
      options.withString(
          DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
    }
    return options.build();
  }
}
