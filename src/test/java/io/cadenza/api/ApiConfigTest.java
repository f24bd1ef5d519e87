package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiConfigTest {

  private static Settings settings(String text) {
    return Configuration.read("api { " + text + " }", "test").block("api");
  }

  private static ApiConfig read(String text) {
    return ApiConfig.read(settings(text));
  }

  private static List<?> problems(String text) {
    Settings s = settings(text);
    ApiConfig.read(s);
    return s.problems().list();
  }

  @Test
  void isSafeIfNothingIsSaid() {
    ApiConfig config = read("");

    assertThat(config.listen().orElseThrow()).hasToString("127.0.0.1:8083");
    assertThat(config.basePath()).isEqualTo("/");
    assertThat(config.cors()).isEmpty();
    assertThat(config.limits().timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.limits().workers()).isGreaterThanOrEqualTo(2);
    assertThat(config.limits().memory()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
  }

  @Test
  void mayBeNone() {
    assertThat(read("listen = null").listen()).isEmpty();
  }

  @Test
  void isNotOpenWithoutAToken() {
    assertThat(problems("listen = \"0.0.0.0:8083\"")).hasSize(1);
    assertThat(problems("listen = \"0.0.0.0:8083\", token = x")).isEmpty();
    assertThat(problems("listen = \"localhost:8083\"")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/, /", "'', /", "graphite, /graphite/", "/a/b, /a/b/", "/a/, /a/"})
  void theBaseIsBetweenSlashes(String given, String base) {
    assertThat(read("base-path = \"" + given + "\"").basePath()).isEqualTo(base);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base-path = \"a b\"", "base-path = \"a?b\"", "base-path = \":x\""})
  void otherBasesAreProblems(String text) {
    assertThat(problems(text)).hasSize(1);
  }

  @Test
  void originsAreOrigins() {
    String good = "cors = [\"*\", \"https://a.b:1\", \"http://c\"]";
    assertThat(problems(good)).isEmpty();
    assertThat(problems("cors = [\"a.b\", \"https://a.b/\", \"https://\"]")).hasSize(3);
  }

  @Test
  void whoWaitsForAnAnswerIsNotIdle() {
    assertThat(problems("idle-timeout = 20s")).hasSize(1);
    assertThat(problems("idle-timeout = 21s")).isEmpty();
    assertThat(problems("idle-timeout = 0s")).isEmpty();
  }

  @Test
  void theTokenIsNotShown() {
    assertThat(read("token = sesame").toString()).doesNotContain("sesame");
  }
}
