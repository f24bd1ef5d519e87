package io.cadenza.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:6002",
        "udp://my_relay:8125",
        "http://[::1]:8083/some/path",
        "unix:///tmp/echo.sock"
      })
  void isToldAsItWasWritten(String text) {
    assertThat(Url.parse(text)).hasToString(text);
  }

  @Test
  void givesHttpTheRootAsItsPath() {
    assertThat(Url.parse("HTTP://localhost:80").path()).isEqualTo("/");
  }

  @Test
  void takesTheBracketsFromAnAddress() {
    assertThat(Url.parse("tcp://[::1]:6002").host()).isEqualTo("::1");
  }

  @Test
  void showsThePortThatWasGiven() {
    assertThat(Url.parse("tcp://127.0.0.1:0").withPort(41234)).hasToString("tcp://127.0.0.1:41234");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:6002, not one of tcp://",
    "kafka://a:1, not one of tcp://",
    "tcp://localhost, host:port",
    "tcp://[::1], host:port",
    "tcp://:6002, host:port",
    "tcp://a:65536, a number from 0",
    "udp://a:-1, a number from 0",
    "tcp://a:x, a number from 0",
    "tcp://a:1/path, only http",
    "unix://relative, unix:///its/path"
  })
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> Url.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(text, reason);
  }
}
