package io.cadenza.servers;

import io.cadenza.scenario.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A Kafka broker that is its own controller (KRaft), as a process of its own: its class path, which
 * is not ours, is put under target by the build. Topics of one partition are made as they are used.
 */
public final class KafkaServer implements AutoCloseable {
  private static final Path CLASS_PATH = Path.of("target/servers/kafka/classpath");
  private static final String LOGGING =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{0} %msg%n%ex{5}</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private static KafkaServer shared;

  private final Path folder;
  private final ServerProcess process;

  private KafkaServer() throws IOException {
    folder = Files.createTempDirectory("kafka");
    int controller = Ports.free();
    process = new ServerProcess("kafka", folder, command(), null);
    Files.writeString(folder.resolve("logback.xml"), LOGGING);
    Files.writeString(folder.resolve("server.properties"), properties(process.port(), controller));
  }

  /** The one that tests share, which is there until the JVM ends. */
  public static synchronized KafkaServer shared() {
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** One of its own, for tests that stop it. */
  public static KafkaServer start() {
    KafkaServer server = prepare();
    server.resume();
    return server;
  }

  /** One that is down at first. */
  public static KafkaServer prepare() {
    try {
      return new KafkaServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() throws IOException {
    if (!Files.exists(CLASS_PATH)) {
      throw new IllegalStateException(
          CLASS_PATH + " is made by the build: mvn process-test-resources");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlogback.configurationFile=" + folder.resolve("logback.xml"));
    command.add("-cp");
    command.add(
        logging()
            + Files.readString(CLASS_PATH).strip()
            + File.pathSeparator
            + Path.of("target/test-classes").toAbsolutePath());
    command.add(KafkaProcess.class.getName());
    command.add(folder.resolve("server.properties").toString());
    return command;
  }

  /** The broker comes without; a test that fails is easier to understand with it. */
  private static String logging() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.contains("logback-") || jar.contains("slf4j-api"))
        .map(jar -> jar + File.pathSeparator)
        .collect(Collectors.joining());
  }

  private String properties(int port, int controller) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
        advertised.listeners=PLAINTEXT://127.0.0.1:%d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%s
        num.partitions=1
        num.network.threads=2
        num.io.threads=2
        background.threads=2
        num.recovery.threads.per.data.dir=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        log.cleaner.dedupe.buffer.size=2097152
        controlled.shutdown.enable=false
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=200
        initial.broker.registration.timeout.ms=20000
        controller.quorum.election.backoff.max.ms=100
        controller.quorum.election.timeout.ms=200
        auto.create.topics.enable=true
        """
        .formatted(controller, port, controller, port, folder.resolve("data"));
  }

  /** Where clients begin: host and port. */
  public String address() {
    return "127.0.0.1:" + process.port();
  }

  public int port() {
    return process.port();
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
    process.start(this::answers);
  }

  private boolean answers() {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            address(),
            "default.api.timeout.ms",
            300,
            "request.timeout.ms",
            300);
    try (Admin admin = Admin.create(client)) {
      return admin.describeCluster().nodes().get().size() == 1;
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.kill();
    ServerProcess.delete(folder);
  }
}
