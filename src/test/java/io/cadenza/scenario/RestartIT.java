package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.admin.ShellClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process that is sent signals, and that others take the place of. */
@Timeout(60)
class RestartIT {
  private static final String JAR = System.getProperty("cadenza.jar", "target/cadenza.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path dir;

  private final List<Run> runs = new ArrayList<>();
  private Sink sink;
  private int port;
  private int shell;

  @BeforeEach
  void open() throws IOException {
    sink = new Sink();
    port = Ports.free();
    shell = Ports.free();
    configure("");
  }

  @AfterEach
  void end() throws IOException {
    runs.forEach(run -> run.process.destroyForcibly());
    sink.close();
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        shell { listen = "127.0.0.1:%d" }
        shutdown { deadline = 10s, grace = 4s }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = [ "tcp://127.0.0.1:%d" ] } }
        %s
        """
            .formatted(port, shell, sink.port(), more));
  }

  /** One process, with its log in a file. */
  private static final class Run {
    private final Process process;
    private final Path log;

    private Run(Process process, Path log) {
      this.process = process;
      this.log = log;
    }

    private String log() throws IOException {
      return Files.readString(log);
    }

    private Run says(String text) {
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(() -> assertThat(log()).contains(text));
      return this;
    }

    private void signal(String name) throws IOException, InterruptedException {
      String pid = String.valueOf(process.pid());
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    private int exit() throws InterruptedException {
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }

  private Run start(String... options) throws IOException {
    Path log = dir.resolve("log." + runs.size());
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JAVA.toString(), "-Xmx256m", "-jar", JAR, "run"));
    command.addAll(List.of("-c", dir.resolve("relay.conf").toString()));
    Stream.of(options).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Run run = new Run(builder.redirectOutput(log.toFile()).start(), log);
    runs.add(run);
    return run;
  }

  private Run startAndReplace() throws IOException {
    return start("--replace", "--pid-file", dir.resolve("pid").toString());
  }

  @Test
  void readsItsFileAgainWhenToldTo() throws Exception {
    Run run = start().says("is ready");
    configure("clusters.two { destinations = [] }");
    run.signal("HUP");
    run.says("not reloaded, what runs stays as it is").says("clusters.two.policy");

    configure("listeners.more { url = \"tcp://127.0.0.1:0\", into = main }");
    run.signal("HUP");
    run.says("reload: listener more: added");
    run.signal("HUP");
    run.says("reload: nothing changed");
    send("a.b 1 1700000000\n");
    await().until(() -> sink.lines() == 1);
  }

  @Test
  void stopsInOrderWhileItStarts() throws Exception {
    Run run = start().says("starts as process");
    run.signal("TERM");

    assertThat(run.exit()).as(run.log()).isZero();
    assertThat(run.log()).contains("stopped").doesNotContain("Exception", "ERROR");
  }

  @Test
  void endsAtOnceWhenToldTwice() throws Exception {
    Run run = start().says("is ready");
    try (Socket busy = new Socket(InetAddress.getLoopbackAddress(), port)) {
      // A connection holds the stop up as long as it sends.
      OutputStream out = busy.getOutputStream();
      Thread sender = new Thread(() -> sendForever(out));
      sender.setDaemon(true);
      sender.start();
      await().until(() -> sink.lines() > 0);
      run.signal("TERM");
      run.says("stopping");
      run.signal("TERM");

      assertThat(run.exit()).isZero();
      assertThat(run.log()).contains("told to stop again");
    }
  }

  private static void sendForever(OutputStream out) {
    try {
      while (true) {
        out.write("a.b 1 1700000000\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException hungUp) {
      // As it is to be.
    }
  }

  @Test
  void refusesToStartBesideAnotherByAccident() throws Exception {
    Run first = start().says("is ready");
    Run second = start();

    assertThat(second.exit()).isOne();
    assertThat(second.log()).contains("taken by another process").contains("--replace");
    assertThat(first.process.isAlive()).isTrue();
  }

  @Test
  void losesNothingWhenAnotherTakesItsPlaceUnderLoad() throws Exception {
    startAndReplace().says("is ready");
    NumberedLines load = new NumberedLines(port, 6);
    try (load) {
      startAndReplace().says("is ready").says("has left");
    }
    runs.get(1).signal("TERM");
    assertThat(runs).allSatisfy(run -> assertThat(run.exit()).as(run.log()).isZero());
    sink.awaitEnd();

    String fate = load.fate(sink.text());
    assertThat(fate).as("%d lines: %s", load.sent(), fate).startsWith("lost 0, duplicated 0");
    assertThat(load.failures()).as("connections that broke or were refused").isZero();
    assertThat(load.moves()).isGreaterThanOrEqualTo(6);
    assertThat(dir.resolve("pid")).doesNotExist();
  }

  @Test
  void losesNoShortConnectionWhenAnotherTakesItsPlace() throws Exception {
    startAndReplace().says("is ready");
    Thread replace =
        new Thread(
            () -> {
              try {
                startAndReplace().says("has left");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    replace.start();
    int sent = 0;
    for (; replace.isAlive(); sent++) {
      send("short.n" + sent + " 1 1700000000\n");
    }
    int all = sent;

    await().untilAsserted(() -> assertThat(sink.lines()).isEqualTo(all));
    assertThat(sink.text().lines().distinct().count()).isEqualTo(all);
    assertThat(runs.get(0).exit()).isZero();
  }

  @Test
  void leavesTheOtherAloneWhenItCantStart() throws Exception {
    Run first = startAndReplace().says("is ready");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure(
          "listeners.more { url = \"tcp://127.0.0.1:%d\", into = main }"
              .formatted(taken.getLocalPort()));
      Run second = startAndReplace();

      assertThat(second.exit()).isOne();
      assertThat(second.log()).contains("listener more");
    }
    send("a.b 1 1700000000\n");
    await().until(() -> sink.lines() == 1);
    assertThat(first.process.isAlive()).isTrue();
    assertThat(dir.resolve("pid")).hasContent(String.valueOf(first.process.pid()));
  }

  @Test
  void answersOnTheShellAfterAnotherTookItsPlace() throws Exception {
    startAndReplace().says("is ready");
    assertThat(ShellClient.ask(shell, "health down\n")).isEqualTo("health: down\n");
    Run second = startAndReplace().says("has left");

    assertThat(ShellClient.ask(shell, "health\n")).as("a new process is up").contains("up");
    second.signal("TERM");
    assertThat(second.exit()).isZero();
  }

  @Test
  void letsOneAfterTheOtherTakeThePlace() throws Exception {
    Run first = startAndReplace().says("is ready");
    Run second = startAndReplace();
    Run third = startAndReplace();

    assertThat(first.exit()).isZero();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> second.process.isAlive() != third.process.isAlive());
    Run last = second.process.isAlive() ? second : third;
    last.says("has left");
    assertThat(dir.resolve("pid")).hasContent(String.valueOf(last.process.pid()));
    assertThat(runs).allSatisfy(run -> assertThat(run.log()).doesNotContain("stop again"));
  }

  @Test
  void servesOnWhenItsSuccessorDiesBeforeItTakesOver() throws Exception {
    Run first = startAndReplace().says("is ready");
    Run second = startAndReplace().says("is ready");
    second.process.destroyForcibly().waitFor();

    assertThat(dir.resolve("pid")).hasContent(String.valueOf(first.process.pid()));
    Run third = startAndReplace().says("has left");
    assertThat(first.exit()).isZero();
    send("a.b 1 1700000000\n");
    await().until(() -> sink.lines() == 1);
    assertThat(dir.resolve("pid")).hasContent(String.valueOf(third.process.pid()));
  }

  @Test
  void refusesToStartWhereThereCanBeNoPidFile() throws Exception {
    Run run = start("--pid-file", dir.resolve("missing/pid").toString());

    assertThat(run.exit()).isOne();
    assertThat(run.log()).contains("the pid file can't be used");
  }

  /** Answers when the relay has read it all. */
  private void send(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
