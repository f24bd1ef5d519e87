package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
  private static Endpoint endpoint(String name) {
    return Endpoint.read(name, Endpoint.Tone.TEXT, asked -> Answer.text(200, ""));
  }

  private static Paths paths(String base) {
    return new Paths(base)
        .add("tags", endpoint("list"))
        .add("tags/find", endpoint("find"))
        .below("tags", endpoint("details"));
  }

  @ParameterizedTest
  @CsvSource({
    "/tags, list, ''",
    "/tags/, list, ''",
    "/tags//, list, ''",
    "/tags/find, find, ''",
    "/tags/find/, find, ''",
    "/tags/a, details, a",
    "/tags/a/b/, details, a/b"
  })
  void leadToEndpoints(String path, String name, String rest) {
    Paths.Found found = paths("/").find(path);

    assertThat(found.endpoint().name()).isEqualTo(name);
    assertThat(found.rest()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tag", "/tagsx", "/x/tags", "tags"})
  void leadNowhereOtherwise(String path) {
    assertThat(paths("/").find(path)).isNull();
  }

  @Test
  void beginWithTheBase() {
    assertThat(paths("/g/").find("/g/tags").endpoint().name()).isEqualTo("list");
    assertThat(paths("/g/").find("/tags")).isNull();
    assertThat(paths("/g/").find("/g")).isNull();
    assertThat(paths("/g/").all()).containsExactly("/g/tags", "/g/tags/NAME", "/g/tags/find");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a", "/%", "/%4", "/%zz", "/a%4g"})
  void areNoneWithoutASlashOrWithBrokenEscapes(String path) {
    assertThat(Paths.isPath(path)).isFalse();
    assertThat(Paths.isPath(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/%41", "/a/%c3%A9", "//"})
  void areThose(String path) {
    assertThat(Paths.isPath(path)).isTrue();
  }
}
