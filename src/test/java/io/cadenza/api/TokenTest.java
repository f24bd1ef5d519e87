package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has no token learns nothing but that the process lives. */
class TokenTest {
  private static ApiRig rig;

  @BeforeAll
  static void start() throws Exception {
    String more = "token = \"open sesame\", base-path = graphite, cors = [\"https://a.b\"]";
    rig = new ApiRig(more, ApiRig.recorded());
  }

  @AfterAll
  static void stop() throws Exception {
    rig.stop();
  }

  private static int get(String path, String authorization) throws Exception {
    return rig.send(rig.request(path).header("Authorization", authorization)).statusCode();
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/graphite/render", "/graphite/metrics/find?query=*", "/graphite/x", "/nowhere"})
  void isAskedForEverywhere(String path) throws Exception {
    assertThat(rig.get(path).statusCode()).isEqualTo(401);
    assertThat(get(path, "Bearer open sesam")).isEqualTo(401);
    assertThat(get(path, basic("open sesame:"))).isEqualTo(401);
    assertThat(get(path, "Basic %%%")).isEqualTo(401);
    assertThat(get(path, "open sesame")).isEqualTo(401);
  }

  @Test
  void opensAsBearerAndAsPassword() throws Exception {
    assertThat(get("/graphite/version", "Bearer open sesame")).isEqualTo(200);
    assertThat(get("/graphite/version", "bearer open sesame")).isEqualTo(200);
    assertThat(get("/graphite/version", basic("grafana:open sesame"))).isEqualTo(200);
  }

  @Test
  void isAskedForByTheBrowserUnlessItIsAPageThatAsks() throws Exception {
    assertThat(rig.get("/graphite/version").headers().firstValue("www-authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
    assertThat(
            rig.send(rig.request("/graphite/version").header("X-Requested-With", "XMLHttpRequest"))
                .headers()
                .firstValue("www-authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
  }

  /** It is files only, and asks for a token itself. */
  @Test
  void isNotNeededForThePage() throws Exception {
    assertThat(rig.get("/graphite/").body()).contains("<html");
  }

  @Test
  void isNotNeededToSeeThatTheProcessLives() throws Exception {
    assertThat(rig.get("/graphite/ping").statusCode()).isEqualTo(200);
  }

  @Test
  void isNotNeededToAskWhetherAPageMayAsk() throws Exception {
    assertThat(
            rig.send(
                    rig.request("/graphite/render")
                        .header("Origin", "https://a.b")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void whatItOpensIsForNobodyElsesCache() throws Exception {
    assertThat(
            rig.send(
                    rig.request("/graphite/find?query=*")
                        .header("Authorization", "Bearer open sesame"))
                .headers()
                .firstValue("cache-control"))
        .hasValue("private, max-age=60");
  }

  @Test
  void outsideOfTheBaseThereIsNothing() throws Exception {
    assertThat(get("/version", "Bearer open sesame")).isEqualTo(404);
  }
}
