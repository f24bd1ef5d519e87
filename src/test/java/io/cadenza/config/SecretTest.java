package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private record Admin(String listen, Secret token) {}

  private final Problems problems = new Problems();

  @Test
  void isNotPrintedWithTheRecordThatHoldsIt() {
    var admin = new Admin("x", settings("token = hunter2").secret("token"));

    assertThat(admin.toString()).isEqualTo("Admin[listen=x, token=***]");
    assertThat(admin.token().reveal()).isEqualTo("hunter2");
  }

  @Test
  void matchesOnlyItself() {
    Secret secret = Secret.of("hunter2");

    assertThat(secret.matches("hunter2")).isTrue();
    assertThat(secret.matches("hunter")).isFalse();
    assertThat(secret).isEqualTo(Secret.of("hunter2")).isNotEqualTo(Secret.of("hunter3"));
  }

  @Test
  void absentOneMatchesNothing() {
    Secret none = settings("token = null").secret("token");

    assertThat(none.isGiven()).isFalse();
    assertThat(none.matches("")).isFalse();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void emptyOneIsAProblem() {
    settings("token = \"\"").secret("token");

    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactly("is empty; give a value, or leave the key out");
  }

  @Test
  void isNotShownByAProblemAboutItsKey() {
    Settings s = settings("token { a = hunter2 }, tokn = hunter2, list = [hunter2]");

    s.secret("token");
    s.secret("list");
    s.done();

    assertThat(problems.list()).hasSize(3);
    assertThat(problems.list().toString()).doesNotContain("hunter2");
  }

  @Test
  void loginInAUrlIsNotShown() {
    settings("url = \"http://bob:hunter2@host/\"").url("url");

    assertThat(problems.list())
        .extracting(Problem::toString)
        .first()
        .asString()
        .startsWith("url: \"http://***@host/\" has a user or password")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token hunter2",
        "token = hunter2 { a = 1 }",
        "token = \"hunter2",
        "token = hunter2\"x\ny = [",
        "token = ab:hunter2",
        "token = [ hunter2 } ]",
        "token = `hunter2`",
        "token = \"hunter\\q2\"",
        "\"token\" \"hunter2\""
      })
  void isNotShownWhenTheFileCannotBeRead(String text) {
    assertThatThrownBy(() -> Configuration.read(text, "relay.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("relay.conf:")
        .message()
        .doesNotContain("hunter2");
  }

  private Settings settings(String hocon) {
    return Settings.root(ConfigFactory.parseString(hocon), problems);
  }
}
