package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import io.cadenza.spool.AtBound;
import io.cadenza.spool.Spool;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolRoom;
import io.cadenza.spool.Sync;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCommandTest {
  private static final String NAME = "tcp://10.0.0.1:2003#a";
  private static final int SEGMENT = 64 << 10;

  @TempDir private Path dir;

  private Path path;
  private Instant now = Instant.now();

  @BeforeEach
  void setUp() {
    path = dir.resolve("spool");
  }

  @Test
  void listShowsWhatWaits() throws IOException {
    fill(10, 20);
    JsonObject lane = new JsonObject(run("list", "--json", "--path", path.toString()).out());

    assertThat(lane.getString("destination")).isEqualTo(NAME);
    assertThat(lane.getBoolean("in-use")).isFalse();
    assertThat(lane.getLong("lines")).isEqualTo(10);
    assertThat(lane.getLong("damaged")).isZero();
    assertThat(run("list", "--path", path.toString()).out())
        .contains(NAME + " lane 00001000 free: 10 lines unread in 1 segments");
  }

  @Test
  void listTellsWhichLanesAreInUse() throws IOException {
    try (Spool spool = open()) {
      spool.append(List.of(lines(0, 5)));
      assertThat(run("list", "--path", path.toString()).out()).contains("in use: 5 lines");
      assertThat(run("replay", NAME, "--to", "-", "--path", path.toString()).code()).isEqualTo(1);

      assertThat(spool.lines()).isEqualTo(5);
    }
  }

  @Test
  void theFolderMayComeFromTheConfiguration() throws IOException {
    fill(0, 7);
    Path file = Files.writeString(dir.resolve("c.conf"), "spool { path = \"" + path + "\" }");

    assertThat(run("list", "-c", file.toString()).out()).contains("7 lines unread");
  }

  @Test
  void verifyFindsDamage() throws IOException {
    Path segment = fill(0, 50).resolve("0000000001.seg");
    assertThat(run("verify", "--path", path.toString()).code()).isZero();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[100] ^= 4;
    Files.write(segment, bytes);
    CommandLineRun run = run("verify", "--path", path.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(segment + ": offset 91:").contains("1 lines missing");
    assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
  }

  @Test
  void replayPrintsAndTakesOff() throws IOException {
    fill(3, 6);
    CommandLineRun run = run("replay", NAME, "--to", "-", "--path", path.toString());

    assertThat(run.out()).isEqualTo("l3\nl4\nl5\n");
    assertThat(run.err()).contains("3 lines sent");
    assertThat(run("list", "--path", path.toString()).out()).contains("no spools in");
  }

  @Test
  void replaySendsOverTcp() throws Exception {
    fill(0, 100_000);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> all(server));
      String to = "tcp://127.0.0.1:" + server.getLocalPort();
      CommandLineRun run = run("replay", NAME, "--to", to, "--path", path.toString());

      assertThat(run.out()).contains("100000 lines sent");
      assertThat(new String(received.get(), StandardCharsets.US_ASCII).lines())
          .hasSize(100_000)
          .startsWith("l0", "l1")
          .endsWith("l99999");
    }
  }

  @Test
  void replayKeepsWhatNobodyTakes() throws IOException {
    fill(0, 10);
    CommandLineRun run =
        run("replay", NAME, "--to", "tcp://127.0.0.1:1", "--path", path.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("0 lines sent");
    assertThat(run("list", "--path", path.toString()).out()).contains("10 lines unread");
  }

  @Test
  void dropSaysFirstAndDoesWhenAskedTo() throws IOException {
    fill(0, 10);
    String[] drop = {"drop", NAME, "--path", path.toString()};
    assertThat(run(drop).out()).contains("would drop 10 lines");
    assertThat(run("list", "--path", path.toString()).out()).contains("10 lines unread");

    assertThat(run("drop", NAME, "--yes", "--path", path.toString()).out())
        .contains("10 lines dropped");
    assertThat(run("list", "--path", path.toString()).out()).contains("no spools in");
  }

  @Test
  void dropCanLeaveWhatIsYoung() throws IOException {
    now = Instant.now().minus(Duration.ofHours(2));
    fill(0, 10);
    now = Instant.now();
    fill(10, 15);
    String[] drop = {"drop", NAME, "--older-than", "1h", "--path", path.toString()};
    assertThat(run(drop).out()).contains("would drop 10 lines");

    run("drop", NAME, "--older-than", "1h", "--yes", "--path", path.toString());

    assertThat(run("replay", NAME, "--to", "-", "--path", path.toString()).out())
        .isEqualTo("l10\nl11\nl12\nl13\nl14\n");
  }

  @Test
  void importTakesOverTheQueuesOfCarbonRelayNg() throws IOException {
    ByteBuffer record = ByteBuffer.allocate(9).putInt(5).put("a 1 1".getBytes("US-ASCII"));
    Path file = Files.write(dir.resolve("spool_x.diskqueue.000000.dat"), record.array());
    CommandLineRun run = run("import", NAME, file.toString(), "--path", path.toString());

    assertThat(run.out()).contains("1 lines imported for " + NAME);
    assertThat(run("replay", NAME, "--to", "-", "--path", path.toString()).out())
        .isEqualTo("a 1 1\n");
  }

  @Test
  void anUnknownDestinationIsTold() {
    CommandLineRun run = run("replay", "nobody", "--to", "-", "--path", path.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("no spool of nobody");
  }

  @Test
  void anUnknownDestinationIsToldWhateverIsAsked() throws IOException {
    fill(0, 1);
    CommandLineRun run = run("drop", "nobody", "--path", path.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("no spool of nobody").contains("there is one of " + NAME);
  }

  @Test
  void verifySaysThatThereIsNothing() {
    assertThat(run("verify", "--path", path.toString()).out()).contains("no spools in " + path);
  }

  @Test
  void replayTellsThatThereIsNoSuchHost() throws IOException {
    fill(0, 1);
    CommandLineRun run =
        run("replay", NAME, "--to", "tcp://nowhere.invalid:1", "--path", path.toString());

    assertThat(run.err()).contains("tcp://nowhere.invalid:1: there is no such host");
  }

  @Test
  void importWarnsOfDestinationsThatDoNotSpool() throws IOException {
    ByteBuffer record = ByteBuffer.allocate(9).putInt(5).put("a 1 1".getBytes("US-ASCII"));
    Path queue = Files.write(dir.resolve("spool_x.diskqueue.000000.dat"), record.array());
    String destination = "{ url = \"tcp://10.0.0.1:1\", on-full = spool }";
    String cluster = "{ policy = all, destinations = [" + destination + "] }";
    Path file = Files.writeString(dir.resolve("c.conf"), "clusters { out " + cluster + " }");
    CommandLineRun run =
        run("import", "otu", queue.toString(), "-c", file.toString(), "--path", path.toString());

    assertThat(run.err()).contains("no destination otu").contains("such are: out/10.0.0.1:1");
    assertThat(run.out()).contains("1 lines imported");
  }

  private static CommandLineRun run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "spool";
    System.arraycopy(args, 0, all, 1, args.length);
    return CommandLineRun.of(all);
  }

  private static byte[] all(ServerSocket server) {
    try (Socket socket = server.accept()) {
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path fill(int from, int to) throws IOException {
    try (Spool spool = open()) {
      for (int i = from; i < to; i++) {
        spool.append(List.of(lines(i, i + 1)));
      }
      return spool.folder();
    }
  }

  private Spool open() throws IOException {
    SpoolConfig config =
        new SpoolConfig(
            path, 1 << 30, Duration.ZERO, SEGMENT, Sync.NONE, Duration.ZERO, AtBound.BLOCK);
    return new SpoolFolder(config, NAME, new SpoolRoom(1 << 30), () -> now)
        .open((why, lines) -> {})
        .get(0);
  }

  private static LineRun lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append('l').append(i).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    return new LineRun(bytes, 0, bytes.length, to - from);
  }
}
