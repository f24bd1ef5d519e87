package io.cadenza.app;

import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineFormat;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.route.Explainer;
import io.cadenza.route.Explainer.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what would happen to keys, and why. */
@Command(
    name = "route",
    mixinStandardHelpOptions = true,
    description = "Says which block, rewrite, route, cluster and destination would act on keys.")
final class RouteCommand implements Callable<Integer> {
  @Mixin private ConfigOption option;

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "Where the keys come in; by default where the first listener sends them.")
  private String pipeline;

  @Option(names = "--json", description = "One JSON object a key and line.")
  private boolean json;

  @Parameters(
      paramLabel = "KEY",
      arity = "0..*",
      description = "Keys, or whole lines; without any, those on standard input, one a line.")
  private List<String> keys;

  @Override
  public Integer call() throws IOException {
    Optional<RelayConfig> read = option.read();
    if (read.isEmpty()) {
      return 1;
    }
    RelayConfig config = read.get();
    String into = pipeline == null ? first(config) : pipeline;
    Set<String> known = config.table().pipelines().keySet();
    if (into == null || !known.contains(into)) {
      System.err.println("no pipeline " + into + "; known: " + String.join(", ", known));
      return 1;
    }
    Explainer explainer = new Explainer(config.table());
    LineFormat format = format(config, into);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    if (keys != null) {
      keys.forEach(key -> tell(out, key, explainer, into, format));
    } else {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String key = in.readLine(); key != null; key = in.readLine()) {
        tell(out, key, explainer, into, format);
      }
    }
    out.flush();
    return 0;
  }

  private static String first(RelayConfig config) {
    return config.listeners().stream()
        .map(ListenerConfig::into)
        .findFirst()
        .orElse(config.table().pipelines().keySet().stream().sorted().findFirst().orElse(null));
  }

  /** The format of what comes into the pipeline: of a listener's lines, else graphite. */
  private static LineFormat format(RelayConfig config, String into) {
    return config.listeners().stream()
        .filter(listener -> listener.into().equals(into) && listener.regex() == null)
        .findFirst()
        .map(Catalog::format)
        .orElseGet(GraphiteFormat::new);
  }

  private void tell(
      PrintStream out, String key, Explainer explainer, String into, LineFormat format) {
    Explanation told = explainer.explain(into, format, line(key, format));
    if (json) {
      out.println(
          new JsonObject()
              .put("key", key)
              .put("sent", new JsonArray(told.sent()))
              .put("dropped", told.dropped())
              .put("steps", new JsonArray(told.steps()))
              .encode());
      return;
    }
    out.println(key);
    told.steps().forEach(step -> out.println("  " + step));
    out.println("  => " + (told.dropped() == null ? String.join(", ", told.sent()) : "dropped"));
  }

  /** A whole line for a key; what has a blank or, for statsd, a colon is one already. */
  private static String line(String key, LineFormat format) {
    if (format.name().equals("statsd")) {
      return key.indexOf(':') >= 0 ? key : key + ":1|c";
    }
    return key.isEmpty() || key.indexOf(' ') >= 0 ? key : key + " 1 1700000000";
  }
}
