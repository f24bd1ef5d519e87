package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded placements of other systems, asked for by {@code route --json}. */
class RouteVectorsTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors/hash");
  private static final Map<String, String> C_RELAY =
      Map.of(
          "carbon_ch", "c-relay-carbon_ch",
          "fnv1a_ch", "c-relay-fnv1a_ch",
          "jump_fnv1a_ch", "jump_fnv1a_ch");

  @TempDir private Path dir;

  private record Row(String key, List<String> sent) {}

  @Test
  void sendsKeysWhereCarbonDoes() throws IOException {
    Map<String, List<Row>> byConfig = new LinkedHashMap<>();
    for (String[] row : rows("carbon-rings.tsv")) {
      String options =
          "hash = %s, replicas = %s, diverse-replicas = %s, fast = %s"
              .formatted(row[1], row[2], row[3].toLowerCase(), row[0].equals("fast-hashing"));
      List<String> urls = urls(row[4], ",", RouteVectorsTest::carbon);
      add(
          byConfig,
          config("graphite", options, urls),
          row[5],
          urls(row[6], ",", RouteVectorsTest::carbon));
    }

    assertThat(byConfig).hasSizeGreaterThan(10);
    assertThat(wrong(byConfig)).isEmpty();
  }

  @Test
  void sendsKeysWhereCarbonCRelayDoes() throws IOException {
    Map<String, List<Row>> byConfig = new LinkedHashMap<>();
    for (String[] row : rows("carbon-c-relay-rings.tsv")) {
      String options =
          "hash = %s, replicas = %s"
              .formatted(
                  C_RELAY.get(row[0].split(" ")[0]), row[0].replaceAll(".*repl=(\\d+).*", "$1"));
      Map<String, String> byAddress = new LinkedHashMap<>();
      for (String server : row[1].split(" ")) {
        String[] parts = server.split("=");
        String url = cRelay(parts[0]) + (parts.length > 1 ? "#" + parts[1] : "");
        byAddress.put(withPort(parts[0]), url);
      }
      List<String> sent =
          Arrays.stream(row[3].split(" "))
              .map(RouteVectorsTest::withPort)
              .map(byAddress::get)
              .toList();
      add(byConfig, config("graphite", options, List.copyOf(byAddress.values())), row[2], sent);
    }

    assertThat(byConfig).hasSizeGreaterThan(20);
    assertThat(wrong(byConfig)).isEmpty();
  }

  /** The proxy's answers while all nodes are up; an empty key is no line here. */
  @Test
  void sendsKeysWhereStatsdsProxyDoes() throws IOException {
    Map<String, List<Row>> byConfig = new LinkedHashMap<>();
    for (String[] row : rows("statsd-proxy-rings.tsv")) {
      if (row[1].isEmpty() && !row[2].isEmpty()) {
        List<String> urls = urls(row[0], " ", name -> "tcp://" + name);
        add(
            byConfig,
            config("statsd", "hash = statsd-proxy", urls),
            row[2],
            List.of("tcp://" + row[3]));
      }
    }

    assertThat(byConfig).hasSize(5);
    assertThat(wrong(byConfig)).isEmpty();
  }

  private List<String> wrong(Map<String, List<Row>> byConfig) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (var entry : byConfig.entrySet()) {
      Path file = Files.writeString(dir.resolve("relay.conf"), entry.getKey());
      String keys = entry.getValue().stream().map(Row::key).collect(Collectors.joining("\n"));
      CommandLineRun run = CommandLineRun.withInput(keys, "route", "-c", file.toString(), "--json");
      assertThat(run.err()).isEmpty();
      List<JsonObject> told = run.out().lines().map(JsonObject::new).toList();
      assertThat(told).hasSameSizeAs(entry.getValue());
      for (int i = 0; i < told.size(); i++) {
        Row row = entry.getValue().get(i);
        if (!told.get(i).getJsonArray("sent").getList().equals(row.sent())) {
          wrong.add(row + " but " + told.get(i));
        }
      }
    }
    return wrong;
  }

  private static void add(
      Map<String, List<Row>> byConfig, String config, String key, List<String> sent) {
    byConfig.computeIfAbsent(config, c -> new ArrayList<>()).add(new Row(key, sent));
  }

  private static String config(String format, String options, List<String> urls) {
    String all = urls.stream().map(url -> '"' + url + '"').collect(Collectors.joining(", "));
    return """
        listeners { in { url = "tcp://127.0.0.1:1", format = %s, into = main } }
        pipelines { main { validate = none, routes = [ { to = [ring] } ] } }
        clusters { ring { policy = hash, %s, destinations = [%s] } }
        """
        .formatted(format, options, all);
  }

  private static List<String> urls(String text, String between, Function<String, String> url) {
    return Arrays.stream(text.split(between)).map(url).toList();
  }

  /** {@code cache1:2004:a} as {@code tcp://cache1:2004#a}. */
  private static String carbon(String text) {
    int port = text.lastIndexOf(':', text.lastIndexOf(':') - 1);
    boolean instance = port > 0 && text.substring(port + 1).matches("\\d+:.+");
    return "tcp://"
        + (instance
            ? text.substring(0, text.lastIndexOf(':'))
                + "#"
                + text.substring(text.lastIndexOf(':') + 1)
            : text);
  }

  private static String cRelay(String address) {
    return "tcp://" + address;
  }

  private static String withPort(String address) {
    return address.matches(".*:\\d+") ? address : address + ":2003";
  }

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(VECTORS.resolve(file)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }
}
