package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {
  private static final String NO_KEY = "(no key)";
  private final byte[] into = new byte[64];

  @ParameterizedTest
  @CsvSource({
    "'^app\\.([^.]+)\\.host\\d+\\.(.*)$', app.$1.all.$2, app.shop.host12.cpu.load, app.shop.all.cpu.load",
    "'^app\\.([^.]+)\\.host\\d+\\.(.*)$', app.$1.all.$2, app.shop.web12.cpu, (no key)",
    "'host\\d+', all, app.shop.host12.cpu, all",
    "'(?P<dc>dc\\d)\\.(\\w+)', ${dc}.$2, x.dc1.web.cpu, dc1.web",
    "'(?<dc>dc\\d)\\.(\\w+)', \\^1.\\_2, x.dc1.Web.cpu, DC1.web",
    "'(a)|(b)', $1$2, xb, b",
    "'(a)|b', $1, xb, (no key)",
    "'(a)|b', $1x, xb, x",
    "'^(.*)$', sum.$1, é.世.😀, sum.é.世.😀",
    "'^', all$$, a, all$",
  })
  void makesAWholeKeyOfWhatItsRegexFinds(String regex, String to, String key, String made) {
    assertThat(applied(KeyTemplate.regex(regex, to), key)).isEqualTo(made);
  }

  /** As Python's re answers for the expression that carbon makes of the pattern. */
  @ParameterizedTest
  @CsvSource({
    "<env>.applications.<app>.*.requests, <env>.applications.<app>.all.requests,"
        + " prod.applications.apache.www01.requests, prod.applications.apache.all.requests",
    "<env>.applications.<app>.*.requests, <env>.applications.<app>.all.requests,"
        + " prod.applications.apache.www01.requests.x, (no key)",
    "<env>.applications.<app>.*.<<rest>>, <env>.applications.<app>.all.<rest>,"
        + " prod.applications.apache.www01.cpu.user, prod.applications.apache.all.cpu.user",
    "app.<env>.host*.<<rest>>, app.<env>.all.<<rest>>, app.prod.host12.a.b, app.prod.all.a.b",
    "app.<env>.host*.<<rest>>, app.<env>.all.<<rest>>, app.prod.web12.a.b, (no key)",
    "a.*, x, a.b, x",
    "a.*, x, a.b.c, (no key)",
    "a.*, x, a., (no key)",
    "a.x*, x, a.x, x",
    "a.x*y, x, a.x12y, x",
    "a.x*y, x, a.x.y, (no key)",
    "a.b, x, xa.b, (no key)",
    "a.b, x, a.bx, (no key)",
    "a.b, x, aXb, (no key)",
    "host<n>.cpu, n.<n>, host12.cpu, n.12",
    "host(0|1)<n>.cpu, n.<n>, host12.cpu, n.2",
    "<<a>>.<b>, <a>-<b>, x.y.z, x.y-z",
    "<<a>>.<<b>>, <a>-<b>, x.y.z, x-y.z",
    "'ho+<n>', <n>, hooo1, 1",
    "'(?i)A.b\\d+', y, a.B12, y",
    "'a|b.c', y, ax.d, y",
    "'(a|b).c', y, b.c, y",
    "<f>, <f>.<f>, é, é.é",
    "a.<f>, $1.<f>, a.b, $1.b",
  })
  void takesThePatternsOfCarbon(String input, String to, String key, String made) {
    assertThat(applied(KeyTemplate.carbon(input, to), key)).isEqualTo(made);
  }

  @Test
  void leavesAPlaceForTheNameOfTheFunction() {
    KeyTemplate regex = KeyTemplate.regex("^(\\w+)", "${function}.$1.${function}");
    KeyTemplate carbon = KeyTemplate.carbon("<a>.*", "${function}.<a>.${function}");

    assertThat(applied(regex, "cpu.x")).isEqualTo("\u0001.cpu.\u0001");
    assertThat(applied(carbon, "cpu.x")).isEqualTo("\u0001.cpu.\u0001");
    assertThat(applied(KeyTemplate.carbon("<function>", "<function>.${function}"), "f"))
        .isEqualTo("f.\u0001");
  }

  @Test
  void takesNoPartOfAKeyForThatPlace() {
    KeyTemplate template = KeyTemplate.regex("^(.*)$", "$1.x");

    assertThat(applied(template, "a\u0001b")).isEqualTo("a_b.x");
  }

  @Test
  void keepsBytesThatAreNoText() {
    KeyTemplate template = KeyTemplate.carbon("<a>.*", "x.<a>");
    byte[] key = "s\u00e9\u00ff.c".getBytes(StandardCharsets.ISO_8859_1);

    int length = template.apply(key, 0, key.length, into);

    assertThat(new String(into, 0, length, StandardCharsets.ISO_8859_1))
        .isEqualTo("x.s\u00e9\u00ff");
  }

  @Test
  void saysWhenANewKeyDoesNotFit() {
    KeyTemplate template = KeyTemplate.regex("(.*)", "$1$1");
    byte[] key = "a".repeat(33).getBytes(StandardCharsets.UTF_8);

    assertThat(template.apply(key, 0, 32, into)).isEqualTo(64);
    assertThat(template.apply(key, 0, 33, into)).isEqualTo(KeyTemplate.TOO_LONG);
  }

  @Test
  void givesTheRegexOfACarbonPattern() {
    assertThat(KeyTemplate.carbonRegex("app.<env>.host*.<<rest>>.*"))
        .isEqualTo("^(?:app\\.(?P<env>[^.]+?)\\.host[^.]*\\.(?P<rest>.+?)\\.[^.]+$)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      value = {
        "<a>.<b>\t<c>\t<c>\tunknown field c (\"<a>.<b>\" has a, b)",
        "a.*\tx.<c>\tx.<c>\tunknown field c (\"a.*\" has none)",
        "<a>\tx.<a\tx.<a\t< that is no field's at position 2",
        "<a>\tx.a>\tx.a>\t> that is no field's at position 3",
        "x.<>\tx\tx.<>\tname of a field",
        "x.<1>\tx\tx.<1>\tname of a field",
        "x.>>a<<\tx\tx.>>a<<\tname of a field",
        "x.<a>-<b>\tx\tx.<a>-<b>\tsecond field between two dots at position 2",
        "x.<<a>>-<b>\tx\tx.<<a>>-<b>\tsecond field between two dots",
        "<a>.<a>\tx\t<a>.<a>\tsecond group named a",
        "a.(b\tx\ta.(b\tmeans the regex \"^(?:a\\.(b$)\": group without closing )",
        "a.(?<!b)c\tx\ta.(?<!b)c\tno look-behind",
      })
  void tellsWhatIsWrongWithACarbonPattern(String input, String to, String wrong, String problem) {
    PatternException e =
        catchThrowableOfType(PatternException.class, () -> KeyTemplate.carbon(input, to));

    assertThat(e).hasMessageContaining(problem);
    assertThat(e.pattern()).isEqualTo(wrong);
  }

  @Test
  void tellsWhatIsWrongWithARegexAndItsTemplate() {
    assertThat(catchThrowableOfType(PatternException.class, () -> KeyTemplate.regex("(a", "x")))
        .hasMessageContaining("without closing )");
    assertThat(catchThrowableOfType(PatternException.class, () -> KeyTemplate.regex("(a)", "$2")))
        .hasMessageContaining("unknown group 2");
    assertThat(
            catchThrowableOfType(
                PatternException.class, () -> KeyTemplate.regex("(?P<function>a)", "x")))
        .hasMessageContaining("a group named function");
    assertThat(catchThrowableOfType(PatternException.class, () -> KeyTemplate.carbon("", "x")))
        .hasMessageContaining("there is no pattern");
  }

  private String applied(KeyTemplate template, String key) {
    byte[] line = ("x" + key + " 1 2").getBytes(StandardCharsets.UTF_8);
    int length = template.apply(line, 1, line.length - 4, into);
    return length == KeyTemplate.NO_KEY
        ? NO_KEY
        : new String(into, 0, length, StandardCharsets.UTF_8);
  }
}
