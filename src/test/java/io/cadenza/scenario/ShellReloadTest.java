package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.admin.ShellClient;
import io.cadenza.app.WholeRelay;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shell of a relay that starts, is changed while it runs, and stops. */
class ShellReloadTest {
  private static final String DOWN = "health: down\n";

  private final int port = Ports.free();
  private final WholeRelay relay = WholeRelay.start(conf(port, ""), "shell");

  private static String conf(int port, String more) {
    return """
        admin { listen = "127.0.0.1:0" }
        shell { listen = "127.0.0.1:%d", %s }
        """
        .formatted(port, more);
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private static void assertGone(int port) {
    assertThatThrownBy(() -> ShellClient.ask(port, "health\n"))
        .isInstanceOf(ConnectException.class);
  }

  private long connectionsLimit() {
    return new Figures(relay.stats()).at("shells.all.connections-limit");
  }

  @Test
  void answersWithoutAccumulators() throws IOException {
    assertThat(ShellClient.ask(port, "counters\ntimers\ndelgauges g\nconfig\n"))
        .isEqualTo("{}\nEND\n\n{}\nEND\n\nmetric g not found\nEND\n\n\n");
    assertThat(ShellClient.ask(port, "stats\n"))
        .containsPattern("^uptime: [0-9]+\nmessages.last_msg_seen: [0-9]+\n");
  }

  @Test
  void isAsItWasToldToBeFromThenOn() throws IOException {
    ShellClient.ask(port, "health down\n");

    assertThat(relay.reload(conf(port, "token = t, max-connections = 3")))
        .containsExactly("shell: changed (token, max-connections)");

    assertThat(ShellClient.ask(port, "health\n")).isEqualTo("ERROR\n");
    assertThat(ShellClient.ask(port, "token t\nhealth\n")).isEqualTo("token: ok\n" + DOWN);
    assertThat(connectionsLimit()).isEqualTo(3);
  }

  @Test
  void goesToAnotherPortAndKeepsWhatWasSaid() throws IOException {
    int other = Ports.free();
    ShellClient.ask(port, "health down\n");

    relay.reload(conf(other, ""));

    assertThat(ShellClient.ask(other, "health\n")).isEqualTo(DOWN);
    assertGone(port);
  }

  @Test
  void staysWhereItWasWhenThePortIsTaken() throws IOException {
    ShellClient.ask(port, "health down\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String conf = conf(taken.getLocalPort(), "max-connections = 3");

      assertThatThrownBy(() -> relay.reload(conf)).hasMessageContaining("shell on 127.0.0.1:");
    }
    assertThat(ShellClient.ask(port, "health\n")).isEqualTo(DOWN);
    assertThat(connectionsLimit()).isEqualTo(16);
  }

  @Test
  void isUndoneWithAllElseThatCantBe() throws IOException {
    int other = Ports.free();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listener =
          "listeners { in { url = \"tcp://127.0.0.1:%d\", into = main } }, pipelines { main {} }"
              .formatted(taken.getLocalPort());

      assertThatThrownBy(() -> relay.reload(conf(other, "") + listener))
          .hasMessageContaining("listener in");
    }
    assertThat(ShellClient.ask(port, "health\n")).isEqualTo("health: up\n");
    assertGone(other);
  }

  @Test
  void goesAndComesBack() throws IOException {
    assertThat(relay.reload("admin { listen = \"127.0.0.1:0\" }"))
        .containsExactly("shell: changed (listen)");
    assertGone(port);
    assertThat(relay.stats().get("shells").toString()).doesNotContain("connections-limit");

    relay.reload(conf(port, ""));

    assertThat(ShellClient.ask(port, "health\n")).isEqualTo("health: up\n");
    assertThat(connectionsLimit()).isEqualTo(16);
  }

  @Test
  void keepsConnectionsWhenItDidNotChange() throws IOException {
    try (ShellClient client = new ShellClient(port)) {
      client.send("health down\n");
      assertThat(client.read(DOWN)).isEqualTo(DOWN);
      assertThat(relay.reload(conf(port, "") + "shutdown.grace = 1s"))
          .containsExactly("other: changed (shutdown.grace)");
      client.send("health\n");

      assertThat(client.rest()).isEqualTo(DOWN);
    }
  }

  @Test
  void startsWithoutAShellWhereThePortIsTaken() throws IOException {
    try (WholeRelay second = WholeRelay.start(conf(port, ""), "second")) {
      assertThat(second.events())
          .contains("shell on 127.0.0.1:" + port)
          .contains("taken by another process");
    }
    assertThat(ShellClient.ask(port, "health\n")).isEqualTo("health: up\n");
  }
}
