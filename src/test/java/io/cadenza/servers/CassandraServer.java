package io.cadenza.servers;

import io.cadenza.scenario.Ports;
import io.cadenza.tls.TestCertificates;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Cassandra in a process of its own, on ports and in a folder of its own, that speaks TLS to
 * whoever wants it. Its class path is put under target by the build; it needs a JDK 17, whatever
 * the tests run on. One thread at a time.
 */
public final class CassandraServer implements AutoCloseable {
  private static final Path CLASS_PATH = Path.of("target/servers/cassandra/classpath");
  private static final String HOST = "127.0.0.1";

  private static CassandraServer shared;

  private final int heap;
  private final boolean forTests;
  private final Path folder;
  private final TestCertificates certificates;
  private final ServerProcess process;

  private CassandraServer(int heap, boolean forTests) {
    this.heap = heap;
    this.forTests = forTests;
    try {
      folder = Files.createTempDirectory("cassandra");
      certificates = new TestCertificates(folder);
      process = new ServerProcess("cassandra", folder, command(), null);
      Files.writeString(folder.resolve("cassandra.yaml"), yaml());
      Files.writeString(folder.resolve("logback.xml"), LOGBACK);
      copyMain();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /**
   * The one that tests share, which is there until the JVM ends. What it says it has written
   * survives a {@link #kill}. Tests use keyspaces of their own, and are skipped where it can't run.
   */
  public static synchronized CassandraServer shared() {
    Assumptions.assumeTrue(
        Files.isRegularFile(CLASS_PATH), "no class path of Cassandra: mvn process-test-resources");
    Assumptions.assumeTrue(java17().isPresent(), "Cassandra needs a JDK 17, and there is none");
    if (shared == null) {
      shared = new CassandraServer(256, true);
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** One for measuring: with room, and with its log as it is where nothing is said of it. */
  public static CassandraServer ofItsOwn(int heapMegabytes) {
    return new CassandraServer(heapMegabytes, false);
  }

  public String host() {
    return HOST;
  }

  /** Where it speaks CQL; the same after a restart. */
  public int port() {
    return process.port();
  }

  /** Who signed its certificate, which is for 127.0.0.1. */
  public Path ca() {
    return certificates.ca();
  }

  /** The process, to see what it costs. */
  public ProcessHandle process() {
    return process.handle();
  }

  /** Starts it, again on the same data, and waits until it listens. */
  public void start() {
    process.start(this::listens);
  }

  /** Lets it write what it has in memory, and end. */
  public void stop() {
    process.stop();
  }

  /** As a power cut would. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.kill();
    ServerProcess.delete(folder);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port()), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java17().orElseThrow().toString());
    command.addAll(List.of("-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:+UseSerialGC"));
    if (forTests) {
      command.add("-XX:TieredStopAtLevel=1"); // Starting is most of what it does then.
    }
    INSIDES.lines().forEach(line -> command.addAll(List.of(line.split(" "))));
    command.addAll(
        List.of(
            "-Djdk.attach.allowAttachSelf=true",
            "-Djava.awt.headless=true",
            "-Dcassandra.config=file://" + folder.resolve("cassandra.yaml"),
            "-Dcassandra.storagedir=" + folder,
            "-Dcassandra-foreground=yes",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=1",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dcassandra.jmx.local.port=" + Ports.free(),
            "-Dcassandra.initial_token=0",
            "-Dcassandra.allow_unsafe_join=true",
            "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
            "-cp",
            folder.resolve("classes") + File.pathSeparator + Files.readString(CLASS_PATH).strip(),
            CassandraMain.class.getName()));
    return command;
  }

  /** Only that class: what else is beside it is not for the server. */
  private void copyMain() throws IOException {
    String name = CassandraMain.class.getName().replace('.', '/') + ".class";
    Path file = folder.resolve("classes").resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream in = CassandraMain.class.getResourceAsStream("/" + name)) {
      Files.write(file, in.readAllBytes());
    }
  }

  /** Its key and certificate in one file, as Cassandra has them. */
  private Path keyAndCertificate() throws IOException {
    TestCertificates.Pair own = certificates.sign("cassandra", "ip:" + HOST);
    Path both = folder.resolve("both.pem");
    return Files.writeString(
        both, Files.readString(own.key()) + Files.readString(own.certificate()));
  }

  private String yaml() throws IOException {
    return YAML.replace("{folder}", folder.toString())
        .replace("{cql}", Integer.toString(port()))
        .replace("{storage}", Integer.toString(Ports.free()))
        .replace("{ssl}", Integer.toString(Ports.free()))
        .replace("{memtable}", heap / 8 + "MiB")
        .replace("{sync}", forTests ? SYNC_EACH : SYNC_NOW_AND_THEN)
        .replace("{own}", keyAndCertificate().toString())
        .replace("{ca}", ca().toString());
  }

  /** That of the tests, or one that is installed beside it. */
  private static Optional<Path> java17() {
    if (Runtime.version().feature() == 17) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(CassandraServer::is17)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean is17(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException e) {
      return false;
    }
  }

  private static final String SYNC_EACH = "commitlog_sync: batch\ncommitlog_total_space: 32MiB";

  /** What Cassandra recommends for new clusters (cassandra_latest.yaml). */
  private static final String SYNC_NOW_AND_THEN =
      """
      commitlog_sync: periodic
      commitlog_sync_period: 10000ms
      commitlog_total_space: 1024MiB
      storage_compatibility_mode: NONE
      memtable:
        configurations:
          default:
            class_name: TrieMemtable
      memtable_allocation_type: offheap_objects
      sstable:
        selected_format: bti""";

  private static final String YAML =
      """
      cluster_name: test
      num_tokens: 1
      partitioner: org.apache.cassandra.dht.Murmur3Partitioner
      endpoint_snitch: SimpleSnitch
      seed_provider:
        - class_name: org.apache.cassandra.locator.SimpleSeedProvider
          parameters:
            - seeds: "127.0.0.1:{storage}"
      listen_address: 127.0.0.1
      rpc_address: 127.0.0.1
      storage_port: {storage}
      ssl_storage_port: {ssl}
      native_transport_port: {cql}
      start_native_transport: true
      {sync}
      commitlog_segment_size: 4MiB
      disk_access_mode: standard
      data_file_directories: [ "{folder}/data" ]
      commitlog_directory: "{folder}/commitlog"
      saved_caches_directory: "{folder}/saved"
      hints_directory: "{folder}/hints"
      cdc_raw_directory: "{folder}/cdc"
      auto_snapshot: false
      auto_bootstrap: false
      hinted_handoff_enabled: false
      key_cache_size: 0MiB
      counter_cache_size: 0MiB
      row_cache_size: 0MiB
      file_cache_size: 8MiB
      memtable_heap_space: {memtable}
      memtable_offheap_space: {memtable}
      concurrent_reads: 4
      concurrent_writes: 4
      concurrent_compactors: 1
      native_transport_max_threads: 8
      client_encryption_options:
        enabled: true
        optional: true
        keystore: {own}
        truststore: {ca}
        ssl_context_factory:
          class_name: org.apache.cassandra.security.PEMBasedSslContextFactory
      materialized_views_enabled: false
      user_defined_functions_enabled: false
      """;

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="out"/></root>
      </configuration>
      """;

  /** What Cassandra 5 reaches of the JDK's insides. */
  private static final String INSIDES =
      """
      --add-exports java.base/jdk.internal.misc=ALL-UNNAMED
      --add-exports java.base/jdk.internal.ref=ALL-UNNAMED
      --add-exports java.base/sun.nio.ch=ALL-UNNAMED
      --add-exports java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED
      --add-exports java.rmi/sun.rmi.registry=ALL-UNNAMED
      --add-exports java.rmi/sun.rmi.server=ALL-UNNAMED
      --add-exports java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED
      --add-exports java.sql/java.sql=ALL-UNNAMED
      --add-opens java.base/java.lang=ALL-UNNAMED
      --add-opens java.base/java.lang.module=ALL-UNNAMED
      --add-opens java.base/java.net=ALL-UNNAMED
      --add-opens java.base/java.io=ALL-UNNAMED
      --add-opens java.base/java.nio=ALL-UNNAMED
      --add-opens java.base/java.util=ALL-UNNAMED
      --add-opens java.base/java.util.concurrent=ALL-UNNAMED
      --add-opens java.base/java.util.concurrent.atomic=ALL-UNNAMED
      --add-opens java.base/jdk.internal.loader=ALL-UNNAMED
      --add-opens java.base/jdk.internal.ref=ALL-UNNAMED
      --add-opens java.base/jdk.internal.reflect=ALL-UNNAMED
      --add-opens java.base/jdk.internal.math=ALL-UNNAMED
      --add-opens java.base/jdk.internal.module=ALL-UNNAMED
      --add-opens java.base/jdk.internal.util.jar=ALL-UNNAMED
      --add-opens java.base/sun.nio.ch=ALL-UNNAMED
      --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED""";
}
