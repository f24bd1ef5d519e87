package io.cadenza.writer.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {
  private static Dsn parse(String text) {
    return Dsn.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "user:pass@tcp(db:3307)/cadent, db, 3307, user, pass, cadent",
    "user:pass@tcp(db)/cadent, db, 3306, user, pass, cadent",
    "user@tcp(10.0.0.1:3306)/m?charset=utf8&parseTime=true, 10.0.0.1, 3306, user, '', m",
    "user:p@ss:w/ord@tcp(db:1)/m, db, 1, user, p@ss:w/ord, m",
    "user:pass@tcp([::1]:3306)/m, ::1, 3306, user, pass, m",
    "user:pass@unix(/run/mysqld.sock)/m, /run/mysqld.sock, 1, user, pass, m",
    "mysql://user:pass@db:3307/m, db, 3307, user, pass, m",
    "mysql://user:pa%40ss%3A@db/m, db, 3306, user, pa@ss:, m",
    "mariadb://user@[::1]:3306/m, ::1, 3306, user, '', m",
    "jdbc:mysql://user:pass@db/m?useSSL=false, db, 3306, user, pass, m",
  })
  void readsBothForms(
      String text, String host, int port, String user, String password, String database) {
    Dsn dsn = parse(text);

    assertThat(dsn.host()).isEqualTo(host);
    assertThat(dsn.port()).isEqualTo(port);
    assertThat(dsn.user()).isEqualTo(user);
    assertThat(dsn.password().reveal()).isEqualTo(password);
    assertThat(dsn.database()).isEqualTo(database);
    assertThat(dsn.tls()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user:pass@tcp(db:3306)",
        "user:pass@tcp(db:3306)/",
        "user:pass@tcp(db:x)/m",
        "user:pass@tcp(db:70000)/m",
        "user:pass@tcp(:3306)/m",
        "user:pass@udp(db:3306)/m",
        "user:pass@unix(run)/m",
        "user:pass@db:3306/m",
        "tcp(db:3306)/m",
        "mysql://db/m",
        "mysql://user:pass@db",
        "mysql://user:pass@db/",
        "mysql://us er@db/m",
        "postgres://user@db/m"
      })
  void takesNothingElse(String text) {
    assertThat(Dsn.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u:p@tcp(db)/m?tls=true",
        "u:p@tcp(db)/m?charset=utf8&tls=skip-verify",
        "mysql://u:p@db/m?ssl-mode=REQUIRED",
        "jdbc:mysql://u:p@db/m?sslMode=VERIFY_CA"
      })
  void seesThatTlsIsAskedFor(String text) {
    assertThat(parse(text).tls()).isTrue();
  }

  @Test
  void showsNoPassword() {
    Dsn dsn = parse("user:hush@tcp(db:3307)/m");

    assertThat(dsn.toString()).doesNotContain("hush");
  }
}
