package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegexFormatTest extends LineFormatContract {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2023-11-14T22:13:20Z"));

  /** Priority or none, a time as syslog writes it, the key, the logger up to a colon. */
  private static final String SYSLOG =
      "^(<\\d+>)?(?P<Timestamp>[A-Z][a-z]+\\s+\\d+\\s\\d+:\\d+:\\d+) (?P<Key>\\S+) (?P<Logger>\\S+):(.*)";

  private final RegexFormat syslog = new RegexFormat(SYSLOG, "Jan 02 15:04:05", CLOCK);

  @Override
  LineFormat format() {
    return syslog;
  }

  @Override
  Map<String, String> goodLines() {
    return Map.of(
        "<13>Nov 14 22:13:20 web01.dc app[7]: hello world", "web01.dc",
        "Jan 02 00:00:00 web02 nginx: GET /x:y", "web02");
  }

  @Override
  String alphabet() {
    return "<13>Nov 14:\n";
  }

  @Test
  void takesTheKeyGroupItselfAndNotTheOneBehindIt() {
    assertThat(keyOf("<13>Nov 14 22:13:20 thekey logger: text")).isEqualTo("thekey");
  }

  @Test
  void readsTheTime() {
    byte[] line = "xx<13>Nov 14 22:13:20 k l: t".getBytes(UTF_8);
    assertThat(syslog.seconds(line, 2, line.length)).isEqualTo(1_700_000_000L);
  }

  @Test
  void letsALineWithAnUnreadableTimeTravelButTellsOfIt() {
    assertThat(keyOf("Nov 34 22:13:20 k l: t")).isEqualTo("k");
    assertThat(medium("Nov 34 22:13:20 k l: t")).isEqualTo(Invalid.TIME);
    assertThat(medium("  Nov 14 22:13:20 k l: t")).isNull();
  }

  @Test
  void needsAMatchWithAKey() {
    assertThat(keyOf("something else")).isEqualTo("key");
    assertThat(new RegexFormat("x(?P<Key>a*)|y", null, CLOCK).key("x".getBytes(UTF_8), 0, 1))
        .isEqualTo(Invalid.KEY.code());
    assertThat(new RegexFormat("x(?P<Key>a*)|y", null, CLOCK).key("y".getBytes(UTF_8), 0, 1))
        .isEqualTo(Invalid.KEY.code());
  }

  @Test
  void takesNamedGroupsOfJavaToo() {
    RegexFormat java = new RegexFormat("key=(?<Key>\\w+)", null, CLOCK);
    byte[] line = "\u00e9\u00e9 key=abc \u00e9".getBytes(UTF_8);
    assertThat(java.key(line, 0, line.length)).isEqualTo(LineFormat.span(9, 12));
    assertThat(java.seconds(line, 0, line.length)).isNegative();
  }

  @Test
  void checksKeys() {
    RegexFormat all = new RegexFormat("(?P<Key>.*)", null, CLOCK);
    byte[] line = "a b\u0001".getBytes(UTF_8);
    assertThat(all.check(Validation.MEDIUM, line, 0, 4, 4)).isEqualTo(Invalid.CHARACTER);
    assertThat(all.check(Validation.MEDIUM, line, 0, 3, 4)).isNull();
    assertThat(all.check(Validation.STRICT, line, 0, 3, 4)).isEqualTo(Invalid.CHARACTER);
  }

  @Test
  void saysWhatIsWrongWithItsSettings() {
    assertThatThrownBy(() -> new RegexFormat("(a", null, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing closing )");
    assertThatThrownBy(() -> new RegexFormat("(?P<key>a)", null, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Key");
    assertThatThrownBy(() -> new RegexFormat(SYSLOG, "whenever", CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whenever");
    assertThatThrownBy(() -> new RegexFormat("(?P<Key>a)", "RFC3339", CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Timestamp");
  }

  @Test
  void refusesWhatWouldNotBeLinear() {
    assertThatThrownBy(() -> new RegexFormat("(?P<Key>a)\\1", null, CLOCK))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
