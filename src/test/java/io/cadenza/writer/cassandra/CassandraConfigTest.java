package io.cadenza.writer.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.cadenza.config.ConfigException;
import io.cadenza.store.Retention;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassandraConfigTest {
  private static CassandraConfig read(String... lines) {
    return TestStores.config(lines);
  }

  private static InetSocketAddress host(String name, int port) {
    return InetSocketAddress.createUnresolved(name, port);
  }

  @Test
  void hasModernTablesOnThisHostWhenNothingIsSaid() {
    CassandraConfig config = read();

    assertThat(config.cluster().hosts()).containsExactly(host("127.0.0.1", 9042));
    assertThat(config.cluster().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.cluster().user()).isNull();
    assertThat(config.cluster().datacenter()).isNull();
    assertThat(config.schema().kind()).isEqualTo(SchemaConfig.Kind.MODERN);
    assertThat(config.schema().create()).isTrue();
    assertThat(config.schema().metrics()).isEqualTo("points");
    assertThat(config.schema().path()).isEqualTo("names");
    assertThat(config.retentions()).extracting(Retention::step).containsExactly(10, 60, 600);
    assertThat(config.writeConsistency().level()).isEqualTo(DefaultConsistencyLevel.LOCAL_ONE);
  }

  @Test
  void takesCadentsKeysAndNames() {
    CassandraConfig config =
        read(
            "dsn = \"10.0.0.1, db2:9043,[::1]:9044,fe80::1\"",
            "port = 9999",
            "schema = cadent",
            "write-consistency = local_quorum",
            "read-consistency = quorum",
            "compress = snappy",
            "timeout = 30s");

    assertThat(config.cluster().hosts())
        .containsExactly(
            host("10.0.0.1", 9999), host("db2", 9043), host("::1", 9044), host("fe80::1", 9999));
    assertThat(config.schema().metrics()).isEqualTo("metric");
    assertThat(config.schema().path()).isEqualTo("path");
    assertThat(config.schema().segment()).isEqualTo("segment");
    assertThat(config.writeConsistency().level()).isEqualTo(DefaultConsistencyLevel.LOCAL_QUORUM);
    assertThat(config.readConsistency().level()).isEqualTo(DefaultConsistencyLevel.QUORUM);
    assertThat(config.cluster().compress()).isEqualTo(ClusterConfig.Compression.SNAPPY);
  }

  @Test
  void takesHostsAsAListOrWithCommas() {
    List<InetSocketAddress> both = List.of(host("a", 9042), host("b", 1));

    assertThat(read("hosts = [a, \"b:1\"]").cluster().hosts()).isEqualTo(both);
    assertThat(read("hosts = \"a,b:1\"").cluster().hosts()).isEqualTo(both);
  }

  @Test
  void keepsCopiesByDatacenter() {
    var replication =
        read("replication { datacenters = [\"dc1:3\", \"eu west:2\"] }").schema().replication();

    assertThat(replication.simple()).isFalse();
    assertThat(replication.datacenters()).isEqualTo(Map.of("dc1", 3, "eu west", 2));
  }

  @Test
  void neverShowsThePassword() {
    CassandraConfig config = read("user = me", "password = hunter2");

    assertThat(config.toString()).contains("me").doesNotContain("hunter2");
    assertThat(config.cluster().password().reveal()).isEqualTo("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":9042", "a:0", "a:65536", "a:b", "[::1", "[::1]9042", "a b", "a/b", "a'"})
  void tellsWhatIsNoHost(String host) {
    assertThatThrownBy(() -> read("hosts = [\"" + host + "\"]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("stores.x.hosts[0]")
        .hasMessageContaining("is no host such as");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hosts = []                                | hosts: is empty
          password = x                              | user: missing; a password is given
          write-consistency = any                   | is not one of one, local_one
          read-consistency = each_quorum            | is not one of one, local_one
          keyspace = "a b"                          | is no name of letters, digits and _
          keyspace = ""                             | is no name of letters, digits and _
          metrics-table = "x;y"                     | is no name of letters, digits and _
          metrics-table = abcdefghijklmnopqrstuvwxyzabcdefghijk | 36 at most
          retentions = ["10s:6h", "15s:7d"]         | 15s is no multiple of 10s
          retentions = ["1d:30y"]                   | for longer than 20y
          replication { datacenters = ["dc1"] }     | is not such as dc1:3
          replication { datacenters = ["d'c:3"] }   | is not such as dc1:3
          replication { class = SimpleStrategy, datacenters = ["dc1:1"] } | SimpleStrategy knows none
          compress = gzip                           | is not one of none, lz4, snappy
          tls { certificate = pom.xml }             | key: missing; the two go together
          batch-rows = 0                            | is not a whole number from 1
          """)
  void tellsWhatIsWrong(String line, String problem) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }
}
