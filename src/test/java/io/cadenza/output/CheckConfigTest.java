package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.output.CheckConfig.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckConfigTest {
  private static final String TCP = "tcp://h:2003";

  private static CheckConfig read(String destination, String check) {
    return Bench.config(destination, "check { " + check + " }").check();
  }

  @Test
  void thereIsNoneUnlessOneIsAskedFor() {
    assertThat(read(TCP, "interval = 1s, timeout = 1s")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://a:1, CONNECT, a:1",
    "unix:///run/a, CONNECT, /run/a",
    "self, CONNECT, h:2003",
    "http://a/x, HTTP, a:80",
    "https://a/x, HTTP, a:443",
    "statsd://a:7, STATSD, a:7",
    "statsd://a, STATSD, a:8126"
  })
  void whatIsAskedIsToldByTheUrl(String url, Kind kind, String address) {
    CheckConfig config = read(TCP, "url = \"" + url + "\"");

    assertThat(config.kind()).isEqualTo(kind);
    assertThat(config.url().address()).isEqualTo(address);
  }

  @Test
  void selfOfHttpOnlyConnects() {
    assertThat(read("http://h:1/in", "url = self").kind()).isEqualTo(Kind.CONNECT);
  }

  @Test
  void aTapHasNoneWhateverIsTheDefault() {
    assertThat(read("tap://main", "url = self")).isNull();
  }

  @Test
  void udpNeedsAUrlOfItsOwn() {
    assertThatThrownBy(() -> read("udp://h:1", "url = self"))
        .hasMessageContaining("check.url")
        .hasMessageContaining("over udp nothing answers");
    assertThat(read("udp://h:1", "url = \"statsd://h:2\"").url().port()).isEqualTo(2);
  }

  @Test
  void aTimeoutLongerThanTheIntervalIsAProblem() {
    assertThatThrownBy(() -> read(TCP, "url = self, interval = 1s, timeout = 1001ms"))
        .hasMessageContaining("check.timeout")
        .hasMessageContaining("longer than interval");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"udp://h:1", "h:1", "me", "tcp://h", "tcp://h:0", "tap://main", "http://"})
  void whatCanNotBeAskedIsAProblem(String url) {
    assertThatThrownBy(() -> read(TCP, "url = \"" + url + "\"")).hasMessageContaining("check.url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2xx", "200-", "299-200", "99", "600", "200,,204", "200 204"})
  void whatIsNoListOfCodesIsAProblem(String status) {
    assertThatThrownBy(() -> read(TCP, "url = self, status = \"" + status + "\""))
        .hasMessageContaining("check.status");
  }

  @Test
  void codesAreSingleOnesAndRanges() {
    StatusCodes codes = StatusCodes.parse("200-204, 401,503");

    assertThat(List.of(200, 204, 401, 503)).allMatch(codes::has);
    assertThat(List.of(199, 205, 400, 402, 500)).noneMatch(codes::has);
  }
}
