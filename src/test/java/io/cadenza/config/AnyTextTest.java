package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyTextTest {
  private enum Mode {
    ALL,
    FIRST_MATCH
  }

  private static final Duration DAY = Duration.ofDays(1);

  private static final List<Function<Settings, Object>> READS =
      List.of(
          s -> s.text("a", "none", "gzip"),
          s -> s.count("a", 3, 9),
          s -> s.bytes("a", 3, 9),
          s -> s.fraction("a", 0.25, 0.5),
          s -> s.duration("a", Duration.ofMillis(1), DAY),
          s -> s.choice("a", Mode.class),
          s -> s.flag("a"),
          s -> s.secret("a"),
          s -> s.file("a"),
          s -> s.url("a"),
          s -> s.address("a", 1),
          s -> s.textOr("a", ""),
          s -> s.texts("a"),
          s -> s.list("a", "url"),
          s -> s.block("a"),
          s -> s.blocks("a"));

  @Property(tries = 3000)
  void isReadOrIsAProblemAndNeverThrows(@ForAll("texts") String text) {
    for (Function<Settings, Object> read : READS) {
      var problems = new Problems();
      Settings settings = Settings.root(ConfigFactory.parseMap(Map.of("a", text)), problems);

      assertThat(read.apply(settings)).isNotNull();
      settings.done();

      assertThat(problems.list()).hasSizeLessThanOrEqualTo(1);
      assertThat(problems.list().toString()).doesNotContain("unknown key", "\n");
    }
  }

  @Property(tries = 1000)
  void isWithinItsBoundsWhateverItSays(@ForAll("texts") String text) {
    Settings settings = Settings.root(ConfigFactory.parseMap(Map.of("a", text)), new Problems());

    assertThat(settings.count("a", 3, 9)).isBetween(3, 9);
    assertThat(settings.bytes("a", 3, 9)).isBetween(3L, 9L);
    assertThat(settings.fraction("a", 0.25, 0.5)).isBetween(0.25, 0.5);
    assertThat(settings.duration("a", Duration.ofMillis(1), DAY))
        .isBetween(Duration.ofMillis(1), DAY);
    assertThat(settings.url("a").port()).isBetween(0, 65_535);
  }

  /** Anything, and what comes near to being right. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> near =
        Arbitraries.of(
                "",
                " ",
                "-",
                "1",
                "9e9",
                "99999999999999999999",
                ".5",
                "s",
                "ms",
                "KiB",
                "tcp://",
                "unix://",
                "[",
                "::1",
                "]",
                ":",
                "#",
                "/",
                "@",
                "\u0000",
                "\u00a0",
                "true",
                "e",
                "NaN",
                "\"",
                "\n",
                "${x}",
                "٣")
            .list()
            .ofMaxSize(6)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(near, Arbitraries.strings().ofMaxLength(20));
  }
}
