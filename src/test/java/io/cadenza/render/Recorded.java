package io.cadenza.render;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was recorded of graphite-web, and a request as it was sent there. */
final class Recorded {
  static final long NOW = 1_700_000_000;
  static final RenderLimits LIMITS =
      new RenderLimits(1000, 10_000_000, 1000, Duration.ofSeconds(60), System::nanoTime);
  static final RecordedStore STORE = new RecordedStore(read("data.json"));

  private Recorded() {}

  static JsonObject read(String file) {
    try {
      return new JsonObject(
          Files.readString(Path.of("src/test/resources/vectors/graphite-web", file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the span that most were recorded with. */
  static RenderRequest request(String... targets) {
    return new RenderRequest(
        List.of(targets), NOW - 200, NOW, NOW, ZoneOffset.UTC, 0, null, Map.of(), LIMITS);
  }

  static List<Series> render(String... targets) {
    return new Renderer().render(request(targets), STORE);
  }

  /** A request by its query string. */
  static RenderRequest request(String query) {
    Map<String, String> params = new LinkedHashMap<>();
    Map<String, String> template = new LinkedHashMap<>();
    List<String> targets = new ArrayList<>();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (parts[0].equals("target")) {
        targets.add(value);
      } else if (parts[0].startsWith("template[")) {
        template.put(parts[0].substring(9, parts[0].length() - 1), value);
      } else {
        params.put(parts[0], value);
      }
    }
    ZoneId zone = ZoneId.of(params.getOrDefault("tz", "UTC"));
    long from = TimeText.parse(params.getOrDefault("from", "-1d"), NOW, zone);
    long until = TimeText.parse(params.getOrDefault("until", "now"), NOW, zone);
    String factor = params.get("xFilesFactor");
    return new RenderRequest(
        targets,
        Math.min(from, until),
        Math.max(from, until),
        NOW,
        zone,
        Integer.parseInt(params.getOrDefault("maxDataPoints", "0")),
        factor == null ? null : Double.valueOf(factor),
        template,
        LIMITS);
  }

  /** As the JSON of an answer has them. */
  static List<Series> answer(RenderRequest request) {
    List<Series> all = new Renderer().render(request, STORE);
    long span = Renderer.span(all);
    return all.stream()
        .map(one -> Renderer.consolidate(one, span, request.maxDataPoints()))
        .toList();
  }
}
