package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTemplateTest {
  /** As re.sub of Python 3.11 answers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      value = {
        "^(\\w+)\\.(\\w+)\t\\2.\\1\ta.b.c\tb.a.c",
        "^(?P<env>\\w+)\\.\t\\g<env>-\\g<1>.\ta.b\ta-a.b",
        "o\t\\g<0>\\g<0>\tfoo\tfoooo",
        "(a)\t\\g<1>0\ta\ta0",
        "a\t$1\ta.b\t$1.b",
        "a\t${x}$\ta.b\t${x}$.b",
        "a\tx\\\\y\ta\tx\\y",
        "a\tx\\.y\\_\\-\ta\tx\\.y\\_\\-",
        "a\t%%\ta\t%%",
        "_sum$\t''\tx_sum\tx",
        "(a)(b)?\t[\\2]\tac\t[]c",
        "(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)\t\\11\\1\tabcdefghijk\tka",
      })
  void meansWhatItMeansToPython(String regex, String replacement, String key, String made) {
    Rewrite rewrite = Rewrite.regex(regex, PythonTemplate.translated(replacement), -1, null);
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] into = new byte[64];

    int length = rewrite.apply(bytes, 0, bytes.length, into);

    assertThat(new String(into, 0, length, StandardCharsets.UTF_8)).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      value = {
        "a\\\t1\twithout a group",
        "\\n\t0\twithout a group",
        "x\\q\t1\twithout a group",
        "x\\g1\t1\t\\g without a group",
        "\\g<>\t0\t\\g without a group",
        "\\g<a\t0\t\\g without a group",
        "\\0\t0\tcharacter as a number",
        "\\101\t0\tcharacter as a number",
      })
  void refusesWhatPythonRefusesAndCharactersAsNumbers(String text, int position, String problem) {
    PatternException e =
        catchThrowableOfType(PatternException.class, () -> PythonTemplate.translated(text));

    assertThat(e).hasMessageContaining(problem);
    assertThat(e.position()).isEqualTo(position);
  }

  @Test
  void leavesUnknownGroupsToTheTemplate() {
    assertThat(PythonTemplate.translated("\\7.\\g<x>")).isEqualTo("${7}.${x}");
  }

  @Property
  void anyTextIsATemplateOrAPatternException(@ForAll String text) {
    try {
      Rewrite.regex("a", PythonTemplate.translated(text), -1, null);
    } catch (PatternException wrong) {
      assertThat(wrong.getMessage()).isNotEmpty();
    }
  }
}
