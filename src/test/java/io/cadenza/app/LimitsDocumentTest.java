package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.Configuration;
import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/limits.md names every bound, and each has the figures that it names. */
final class LimitsDocumentTest {
  private static final String WHOLE =
      """
      listeners { in { url = "http://127.0.0.1:%d", into = main } }
      pipelines { main {
        rewrite = [ { old = a, to = b } ]
        aggregate = [ { regex = c, to = d } ]
        routes = [ { match { prefix = b }, to = [ring] }, { to = [seen] } ]
      } }
      clusters {
        ring { policy = hash, aggregated-by = main, destinations = ["tcp://127.0.0.1:1"] }
        kept { policy = all, destinations = [{ url = "tcp://127.0.0.1:1", on-full = spool }] }
        seen { policy = all, destinations = ["tap://seen"] }
      }
      stores { memory { driver = memory }, whisper { driver = whisper, path = "%2$s/whisper" } }
      api { listen = "127.0.0.1:0" }
      admin { listen = "127.0.0.1:0" }
      shell { listen = "127.0.0.1:0" }
      shutdown { deadline = 1ms }
      spool { path = "%s" }
      instances = 2
      """;

  @TempDir private Path dir;

  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    String text = WHOLE.formatted(Ports.free(), dir);
    RelayConfig config = RelayConfig.read(Configuration.read(text, "test"));
    relay = new Relay(config, Map.of(), Clock.systemUTC());
    relay.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    relay.stop().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The cells of rows of the document that have so many, without their backticks. */
  private static List<List<String>> rows(int cells) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs/limits.md"))) {
      if (line.startsWith("| ") && !line.contains("| its bound |")) {
        List<String> row =
            List.of(line.substring(2, line.length() - 2).split(" \\| ")).stream()
                .map(cell -> cell.matches("`[^`]*`") ? cell.substring(1, cell.length() - 1) : cell)
                .toList();
        if (row.size() == cells) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  @Test
  void namesEveryKeyOfLimits() throws IOException {
    Set<String> named = rows(5).stream().map(row -> row.get(0)).collect(Collectors.toSet());
    Set<String> keys = new TreeSet<>(Configuration.referenceKeys());

    assertThat(keys).containsAll(named);
    keys.removeIf(key -> !key.startsWith("limits."));
    assertThat(named).containsAll(keys).contains("defaults.listener.window", "spool.max-bytes");
  }

  @Test
  void namesFiguresThatThereAre() throws IOException {
    Map<String, Object> all = relay.meters().snapshot();
    List<List<String>> rows = new ArrayList<>();
    rows(5).forEach(row -> rows.add(row.subList(1, 4)));
    rows(4).forEach(row -> rows.add(row.subList(0, 3)));

    assertThat(rows).hasSizeGreaterThan(12);
    for (List<String> row : rows) {
      assertThat(figure(all, row.get(0), row.get(1))).as("%s", row).isNotNegative();
      assertThat(figure(all, row.get(0), row.get(2))).as("%s", row).isPositive();
    }
  }

  /** Of the first thing of a kind that has it; -1 where none has. */
  private static long figure(Map<String, Object> all, String kind, String figure) {
    Map<?, ?> things =
        (Map<?, ?>) (kind.equals("process") ? Map.of("", all.get(kind)) : all.get(kind + "s"));
    return things.values().stream()
        .map(thing -> ((Map<?, ?>) thing).get(figure))
        .filter(Number.class::isInstance)
        .mapToLong(number -> ((Number) number).longValue())
        .findFirst()
        .orElse(-1);
  }
}
