package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadenza.scenario.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as operators run it: a process of its own. */
@Timeout(120)
class JarIT {
  private static final String JAR = System.getProperty("cadenza.jar", "target/cadenza.jar");
  private static final Path THIS_JDK = Path.of(System.getProperty("java.home"));

  @TempDir private Path dir;

  private final List<Process> started = new ArrayList<>();
  private ServerSocket sink;

  @BeforeEach
  void listen() throws IOException {
    sink = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    sink.setSoTimeout(60_000);
  }

  @AfterEach
  void end() throws IOException {
    started.forEach(Process::destroyForcibly);
    sink.close();
  }

  @Test
  void relaysALineAndStopsInOrder() throws Exception {
    relaysALineAndStopsInOrder(THIS_JDK);
  }

  /** The jar is built for 17 and has to run on the current long-term release as well. */
  @Test
  void relaysALineOnJdk25() throws Exception {
    Optional<Path> jdk = jdk25();
    assumeTrue(jdk.isPresent(), "no JDK 25 below /usr/lib/jvm");
    relaysALineAndStopsInOrder(jdk.get());
  }

  private void relaysALineAndStopsInOrder(Path jdk) throws Exception {
    int port = Ports.free();
    Process relay = start(jdk, "run", "-c", conf(port).toString());
    BufferedReader log = log(relay);
    String ready = awaitLine(log, "is ready");
    assertThat(ready).contains("Cadenza ").doesNotContain("Cadenza dev");

    send(port, "test.first 42 1700000000\n");
    try (Socket from = sink.accept()) {
      BufferedReader lines = reader(from);
      assertThat(lines.readLine()).isEqualTo("test.first 42 1700000000");
      // SIGTERM; by the handle, since the process would close the log as well.
      relay.toHandle().destroy();
      assertThat(relay.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(lines.readLine()).isNull();
    }
    assertThat(relay.exitValue()).isZero();
    assertThat(log.lines()).anyMatch(line -> line.contains("stopped"));
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process relay = start(THIS_JDK, "run", "-c", conf(taken.getLocalPort()).toString());

      assertThat(relay.waitFor(60, TimeUnit.SECONDS)).isTrue();

      List<String> told = log(relay).lines().toList();
      assertThat(told)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("listener in on tcp://127.0.0.1:" + taken.getLocalPort())
                      .contains("the address is taken by another process"));
      assertThat(told).noneMatch(line -> line.contains("\tat "));
      assertThat(relay.exitValue()).isOne();
    }
  }

  @Test
  void refusesAConfigurationThatIsWrong() throws Exception {
    Path file = Files.writeString(dir.resolve("wrong.conf"), "listners {}\nadmn {}\n");
    Process relay = start(THIS_JDK, "run", "-c", file.toString());

    assertThat(relay.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(log(relay).lines())
        .anySatisfy(line -> assertThat(line).contains("listners", "listeners"))
        .anySatisfy(line -> assertThat(line).contains("admn", "admin"));
    assertThat(relay.exitValue()).isOne();
  }

  private Path conf(int port) throws IOException {
    return Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        shell.listen = null
        pipelines { main { routes = [ { to = [one] } ] } }
        # One connection: the sink of this test listens to the first that comes.
        clusters { one { policy = all, destinations = [
          { url = "tcp://127.0.0.1:%d", connections = 1 } ] } }
        """
            .formatted(port, sink.getLocalPort()));
  }

  private Process start(Path jdk, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(jdk.resolve("bin/java").toString(), "-Xmx256m", "-jar", JAR));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static BufferedReader log(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String awaitLine(BufferedReader log, String text) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      all.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("never said \"" + text + "\":\n" + all);
  }

  private static void send(int port, String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Optional<Path> jdk25() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> jdks = Files.list(all)) {
      return jdks.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
          .filter(jdk -> is25(jdk.resolve("release")))
          .min(Comparator.naturalOrder());
    }
  }

  private static boolean is25(Path release) {
    try {
      return Files.readString(release).contains("JAVA_VERSION=\"25");
    } catch (IOException e) {
      return false;
    }
  }
}
