package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatsdFormatTest extends LineFormatContract {
  @Override
  LineFormat format() {
    return new StatsdFormat();
  }

  @Override
  Map<String, String> goodLines() {
    return Map.of(
        "gorets:1|c", "gorets",
        "a.b:320|ms|@0.1", "a.b",
        "a:1|ms:2|ms:4|c|@0.5", "a",
        "a:1:2.5:3|ms|#env:prod,x", "a",
        "a:-5|g|#k:v|@1|T1656581400|c:ci-1,in-2|e:it-false|card:low", "a",
        "users:alice bob|s", "users",
        "page.views:1|d|c:83c0a99c0a54c0c1", "page.views",
        "_e{5,4}:title|text|#a:b", "_e{5,4}",
        "_sc|Redis.connection|2|#env:dev|m:timed out", "Redis.connection");
  }

  @Override
  String alphabet() {
    return "ab.:|@#cgmshd_e{}, 0123456789-";
  }

  @Test
  void keepsTheKeyAsItCame() {
    assertThat(keyOf("a b/c%:1|c")).isEqualTo("a b/c%");
    assertThat(keyOf("a|#t:v:1|c")).isEqualTo("a|#t");
  }

  @Test
  void needsAColon() {
    assertThat(keyOf("a.b 1 2")).isEqualTo("key");
    assertThat(keyOf(":1|c")).isEqualTo("key");
    assertThat(keyOf("_sc||0")).isEqualTo("key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:1|",
        "a:1|C",
        "a:1|whatever",
        "a: 5 |c",
        "a:0x1F|c",
        "a: |c",
        "a:x|c:1|c",
        "a:1:x|c",
        "a:1|c|",
        "a:1|c|@5",
        "a:1|c|@.5|x",
        "a b:1|c",
        "a:|s",
        "a:1|c|#",
        "a:5|ms|@0.1|more",
        "_sc|n|9",
        "_e{9,9}:x|y",
        "a:1|c|#a,,b"
      })
  void takesWhatServersTakeAtMedium(String line) {
    assertThat(medium(line)).isNull();
    assertThat(strict(line)).as("strict").isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a:1 TYPE",
        "a: TYPE",
        "a:x|c VALUE",
        "a:|c VALUE",
        "a:nan|g NAN",
        "a:inf|g INFINITE",
        "a:1e999|c INFINITE",
        "a:-1|ms VALUE",
        "a:1|c|0.1 RATE",
        "a:1|c|@ RATE",
        "a:1|c|@x RATE",
        "a:1|c|@0 RATE",
        "a:1|c|@-1 RATE",
        "a:1|c|@+1 RATE",
        "a:1|c|@1e999 RATE",
        "_sc|n FIELDS",
        "_sc|n| FIELDS",
        "_e{1}:x|y FIELDS",
        "_e{1,1:x|y FIELDS",
        "_e{1,1}:xy FIELDS",
        "a:0x|c VALUE",
        "a:y|c:x|c VALUE"
      })
  void refusesWhatNoServerTakes(String line, Invalid reason) {
    assertThat(medium(line)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a:1| TYPE",
        "a:1|C TYPE",
        "a:1|msx TYPE",
        "a:0x10|c VALUE",
        "a:1:|ms VALUE",
        "a:1|c:x|c VALUE",
        "a:|s VALUE",
        "a:1|c|@2 RATE",
        "a:1|c|@0.5x RATE",
        "a:1|c|z RATE",
        "a:1|c| RATE",
        "a:1|c|# TAGS",
        "a:1|c|#a,,b TAGS",
        "a:1|c|#,a TAGS",
        "a:1|c|#a, TAGS",
        "a:1|g|Tx TIME",
        "a:1|g|T TIME",
        "a:1|g|T1.5 TIME",
        "a/b:1|c CHARACTER",
        "a..b:1|c EMPTY_COMPONENT",
        "_sc|n|4 VALUE",
        "_sc|n|12 VALUE",
        "_e{2,1}:x|y FIELDS",
        "_e{1,2}:x|y FIELDS",
        "_e{99999999999,1}:x|y FIELDS",
        "a:1|c:2 TYPE"
      })
  void refusesMoreWhenStrict(String line, Invalid reason) {
    assertThat(strict(line)).isEqualTo(reason);
  }

  @Test
  void takesNothingAsNoNegativeDuration() {
    assertThat(strict("a:-0.0|ms")).isNull();
    assertThat(strict("a:-0.1|ms")).isEqualTo(Invalid.VALUE);
  }

  @Test
  void countsTheBytesOfEvents() {
    assertThat(strict("_e{2,6}:\u00e9|a|b\u00e9x|t:info")).isNull();
  }

  @Test
  void refusesKeysThatAreNoText() {
    assertThat(medium("a\0:1|c")).isEqualTo(Invalid.NUL);
    assertThat(medium("a\tb:1|c")).isEqualTo(Invalid.CHARACTER);
    assertThat(check(Validation.MEDIUM, "a\u00ff:1|c".getBytes(ISO_8859_1)))
        .isEqualTo(Invalid.UTF8);
  }
}
