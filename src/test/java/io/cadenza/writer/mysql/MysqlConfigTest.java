package io.cadenza.writer.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.writer.StoreConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlConfigTest {
  private static final String DSN = "dsn = \"user:hush@tcp(db:3307)/m\"\n";

  private static MysqlConfig read(String keys) {
    return StoreConfigs.read("mysql", keys, MysqlConfig::read);
  }

  @Test
  void hasCadentsDefaults() {
    MysqlConfig config = read(DSN);

    assertThat(config.table()).isEqualTo("metrics");
    assertThat(config.pathTable()).isEqualTo("metrics_path");
    assertThat(config.ledgerTable()).isEqualTo("metrics_written");
    assertThat(config.batchCount()).isEqualTo(1000);
    assertThat(config.createTables()).isTrue();
    assertThat(config.tls().enabled()).isFalse();
  }

  @Test
  void namesOtherTablesAfterTheTable() {
    MysqlConfig config = read(DSN + "table = m, path-table = metric_path");

    assertThat(config.pathTable()).isEqualTo("metric_path");
    assertThat(config.ledgerTable()).isEqualTo("m_written");
  }

  @Test
  void takesThePasswordFromItsOwnKeyAndShowsNone() {
    MysqlConfig config = read(DSN + "password = secret");

    assertThat(config.dsn().password().reveal()).isEqualTo("secret");
    assertThat(config.toString()).doesNotContain("hush").doesNotContain("secret").contains("***");
  }

  @Test
  void tellsAllProblemsAtOnceAndNoPassword() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    dsn = "user:hush@db/m", batch-count = 7282, read-connections = 0
                    connect-timeout = 1, write-timeout = forever, path-table = "a b", colour = red
                    tls { certificate = "/none" }
                    """))
        .hasMessageContaining("dsn: is no address of a database")
        .hasMessageContaining("batch-count: 7282")
        .hasMessageContaining("read-connections: 0")
        .hasMessageContaining("connect-timeout: 1 has no unit")
        .hasMessageContaining("write-timeout")
        .hasMessageContaining("path-table: \"a b\" is no name of a table")
        .hasMessageContaining("colour: unknown key")
        .hasMessageContaining("tls.key: missing")
        .hasMessageNotContaining("hush");
  }

  @Test
  void tellsThatThereIsNoDsn() {
    assertThatThrownBy(() -> read("table = a")).hasMessageContaining("dsn: missing");
  }

  @Test
  void tellsWhereTlsIsConfigured() {
    assertThatThrownBy(() -> read("dsn = \"u:hush@tcp(db)/m?tls=true\""))
        .hasMessageContaining("asks for TLS; that is said by the block tls")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a`b",
        "a.b",
        "a;b",
        "a-b",
        "ä",
        "x23456789012345678901234567890123456789012345678"
      })
  void wantsPlainNamesOfTables(String table) {
    assertThatThrownBy(() -> read(DSN + "table = \"" + table + "\""))
        .hasMessageContaining("is no name of a table");
  }
}
