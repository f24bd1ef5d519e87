package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.scenario.Figures;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The jar as a process of its own, which can be killed. */
final class RelayProcess implements AutoCloseable {
  private static final String JAR = System.getProperty("cadenza.jar", "target/cadenza.jar");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int KEPT = 300;

  private final Process process;
  private final int adminPort;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> log = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Thread reader;

  private RelayProcess(Process process, int adminPort) {
    this.process = process;
    this.adminPort = adminPort;
    reader = new Thread(this::readLog, "relay-log");
    reader.setDaemon(true);
    reader.start();
  }

  /** The command line that runs a configuration. */
  static List<String> command(Path conf, String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JAVA, "-Xmx256m", "-XX:+UseSerialGC", "-jar", JAR, "run", "-c"));
    command.add(conf.toString());
    command.addAll(List.of(more));
    return command;
  }

  /** Starts a process and waits until it takes lines. */
  static RelayProcess start(List<String> command, int adminPort) {
    RelayProcess relay = launch(command, adminPort);
    relay.awaitReady();
    return relay;
  }

  static RelayProcess start(Path conf, int adminPort) {
    return start(command(conf), adminPort);
  }

  static RelayProcess launch(List<String> command, int adminPort) {
    try {
      return new RelayProcess(
          new ProcessBuilder(command).redirectErrorStream(true).start(), adminPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    try {
      if (!ready.await(60, TimeUnit.SECONDS) || !process.isAlive()) {
        process.destroyForcibly();
        throw new AssertionError("the relay did not start:\n" + String.join("\n", log()));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void readLog() {
    try (BufferedReader from =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        keep(line);
        if (line.contains("is ready")) {
          ready.countDown();
        }
      }
    } catch (IOException over) {
      // Killed.
    }
    ready.countDown();
  }

  private void keep(String line) {
    synchronized (log) {
      log.add(line);
      if (log.size() > KEPT) {
        log.remove(0);
      }
    }
  }

  /** Its last lines. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** All figures now. */
  Figures figures() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/stats"))
              .timeout(Duration.ofSeconds(20))
              .build();
      String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new Figures(new JsonObject(text).getMap());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL: it gets no chance to do anything. */
  void kill() {
    process.destroyForcibly();
    join();
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGTERM; answers how it ended. */
  int stop() {
    terminate();
    return join();
  }

  /** Waits for its end; answers how it ended. */
  int join() {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
      reader.join(10_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Files and sockets that it has open; Linux. */
  long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of memory that it has; Linux. */
  long residentBytes() {
    try {
      String[] pages = Files.readString(Path.of("/proc/" + process.pid() + "/statm")).split(" ");
      return Long.parseLong(pages[1]) * 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
