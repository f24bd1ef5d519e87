package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.config.Url.Scheme;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {
  @Test
  void readsAllParts() {
    Url url = Url.parse("tcp://10.0.0.1:2003#a", Url.NO_PORT);

    assertThat(url).isEqualTo(new Url(Scheme.TCP, "10.0.0.1", 2003, "", "a", url.text()));
    assertThat(url).hasToString("tcp://10.0.0.1:2003#a");
  }

  @Test
  void readsAUnixSocket() {
    Url url = Url.parse("unix:///run/cadenza.sock#b", Url.NO_PORT);

    assertThat(url.scheme()).isEqualTo(Scheme.UNIX);
    assertThat(url.path()).isEqualTo("/run/cadenza.sock");
    assertThat(url.instance()).isEqualTo("b");
    assertThat(url.address()).isEqualTo("/run/cadenza.sock");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://host:1, host:1, ''",
    "tcp://host, host:2003, ''",
    "udp://[::]:8125, [::]:8125, ''",
    "tcp://[fe80::1%eth0], [fe80::1%eth0]:2003, ''",
    "http://host, host:80, /",
    "https://host/a/b?c=d, host:443, /a/b?c=d",
    "https://[2001:db8::1]:8443?x, [2001:db8::1]:8443, /?x",
    "tcp://0.0.0.0:0, 0.0.0.0:0, ''",
    "tap://main_1, main_1, ''",
    "tcp://graphite_1.example.org:65535, graphite_1.example.org:65535, ''"
  })
  void readsAddressAndPath(String text, String address, String path) {
    Url url = Url.parse(text, 2003);

    assertThat(url.address()).isEqualTo(address);
    assertThat(url.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host:2003              | has no scheme; give a URL such as tcp://127.0.0.1:2003
          tpc://host:2003        | has an unknown scheme; known: tcp, udp, unix, http, https, tap, store (for TLS, tcp with tls { enabled = true })
          tap://main:1           | has no name of letters, digits, _ and - only; give tap://main
          tcp://host             | has no port; give one after a colon, such as :2003
          tcp://host:            | has "" for a port; give a number from 0 to 65535
          tcp://host:65536       | has "65536" for a port; give a number from 0 to 65535
          tcp://host:-1          | has "-1" for a port; give a number from 0 to 65535
          tcp://host:99999999999 | has "99999999999" for a port; give a number from 0 to 65535
          tcp://:2003            | names no host; to listen on all addresses give 0.0.0.0 or [::]
          tcp://*:2003           | has "*" for a host, which is no name or address
          tcp://10.0.0.256:2003  | has "10.0.0.256" for a host, which is no name or address
          tcp://1.2.3:2003       | has "1.2.3" for a host, which is no name or address
          tcp://::1:2003         | has more than one colon; write an IPv6 address in brackets: [::1]:2003
          tcp://[::1:2003        | has no ] after its IPv6 address
          tcp://[::1]2003        | has something between ] and its port; give [::1]:2003
          tcp://[host]:2003      | has no IPv6 address between [ and ]
          tcp://[1::2::3]:2003   | has no IPv6 address between [ and ]
          tcp://host:1/path      | has a path, which tcp does not take
          tcp://host:1#          | names no instance after #
          tcp://me:pw@host:1     | has a user or password, which a URL must not show here
          unix://                | names no file; give a path such as unix:///run/cadenza.sock
          """)
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Url.parse(text, Url.NO_PORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAPathThatNoUnixSocketCanHave() {
    assertThatThrownBy(() -> Url.parse("unix:///" + "x".repeat(107), 0))
        .hasMessage("has a path too long for a unix socket; give at most 107 bytes");
    assertThat(Url.parse("unix:///" + "x".repeat(106), 0).path()).hasSize(107);
  }

  @Property
  void readsEveryPort(@ForAll @IntRange(max = 65_535) int port) {
    assertThat(Url.parse("udp://host:" + port, Url.NO_PORT).port()).isEqualTo(port);
  }
}
