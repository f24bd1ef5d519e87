package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a matcher that tries every length for every star. */
class GlobPropertyTest {
  @Property(tries = 20_000)
  void matchesWhatTheNaiveMatcherDoes(@ForAll("globs") String glob, @ForAll("names") String name) {
    byte[] b = name.getBytes(StandardCharsets.UTF_8);

    assertThat(Glob.of(glob).matches(b, 0, b.length)).isEqualTo(NaiveQuery.glob(glob, name));
  }

  @Property(tries = 5000)
  void whatMatchesBeginsWithThePrefix(@ForAll("globs") String glob, @ForAll("names") String name) {
    Glob compiled = Glob.of(glob);
    byte[] b = name.getBytes(StandardCharsets.UTF_8);

    if (compiled.matches(b, 0, b.length)) {
      assertThat(name).startsWith(new String(compiled.prefix(), StandardCharsets.UTF_8));
    }
  }

  @Property(tries = 5000)
  void anyTextIsAGlob(@ForAll String glob, @ForAll("names") String name) {
    byte[] b = name.getBytes(StandardCharsets.UTF_8);
    String unescaped = glob.replaceAll("[\\\\\\x{E000}-\\x{E07F}]", "/");

    assertThat(Glob.of(unescaped).matches(b, 0, b.length))
        .isEqualTo(NaiveQuery.glob(unescaped, name));
    Glob.of(glob).matches(b, 0, b.length);
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.of("a", "b", "é", "-", "*", "*", "?", "[", "]", "!", "[ab]", "[!a-b]", "😀")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("a", "a", "b", "é", "-", "[", "]", "!", "😀")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
