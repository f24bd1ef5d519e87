package io.cadenza.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.scenario.Ports;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class CommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream outStream = new PrintStream(out, true);
  private final PrintStream errStream = new PrintStream(err, true);

  /** A process of one command, as the jar's main class runs it. */
  public static final class Process {
    private Process() {}

    public static void main(String[] args) {
      Callable<Integer> command = args[0].equals("echo") ? new EchoCommand() : new BlastCommand();
      String[] rest = List.of(args).subList(1, args.length).toArray(String[]::new);
      System.exit(new CommandLine(command).execute(rest));
    }
  }

  private static java.lang.Process fork(String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add(Process.class.getName());
    line.addAll(List.of(args));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static String lineWith(BufferedReader from, String word) throws IOException {
    String line = from.readLine();
    while (line != null && !line.contains(word)) {
      line = from.readLine();
    }
    assertThat(line).as("a line with " + word).isNotNull();
    return line;
  }

  private int run(Callable<Integer> command, String... args) {
    return new CommandLine(command)
        .setOut(new PrintWriter(outStream, true))
        .setErr(new PrintWriter(errStream, true))
        .execute(args);
  }

  private int blast(String... args) {
    return run(new BlastCommand(outStream, errStream), args);
  }

  private int echo(String... args) {
    return run(new EchoCommand(outStream, errStream), args);
  }

  @Test
  void endEachOtherWhenAllIsSent() throws Exception {
    java.lang.Process echo = fork("echo", "tcp://127.0.0.1:0", "--count", "50");
    try (var told = new BufferedReader(new InputStreamReader(echo.getInputStream(), UTF_8))) {
      String listening = lineWith(told, "[ECHO] listening on ");
      String url = listening.substring(listening.indexOf("tcp://"));
      int code = blast("-servers=" + url, "-rate", "0", "--lines=50", "-words_per_stat=2");
      assertThat(code).isZero();
      assertThat(lineWith(told, "in all")).startsWith("[ECHO] 50 lines, ");
      assertThat(echo.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(echo.exitValue()).isZero();
      assertThat(out.toString(UTF_8).strip())
          .matches("\\{\"lines\": 50, \"bytes\": \\d+, \"seconds\": \\d+\\.\\d{3}}");
    } finally {
      echo.destroyForcibly();
    }
  }

  @Test
  void endWithTotalsAndNoughtOnSigterm() throws Exception {
    java.lang.Process echo = fork("echo", "--servers=tcp://127.0.0.1:0,udp://127.0.0.1:0");
    try (var told = new BufferedReader(new InputStreamReader(echo.getInputStream(), UTF_8))) {
      lineWith(told, "[ECHO] listening on udp");
      echo.toHandle().destroy(); // Process.destroy would close what is read next.
      assertThat(lineWith(told, "in all")).isEqualTo("[ECHO] 0 lines, 0 bytes in all");
      assertThat(echo.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(echo.exitValue()).isZero();
    } finally {
      echo.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "http"})
  void blastExitsWithOneWhereNobodyListens(String scheme) throws Exception {
    int gone = Ports.free();
    String url = scheme + "://127.0.0.1:" + gone;
    assertThat(blast("--servers", url, "--lines", "1")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("127.0.0.1");
  }

  @Test
  void echoExitsWithOneWhereAnotherListens() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThat(echo("tcp://0.0.0.0:" + taken.getLocalPort())).isEqualTo(1);
      assertThat(err.toString(UTF_8)).startsWith("echo: tcp://0.0.0.0:");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--servers=ftp://a:1",
        "--servers=tcp://a:0",
        "--type=carbon",
        "--rate=fast",
        "--buffer=0",
        "--buffer=70000 udp://127.0.0.1:9",
        "--forks=0",
        "--words-per-stat=0",
        "--words=a,,b",
        "--words=a:b",
        "--lines=-1",
        "--no-such-option"
      })
  void blastExitsWithTwoOnWrongUsage(String args) {
    assertThat(blast(args.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Usage: blast");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:6002", "--every=0", "--count=-1", "--every=soon"})
  void echoExitsWithTwoOnWrongUsage(String arg) {
    assertThat(echo(arg)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Usage: echo");
  }

  @Test
  void tellTheirOptionsWithTheirDefaults() {
    assertThat(blast("--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("--type", "statsd, graphite", "tcp://127.0.0.1:8125", "512", "0.1s");
  }
}
