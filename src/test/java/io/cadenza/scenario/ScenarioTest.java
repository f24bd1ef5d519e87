package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.config.Url;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole relay over real sockets, one folder of {@code scenarios} after the other: lines in,
 * lines out, figures, and the balance of all figures.
 *
 * <p>In {@code relay.conf}, <code>${PORT_name}</code> is the port of the sink that {@code out/name}
 * expects lines at, else a free one; <code>${DIR}</code> is a folder for the files of sockets.
 */
class ScenarioTest {
  private static final Path ALL = Path.of("src/test/resources/scenarios");
  private static final Pattern PORT = Pattern.compile("\\$\\{PORT_([a-z0-9]+)}");

  @TempDir private Path dir;

  private final Map<String, Sink> sinks = new TreeMap<>();
  private final Map<String, Integer> ports = new HashMap<>();

  static Stream<ScenarioFolder> scenarios() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.sorted().map(ScenarioFolder::new).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void bringsEveryLineToItsPlaces(ScenarioFolder scenario) throws Exception {
    Map<String, String> expected = scenario.outputs();
    for (String name : expected.keySet()) {
      Sink sink = new Sink();
      sinks.put(name, sink);
      ports.put(name, sink.port());
    }
    WholeRelay relay = WholeRelay.start(filled(scenario.conf()), scenario.toString());
    try {
      awaitDestinations(relay);
      for (var input : scenario.inputs().entrySet()) {
        send(relay.listeners().get(input.getKey()), input.getValue());
      }
      awaitLines(expected);
    } finally {
      relay.close();
    }
    for (Sink sink : sinks.values()) {
      sink.awaitEnd();
      sink.close();
    }

    sinks.forEach(
        (name, sink) ->
            assertThat(byKey(sink.text())).as("at %s", name).isEqualTo(byKey(expected.get(name))));
    Figures figures = new Figures(relay.stats());
    scenario
        .stats()
        .forEach(
            (path, n) -> assertThat(figures.at(filled(path))).as(path).isEqualTo(n.longValue()));
    figures.assertBalance(relay);
  }

  private String filled(String text) {
    Matcher port = PORT.matcher(text.replace("${DIR}", dir.toString()));
    return port.replaceAll(found -> String.valueOf(port(found.group(1))));
  }

  private int port(String name) {
    return ports.computeIfAbsent(name, free -> Ports.free());
  }

  /** Until it is known of every destination whether it is up. */
  private static void awaitDestinations(WholeRelay relay) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              Figures now = new Figures(relay.stats());
              return now.kind("destinations").keySet().stream()
                  .map(name -> "destinations." + name)
                  .allMatch(d -> now.at(d + ".connections") > 0 || now.at(d + ".up") == 0);
            });
  }

  private void awaitLines(Map<String, String> expected) {
    try {
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  expected.entrySet().stream()
                      .allMatch(e -> sinks.get(e.getKey()).lines() >= count(e.getValue())));
    } catch (ConditionTimeoutException late) {
      // What is missing is told better by the comparison.
    }
  }

  private static long count(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  /**
   * Sends all and waits until the relay has closed its end, and so has read everything; over UDP a
   * datagram for each line.
   */
  private static void send(Url to, byte[] bytes) throws IOException {
    if (to.scheme() == Url.Scheme.UDP) {
      sendDatagrams(new InetSocketAddress(to.host(), to.port()), bytes);
      return;
    }
    if (to.scheme() == Url.Scheme.UNIX) {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(to.path()));
        channel.write(ByteBuffer.wrap(bytes));
        channel.shutdownOutput();
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
      return;
    }
    try (Socket socket = new Socket(to.host(), to.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void sendDatagrams(InetSocketAddress to, byte[] bytes) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      for (String line : text.split("(?<=\n)")) {
        byte[] one = line.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(one, one.length, to));
      }
    }
  }

  /** Lines by key, in order: order matters for lines of one key only. */
  private static Map<String, List<String>> byKey(String text) {
    Map<String, List<String>> all = new TreeMap<>();
    for (String line : text.split("(?<=\n)")) {
      if (!line.isEmpty()) {
        all.computeIfAbsent(line.split("[ \t]")[0], key -> new ArrayList<>()).add(line);
      }
    }
    return all;
  }
}
