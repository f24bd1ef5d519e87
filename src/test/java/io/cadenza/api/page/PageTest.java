package io.cadenza.api.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final Pattern IMPORTED = Pattern.compile("from \"\\./([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private CannedApi api;

  @BeforeEach
  void start() {
    api = new CannedApi("/graphite/");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/html; charset=utf-8",
    "page/page.js, text/javascript; charset=utf-8",
    "page/page.css, text/css; charset=utf-8",
    "page/icon.svg, image/svg+xml",
    "page/uplot/1.6.30/dist/uPlot.iife.min.js, text/javascript; charset=utf-8",
    "page/uplot/1.6.30/dist/uPlot.min.css, text/css; charset=utf-8",
  })
  void filesHaveTheirTypes(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo(type);
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void allThatThePageLoadsIsServedFromBesideIt() throws Exception {
    List<String> waiting = new ArrayList<>();
    Matcher links = LINKED.matcher(get("").body());
    while (links.find()) {
      waiting.add(links.group(1));
    }
    assertThat(waiting).contains("page/page.js", "page/page.css");
    for (int i = 0; i < waiting.size(); i++) {
      String path = waiting.get(i);
      assertThat(path).doesNotContain(":").doesNotStartWith("/");
      HttpResponse<String> file = get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      Matcher imports = IMPORTED.matcher(file.body());
      while (imports.find()) {
        if (!waiting.contains("page/" + imports.group(1))) {
          waiting.add("page/" + imports.group(1));
        }
      }
    }
    assertThat(waiting).contains("page/suggest.js", "page/token.js");
  }

  @Test
  void policyAllowsNothingButOwnFiles() throws Exception {
    assertThat(header(get(""), "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(get("").body())
        .doesNotContain("<style")
        .doesNotContain(" style=")
        .doesNotContain("onclick");
  }

  @Test
  void fileThatTheBrowserHasIsNotSentAgain() throws Exception {
    HttpResponse<String> first = get("page/page.js");
    String tag = header(first, "ETag");

    HttpResponse<String> again = get("page/page.js", "If-None-Match", "\"other\", W/" + tag);
    HttpResponse<String> other = get("page/page.js", "If-None-Match", "\"other\"");

    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(header(get("page/page.css"), "ETag")).isNotEqualTo(tag);
  }

  @Test
  void libraryIsKeptForEverAsItsPathHasTheVersion() throws Exception {
    assertThat(header(get("page/uplot/1.6.30/dist/uPlot.iife.min.js"), "Cache-Control"))
        .contains("immutable");
  }

  @Test
  void headIsAnsweredAsGetWithoutTheBody() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(URI.create(api.url()))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<String> response = client.send(head, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length"))
        .isEqualTo(Integer.toString(get("").body().getBytes(UTF_8).length));
    assertThat(response.body()).isEmpty();
  }

  @Test
  void pathWithoutItsSlashLeadsToTheFolder() throws Exception {
    URI bare = URI.create(api.url().substring(0, api.url().length() - 1));

    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(bare).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(301);
    assertThat(bare.resolve(header(response, "Location")).toString()).isEqualTo(api.url());
  }

  @Test
  void pageMayBeAtTheRoot() throws Exception {
    try (CannedApi root = new CannedApi("/")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(root.url())).build();
      HttpRequest file = HttpRequest.newBuilder(URI.create(root.url() + "page/page.js")).build();

      assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("<title>Cadenza");
      assertThat(client.send(file, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpRequest none = HttpRequest.newBuilder(URI.create(root.url() + "nothing")).build();
      assertThat(client.send(none, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void pageNeedsNoTokenAndTheApiDoes() throws Exception {
    api.token = "secret";

    assertThat(get("").statusCode()).isEqualTo(200);
    assertThat(get("page/page.js").statusCode()).isEqualTo(200);
    assertThat(get("metrics/find?query=*").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page/",
        "page/Page.class",
        "page/../../../../logback.xml",
        "page/..%2f..%2f..%2f..%2flogback.xml",
        "page/%2e%2e/%2e%2e/%2e%2e/%2e%2e/logback.xml",
        "page/..;/..;/logback.xml",
        "page/uplot/1.6.30/../../../../../../logback.xml",
        "page//etc/passwd",
        "page/page.js%00.css",
        "page/..\\..\\logback.xml",
        "page/uplot/1.6.30/package.json",
      })
  void nothingElseIsServed(String path) throws IOException {
    String base = URI.create(api.url()).getPath();

    assertThat(raw("GET " + base + path + " HTTP/1.1")).matches("HTTP/1.1 (404|400) .*");
  }

  /** The first line of the answer to a request that no client would send. */
  private String raw(String line) throws IOException {
    URI address = URI.create(api.url());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.lines().findFirst().orElse("");
    }
  }
}
