package io.cadenza.servers;

import io.cadenza.scenario.Ports;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server as a process of its own, on a port that stays its own while it is down. */
final class ServerProcess {
  /** Stands in commands for the port. */
  static final String PORT = "{port}";

  private final String name;
  private final Path log;
  private final List<String> command;
  private final Path libraries;
  private final int port = Ports.free();
  private Process process;

  /**
   * @param libraries where shared libraries are found, null for the system's
   */
  ServerProcess(String name, Path folder, List<String> command, Path libraries) {
    this.name = name;
    this.log = folder.resolve("log");
    this.command =
        command.stream().map(word -> word.replace(PORT, Integer.toString(port))).toList();
    this.libraries = libraries;
  }

  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Starts it and waits until its log has that text. */
  void start(String ready) {
    long from = log.toFile().length();
    start(() -> logFrom(from).contains(ready));
  }

  /** Starts it and waits until it is ready. */
  void start(Callable<Boolean> ready) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (libraries != null) {
      builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    }
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .failFast(name + " ended:\n" + log, () -> !started.isAlive())
        .until(ready);
  }

  private String logFrom(long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.min(from, file.length()));
      byte[] bytes = new byte[(int) Math.min(1 << 20, file.length() - file.getFilePointer())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  void kill() {
    if (process != null) {
      process.destroyForcibly();
      waitFor();
    }
  }

  void stop() {
    process.destroy();
    waitFor();
  }

  private void waitFor() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
