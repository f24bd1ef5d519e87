package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accumulators and aggregation rules in a relay that runs: from a socket to a socket. */
class AccumulateTest {
  private static final String NEVER = "1h";

  @TempDir private Path dir;

  private final int port = Ports.free();

  AccumulateTest() throws IOException {}

  /**
   * @param pipelines beside listener and clusters
   */
  private String conf(String format, String into, Sink sink, String pipelines) {
    return """
        listeners {
          in { url = "tcp://127.0.0.1:%d", format = %s, into = %s }
          datagrams { url = "udp://127.0.0.1:%d", format = %s, into = %s }
        }
        pipelines { %s }
        clusters { out { policy = all, destinations = [ { url = "tcp://127.0.0.1:%d" } ] } }
        spool.path = "%s"
        admin { listen = "127.0.0.1:0" }
        shell { listen = "127.0.0.1:0" }
        shutdown { deadline = 20s, grace = 100ms }
        """
        .formatted(
            port, format, into, port, format, into, pipelines, sink.port(), dir.resolve("spool"));
  }

  private String statsd(Sink sink, String keys) {
    String stats =
        "stats { accumulate { format = statsd, into = out, internal-metrics = false, %s } }";
    return conf("statsd", "stats", sink, stats.formatted(keys));
  }

  private void send(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  /** The sums of what came for each key. */
  private static Map<String, Double> sums(Sink sink) {
    return sink.text()
        .lines()
        .map(line -> line.split(" "))
        .collect(
            Collectors.toMap(f -> f[0], f -> Double.parseDouble(f[1]), Double::sum, TreeMap::new));
  }

  private static void awaitTaken(WholeRelay relay, String accumulator, long lines) {
    String path = "accumulators." + accumulator + ".lines-taken";
    await().until(() -> new Figures(relay.stats()).at(path) >= lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void countersAddUpWhateverTheNumberOfShards(int shards) throws Exception {
    try (Sink sink = new Sink()) {
      String lines =
          IntStream.range(0, 20_000)
              .mapToObj(i -> "web.%d.hits:1|c\n".formatted(i % 500))
              .collect(Collectors.joining());
      WholeRelay relay =
          WholeRelay.start(statsd(sink, "flush = 100ms, shards = " + shards), "accumulate");
      try (relay) {
        Stream.of(lines, lines, lines).parallel().forEach(this::sendUnchecked);
        awaitTaken(relay, "stats", 60_000);
      }
      sink.awaitEnd();
      new Figures(relay.stats()).assertBalance(relay);
      Map<String, Double> sums = sums(sink);
      assertThat(sums.keySet().stream().filter(k -> k.startsWith("stats_counts."))).hasSize(500);
      assertThat(sums)
          .allSatisfy(
              (key, sum) -> {
                if (key.startsWith("stats_counts.")) {
                  assertThat(sum).isEqualTo(120);
                }
              });
    }
  }

  private void sendUnchecked(String text) {
    try {
      send(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatIsOpenIsFlushedAtTheStop() throws Exception {
    try (Sink sink = new Sink()) {
      try (WholeRelay relay = WholeRelay.start(statsd(sink, "flush = " + NEVER), "accumulate")) {
        send("a:3|c\nt:1:2:3|ms\ng:-4|g\nu:x|s\nu:y|s\nu:x|s\n");
        awaitTaken(relay, "stats", 6);
      }
      sink.awaitEnd();
      assertThat(sums(sink))
          .containsEntry("stats_counts.a", 3.0)
          .containsEntry("stats.timers.t.count", 3.0)
          .containsEntry("stats.timers.t.sum", 6.0)
          .containsEntry("stats.gauges.g", -4.0)
          .containsEntry("stats.sets.u.count", 2.0);
    }
  }

  @Test
  void whatIsOpenIsHandedToTheNextProcess() throws Exception {
    try (Sink sink = new Sink()) {
      String conf = statsd(sink, "on-stop = hand-over, flush = " + NEVER);
      try (WholeRelay relay = WholeRelay.start(conf, "accumulate")) {
        send("a:3|c\nt:1:2:3|ms\ng:7|g\n");
        awaitTaken(relay, "stats", 3);
      }
      assertThat(sink.text()).isEmpty();
      String next = statsd(sink, "flush = " + NEVER);
      try (WholeRelay relay = WholeRelay.start(next, "accumulate")) {
        send("a:2|c\nt:4|ms\ng:+1|g\n");
        awaitTaken(relay, "stats", 3);
        await().until(() -> new Figures(relay.stats()).at("accumulators.stats.adopted") > 0);
      }
      sink.awaitEnd();
      assertThat(sums(sink))
          .containsEntry("stats_counts.a", 5.0)
          .containsEntry("stats.timers.t.count", 4.0)
          .containsEntry("stats.timers.t.sum", 10.0);
      try (Stream<Path> left = Files.walk(dir)) {
        assertThat(left.filter(file -> file.toString().contains(".state"))).isEmpty();
      }
    }
  }

  @Test
  void aReloadGoesOnWithWhatIsOpen() throws Exception {
    try (Sink sink = new Sink()) {
      String conf = statsd(sink, "percentiles = [90], flush = " + NEVER);
      try (WholeRelay relay = WholeRelay.start(conf, "accumulate")) {
        send("a:3|c\nt:1:2:3|ms\n");
        awaitTaken(relay, "stats", 2);
        assertThat(relay.reload(statsd(sink, "percentiles = [50], shards = 3, flush = " + NEVER)))
            .contains("accumulator stats: changed (shards, percentiles)");
        send("a:2|c\nt:4|ms\n");
        awaitTaken(relay, "stats", 4);
      }
      sink.awaitEnd();
      assertThat(sums(sink))
          .containsEntry("stats_counts.a", 5.0)
          .containsEntry("stats.timers.t.upper_50", 2.0)
          .doesNotContainKey("stats.timers.t.upper_90");
    }
  }

  /** Until then both would flush, each a part. */
  @Test
  void aReloadGoesOnAtOnceThoughSendersTakeTheirTimeToLeave() throws Exception {
    try (Sink sink = new Sink()) {
      String conf = statsd(sink, "percentiles = [90], flush = " + NEVER).replace("100ms", "10s");
      try (WholeRelay relay = WholeRelay.start(conf, "accumulate");
          Socket stays = new Socket(InetAddress.getLoopbackAddress(), port)) {
        stays.getOutputStream().write("a:3|c\n".getBytes(StandardCharsets.UTF_8));
        awaitTaken(relay, "stats", 1);
        String next =
            conf.replace("[90]", "[50]")
                .replace("into = stats }", "into = stats, max-line = 1KiB }");
        CompletableFuture<?> reload = CompletableFuture.supplyAsync(() -> relay.reload(next));
        await().until(() -> new Figures(relay.stats()).at("accumulators.stats.adopted") > 0);
        assertThat(reload).isNotDone();
        stays.getOutputStream().write("a:4|c\n".getBytes(StandardCharsets.UTF_8));
        awaitTaken(relay, "stats", 2);
        stays.shutdownOutput();
        reload.get(20, TimeUnit.SECONDS);
      }
      sink.awaitEnd();
      assertThat(sums(sink)).containsEntry("stats_counts.a", 7.0);
    }
  }

  @Test
  void whatStillWaitsForADestinationAtTheStopIsCounted() throws Exception {
    try (Sink sink = new Sink()) {
      String stats =
          "stats { accumulate { format = statsd, into = out, flush = %s }, routes = [ { to = [stuck] } ] }";
      String conf =
          conf("statsd", "stats", sink, stats.formatted(NEVER)).replace("20s", "100ms")
              + "clusters.stuck { policy = all, destinations = [ { url = \"tcp://127.0.0.1:%d\", queue = 64KiB } ] }"
                  .formatted(Ports.free());
      WholeRelay relay = WholeRelay.start(conf, "accumulate");
      try (relay) {
        send("a.name.of.some.length:1|c\n".repeat(20_000));
        await().until(() -> new Figures(relay.stats()).at("pipelines.stats.holds") > 0);
      }
      sink.awaitEnd();
      Figures figures = new Figures(relay.stats());
      figures.assertBalance(relay);
      assertThat(figures.at("pipelines.stats.dropped.shutdown")).isPositive();
      assertThat(figures.at("accumulators.stats.lines-in"))
          .isEqualTo(figures.at("pipelines.stats.accumulated"));
      assertThat(sums(sink).get("stats_counts.a.name.of.some.length"))
          .isEqualTo(figures.at("accumulators.stats.lines-taken"));
    }
  }

  @Test
  void refusesAListenerWhoseLinesTheRulesCanNotRead() {
    assertThatThrownBy(
            () ->
                WholeRelay.start(
                    """
                    listeners { in { url = "tcp://127.0.0.1:0", format = statsd, into = main } }
                    pipelines { main {
                      aggregate = [ { function = sum, regex = "a", to = "b", every = 1s } ]
                      routes = [ { to = [blackhole] } ]
                    } }
                    admin { listen = "127.0.0.1:0" }
                    """,
                    "accumulate"))
        .hasMessageContaining("listeners.in.format")
        .hasMessageContaining("aggregation rules of the pipeline main");
  }

  @Test
  void anAccumulatorThatIsTakenOutFlushesFirst() throws Exception {
    try (Sink sink = new Sink()) {
      String conf = statsd(sink, "flush = " + NEVER);
      try (WholeRelay relay = WholeRelay.start(conf, "accumulate")) {
        send("a:3|c\n");
        awaitTaken(relay, "stats", 1);
        relay.reload(conf("statsd", "stats", sink, "stats { routes = [ { to = [out] } ] }"));
        await().until(() -> sums(sink).containsKey("stats_counts.a"));
        send("a:9|c\n");
        await().until(() -> sink.text().contains("a:9|c\n"));
      }
    }
  }

  @Test
  void eventsAndServiceChecksPassUnchangedAndRoutesGetARawCopy() throws Exception {
    String event = "_e{5,4}:title|text|#a:b";
    String check = "_sc|disk|1|#host:x";
    try (Sink sink = new Sink();
        Sink raw = new Sink();
        Sink events = new Sink()) {
      String conf =
          conf(
                  "statsd",
                  "stats",
                  sink,
                  """
                  stats {
                    accumulate { format = statsd, into = out, events = [events], flush = %s }
                    routes = [ { to = [raw] } ]
                  }
                  """
                      .formatted(NEVER))
              + """
              clusters.raw { policy = all, destinations = [ { url = "tcp://127.0.0.1:%d" } ] }
              clusters.events { policy = all, destinations = [ { url = "tcp://127.0.0.1:%d" } ] }
              """
                  .formatted(raw.port(), events.port());
      WholeRelay relay = WholeRelay.start(conf, "accumulate");
      try (relay) {
        send(event + "\na:3|c\n" + check + "\nbad\nworse:x|g\n");
        awaitTaken(relay, "stats", 1);
      }
      raw.awaitEnd();
      events.awaitEnd();
      sink.awaitEnd();
      assertThat(raw.text().lines()).contains(event, "a:3|c", check);
      assertThat(events.text().lines()).containsExactly(event, check);
      assertThat(sums(sink))
          .containsEntry("stats_counts.a", 3.0)
          .containsEntry("stats_counts.statsd.bad_lines_seen", 2.0)
          .containsEntry("stats_counts.statsd.metrics_received", 3.0);
    }
  }

  @Test
  void datagramsAreCountedAsPackets() throws Exception {
    try (Sink sink = new Sink()) {
      String conf =
          conf(
              "statsd",
              "stats",
              sink,
              "stats { accumulate { format = statsd, into = out, flush = " + NEVER + " } }");
      try (WholeRelay relay = WholeRelay.start(conf, "accumulate");
          DatagramSocket socket = new DatagramSocket()) {
        for (String text : new String[] {"a:1|c", "a:1|c\nb:2|c\n", "nothing"}) {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          socket.send(
              new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
        awaitTaken(relay, "stats", 3);
        await().until(() -> new Figures(relay.stats()).at("listeners.datagrams.lines-in") == 4);
      }
      sink.awaitEnd();
      assertThat(sums(sink))
          .containsEntry("stats_counts.statsd.packets_received", 3.0)
          .containsEntry("stats_counts.statsd.metrics_received", 4.0)
          .containsEntry("stats_counts.statsd.bad_lines_seen", 1.0);
    }
  }

  @Test
  void linesLoopBackToTheAccumulatorOfTheirKeyInOneProcess() throws Exception {
    int back = Ports.free();
    try (Sink sink = new Sink()) {
      String conf =
          """
          listeners {
            in { url = "tcp://127.0.0.1:%d", format = statsd, into = spread }
            back { url = "tcp://127.0.0.1:%d", format = statsd, into = stats }
          }
          pipelines {
            spread { routes = [ { to = [ring] } ] }
            stats { accumulate { format = statsd, into = filter, flush = %s } }
            filter { block = [ { prefix = "statsd." } ], routes = [ { to = [out] } ] }
          }
          clusters {
            ring { policy = hash, hash = statsd-proxy, destinations = ["tcp://127.0.0.1:%d"] }
            out { policy = all, destinations = [ { url = "tcp://127.0.0.1:%d" } ] }
          }
          admin { listen = "127.0.0.1:0" }
          shell { listen = "127.0.0.1:0" }
          shutdown { deadline = 20s, grace = 100ms }
          """
              .formatted(port, back, NEVER, back, sink.port());
      try (WholeRelay relay = WholeRelay.start(conf, "accumulate")) {
        send("a:1|c\nb:1|c\na:1|c\n");
        awaitTaken(relay, "stats", 3);
      }
      sink.awaitEnd();
      assertThat(sums(sink))
          .containsEntry("stats_counts.a", 2.0)
          .containsEntry("stats_counts.b", 1.0)
          .doesNotContainKey("statsd.numStats");
    }
  }

  @Test
  void refusesAnAccumulatorWhoseLinesComeBackToIt() {
    assertThatThrownBy(
            () ->
                WholeRelay.start(
                    """
                    listeners { in { url = "tcp://127.0.0.1:0", format = graphite, into = main } }
                    pipelines { main { accumulate { format = graphite, into = main } } }
                    admin { listen = "127.0.0.1:0" }
                    """,
                    "accumulate"))
        .hasMessageContaining("pipelines.main")
        .hasMessageContaining("back to itself");
  }

  @Test
  void refusesAListenerWhoseLinesTheAccumulatorCanNotRead() {
    assertThatThrownBy(
            () ->
                WholeRelay.start(
                    """
                    listeners { in { url = "tcp://127.0.0.1:0", format = graphite, into = stats } }
                    pipelines { stats { accumulate { format = statsd, into = BLACKHOLE } } }
                    admin { listen = "127.0.0.1:0" }
                    """,
                    "accumulate"))
        .hasMessageContaining("listeners.in")
        .hasMessageContaining("statsd");
  }

  @Test
  void aRuleSumsWhatMatchesAndTheOriginalsGoNoFurther() throws Exception {
    try (Sink sink = new Sink()) {
      String rule =
          """
          main {
            rewrite = [ { regex = "^old\\\\.", to = "app." } ]
            aggregate = [ { function = [sum, max], regex = "^app\\\\.([^.]+)\\\\.host\\\\d+\\\\.(.*)$",
                            to = "app.$1.all.$2", every = 10s, wait = 0s, drop-raw = true } ]
            routes = [ { to = [out] } ]
          }
          """;
      WholeRelay relay = WholeRelay.start(conf("graphite", "main", sink, rule), "accumulate");
      long now = System.currentTimeMillis() / 1000 / 10 * 10;
      try (relay) {
        send(
            "app.web.host1.hits 1 %d\napp.web.host2.hits 5 %d\nold.web.host3.hits 2.5 %d\nother 1 %d\n"
                .formatted(now, now + 1, now + 2, now));
        awaitTaken(relay, "main:aggregate", 3);
      }
      sink.awaitEnd();
      new Figures(relay.stats()).assertBalance(relay);
      assertThat(sink.text().lines())
          .containsExactlyInAnyOrder(
              "app.web.all.hits.sum 8.5 " + now, "app.web.all.hits.max 5 " + now, "other 1 " + now);
    }
  }

  @Test
  void aLineOfWhichARuleWouldMakeAnEmptyKeyIsCounted() throws Exception {
    try (Sink sink = new Sink()) {
      String rule =
          """
          main {
            aggregate = [ { regex = "^drop(.*)$", to = "$1", drop-raw = true } ]
            routes = [ { to = [out] } ]
          }
          """;
      WholeRelay relay = WholeRelay.start(conf("graphite", "main", sink, rule), "accumulate");
      try (relay) {
        send("drop 1 %d\n".formatted(System.currentTimeMillis() / 1000));
        String refused = "accumulators.main:aggregate.invalid.key";
        await().until(() -> new Figures(relay.stats()).at(refused) == 1);
      }
      new Figures(relay.stats()).assertBalance(relay);
    }
  }

  @Test
  void moreKeysThanThereMayBeAreCounted() throws Exception {
    try (Sink sink = new Sink()) {
      WholeRelay relay =
          WholeRelay.start(statsd(sink, "max-keys = 100, flush = " + NEVER), "accumulate");
      try (relay) {
        send(
            IntStream.range(0, 1000)
                .mapToObj(i -> "k%d:1|c\n".formatted(i))
                .collect(Collectors.joining()));
        await()
            .until(
                () ->
                    new Figures(relay.stats()).at("accumulators.stats.dropped.too-many-keys")
                        == 900);
      }
      sink.awaitEnd();
      new Figures(relay.stats()).assertBalance(relay);
      assertThat(sums(sink).keySet().stream().filter(k -> k.startsWith("stats_counts.k")))
          .hasSize(100);
    }
  }
}
