package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of both kinds become parameters. */
class FormsTest {
  private static final String TYPE = "multipart/form-data; boundary=";

  private static List<String> pairs(String text) {
    List<String> pairs = new ArrayList<>();
    FormText.read(text, (name, value) -> pairs.add(name + "=" + value));
    return pairs;
  }

  private static List<String> parts(String type, String body) {
    List<String> parts = new ArrayList<>();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Multipart.read(bytes, type, (name, value) -> parts.add(name + "=" + value));
    return parts;
  }

  private static String part(String head, String body) {
    return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b | a=b",
        "a=b=c | a=b=c",
        "a | a=",
        "a= | a=",
        "a+b=c%20d | a b=c d",
        "a=%C3%A9 | a=\u00e9",
        "a=%c3%a9 | a=\u00e9",
        "a=%zz | a=%zz",
        "a=% | a=%",
        "a=%4 | a=%4",
        "a=%41 | a=A",
        "a=%ff | a=\ufffd",
        "a=x;b=y | a=x;b=y",
        "\u00e9=\u00e9 | \u00e9=\u00e9"
      })
  void aPairIsDecoded(String text, String pair) {
    assertThat(pairs(text)).containsExactly(pair);
  }

  @Test
  void pairsStandBetweenAmpersands() {
    assertThat(pairs("&a=1&&b=2&a=3&")).containsExactly("a=1", "b=2", "a=3");
    assertThat(pairs("")).isEmpty();
    assertThat(pairs(null)).isEmpty();
  }

  @Test
  void partsAreParameters() {
    String form = part("name=\"a\"", "1") + part("name=b", "2\r\n3") + part("name=\"a\"", "");

    assertThat(parts(TYPE + "b", form + "--b--\r\n")).containsExactly("a=1", "b=2\r\n3", "a=");
    assertThat(parts(TYPE + "\"b\"; charset=utf-8", form + "--b--")).hasSize(3);
    assertThat(parts("Multipart/Form-Data;Boundary=b", "preamble\r\n" + form + "--b--")).hasSize(3);
  }

  @Test
  void namesAndValuesAreUtf8() {
    assertThat(parts(TYPE + "b", part("name=\"\u00e9;\\\"\"", "\u00fc") + "--b--"))
        .containsExactly("\u00e9;\"=\u00fc");
  }

  @Test
  void filesAndPartsWithoutANameArePassedOver() {
    String form =
        part("name=\"f\"; filename=\"x\"", "1")
            + part("filename=y", "2")
            + "--b\r\nContent-Type: text/plain\r\n\r\n3\r\n"
            + "--b\r\nno head at all\r\n"
            + part("name=\"a\"", "4");

    assertThat(parts(TYPE + "b", form + "--b--")).containsExactly("a=4");
  }

  @Test
  void whatIsCutOffIsPassedOver() {
    String form = part("name=a", "1") + part("name=b", "2") + "--b--";

    for (int end = 0; end < form.length(); end++) {
      assertThat(parts(TYPE + "b", form.substring(0, end))).hasSizeBetween(0, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; charset=b"
      })
  void aFormWithoutABoundaryIsAMistake(String type) {
    assertThatThrownBy(() -> parts(type, part("name=a", "1")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("boundary");
  }

  @Property(tries = 500)
  void anyTextIsRead(@ForAll @Size(max = 200) String text) {
    pairs(text).forEach(pair -> assertThat(pair).contains("="));
    assertThat(parts(TYPE + "b", "--b\r\n" + text + "\r\n--b--")).hasSizeLessThanOrEqualTo(200);
  }
}
