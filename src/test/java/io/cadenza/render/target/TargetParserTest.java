package io.cadenza.render.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cadenza.render.RenderException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {
  /** A tree as text again, with all that was understood. */
  private static final class Shown implements Node.Reader<String> {
    @Override
    public String path(Node.Path path) {
      return "path " + path.text();
    }

    @Override
    public String call(Node.Call call) {
      String args =
          call.args().stream().map(arg -> arg.read(this)).collect(Collectors.joining("; "));
      String named =
          call.named().entrySet().stream()
              .map(entry -> "; " + entry.getKey() + " is " + entry.getValue().read(this))
              .collect(Collectors.joining());
      return call.name() + "[" + args + named + "]";
    }

    @Override
    public String template(Node.Template template) {
      return "template " + template.body().read(this) + " of " + template.values();
    }

    @Override
    public String constant(Node.Constant constant) {
      Object value = constant.value();
      return value == null ? "none" : value.getClass().getSimpleName() + " " + value;
    }
  }

  private static String shown(String target) {
    return TargetParser.parse(target).read(new Shown());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a.b.c ~ path a.b.c",
        "a.{b,c{d,e}}.f* ~ path a.{b,c{d,e}}.f*",
        "a.[b-d]?.!x ~ path a.[b-d]?.!x",
        "a.{b,}.c ~ path a.{b,}.c",
        "a\\,b\\(c\\).d\\= ~ path a,b(c).d=",
        "größe.日本.µs ~ path größe.日本.µs",
        "a;dc=x;host=y ~ path a;dc=x;host=y",
        "f() ~ f[]",
        "f( ) ~ f[]",
        "f (a) ~ f[path a]",
        "f(a, g(b),h(c)) ~ f[path a; g[path b]; h[path c]]",
        "f(a,1,-2,1.5,-0.5,1e3,1E-3,1.5e+2) ~ f[path a; Long 1; Long -2; Double 1.5; Double -0.5;"
            + " Double 1000.0; Double 0.001; Double 150.0]",
        "f(12345678901234567890) ~ f[Double 1.2345678901234567E19]",
        "f(true,False,None,inf,INF) ~ f[Boolean true; Boolean false; none; Double Infinity;"
            + " Double Infinity]",
        "f(trueish.a,none.b,1a.b,1.2.3,-1d,inf2) ~ f[path trueish.a; path none.b; path 1a.b;"
            + " path 1.2.3; path -1d; path inf2]",
        "f('a','b\"c',\"d'e\",'') ~ f[String a; String b\"c; String d'e; String ]",
        "f('\\1 \\' x',\"(\\d+)\") ~ f[String \\1 \\' x; String (\\d+)]",
        "f(a,n=1,m='x',l=b.c) ~ f[path a; n is Long 1; m is String x; l is path b.c]",
        "f(a , n = 1) ~ f[path a; n is Long 1]",
        "a|f(1)|g() ~ g[f[path a; Long 1]]",
        "a | f('x') | g(b|h()) ~ g[f[path a; String x]; h[path b]]",
        "f(a)|g(n=2) ~ g[f[path a]; n is Long 2]",
        "true ~ path true",
        "f(a.b=c) ~ f[path a.b=c]",
        "f_1(a) ~ f_1[path a]",
      })
  void readsWhatTargetsSay(String target, String tree) {
    assertThat(shown(target)).isEqualTo(tree);
  }

  @Test
  void readsTemplatesWithTheirValues() {
    Node.Template template =
        (Node.Template) TargetParser.parse("template(f(a.$x,$1), 'y', x=\"b\", n=2)");

    assertThat(template.body().read(new Shown())).isEqualTo("f[path a.$x; path $1]");
    assertThat(template.values())
        .containsEntry("1", new Node.Constant("y"))
        .containsEntry("x", new Node.Constant("b"))
        .containsEntry("n", new Node.Constant(2L));
  }

  @Test
  void keepsTheTextOfCalls() {
    Node.Call call = (Node.Call) TargetParser.parse(" seriesByTag( 'a=b' , 'c=d') ");

    assertThat(call.raw()).isEqualTo("seriesByTag( 'a=b' , 'c=d')");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "sumSeries( ~ 10 ~ a parameter",
        "sumSeries(a ~ 11 ~ ',' or ')'",
        "f(a)) ~ 4 ~ the end or a pipe",
        "f(a ~ 3 ~ ',' or ')'",
        "f(a,) ~ 4 ~ a parameter",
        "f(,a) ~ 2 ~ a parameter",
        "f(a b) ~ 4 ~ ',' or ')'",
        "a.b c ~ 4 ~ the end or a pipe",
        "a..b ~ 2 ~ a component of the path",
        ".a ~ 0 ~ a path or a call",
        "a. ~ 2 ~ a component of the path",
        "a.{b ~ 4 ~ '}'",
        "a.{} ~ 3 ~ a name in the braces",
        "a.b} ~ 3 ~ the end or a pipe",
        "a\\b ~ 1 ~ a backslash stands before",
        "f(a,'b) ~ 4 ~ another '",
        "f(a,\"b\\\") ~ 4 ~ another \"",
        "a| ~ 2 ~ a call of a function after the pipe",
        "a|b ~ 2 ~ a call of a function after the pipe",
        "|f() ~ 0 ~ a path or a call",
        "f(n=1,a) ~ 6 ~ NAME=VALUE",
        "f(n=) ~ 4 ~ a parameter",
        "template(a,b) ~ 11 ~ a text or a number",
        "template(a,true) ~ 11 ~ a text or a number",
        "app.web(1) ~ 7 ~ the end or a pipe",
        "'a' ~ 0 ~ a path or a call",
      })
  void tellsWhereTheMistakeIs(String target, int column, String expected) {
    assertThatThrownBy(() -> TargetParser.parse(target))
        .isInstanceOfSatisfying(
            RenderException.class,
            e -> assertThat(e.kind()).isEqualTo(RenderException.Kind.REQUEST))
        .hasMessageContaining("at column " + column + ":")
        .hasMessageContaining(expected);
  }

  @Test
  void bearsTargetsOfManyCharacters() {
    String path = "a.b.c" + ",d.e.f".repeat(17_000);

    assertThat(((Node.Call) TargetParser.parse("f(" + path + ")")).args()).hasSize(17_001);
    assertThatThrownBy(() -> TargetParser.parse("f(" + path))
        .hasMessageContaining("at column " + (path.length() + 2))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    List<String> deep =
        List.of(
            "f(".repeat(10_000) + "a" + ")".repeat(10_000),
            "f(".repeat(10_000),
            "a" + "|f()".repeat(10_000),
            "template(".repeat(10_000),
            "{".repeat(10_000));

    assertThat(deep)
        .allSatisfy(
            target ->
                assertThatThrownBy(() -> TargetParser.parse(target))
                    .isInstanceOf(RenderException.class)
                    .hasMessageContaining("within each other"));
    assertThat(shown("f(".repeat(200) + "a" + ")".repeat(200))).contains("path a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "scale(a,2)", "f(g(a,b),c)", "f(a", "f(a)) x", "a b"})
  void findsTheFirstPathOfNames(String name) {
    assertThat(TargetParser.firstPath(name)).isIn("a", "f");
  }

  @Test
  void findsNoPathWhereThereIsNone() {
    assertThat(TargetParser.firstPath("f()")).isNull();
    assertThat(TargetParser.firstPath("(x)")).isNull();
    assertThat(TargetParser.firstPath("")).isNull();
    assertThat(TargetParser.firstPath("f(1)")).isNull();
  }

  @Property(tries = 2000)
  void readsOrRefusesAnyText(@ForAll String text) {
    assertThat(catchThrowable(() -> TargetParser.parse(text)))
        .satisfiesAnyOf(
            e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(RenderException.class));
    TargetParser.firstPath(text);
  }

  @Property(tries = 5000)
  void readsOrRefusesWhatLooksLikeTargets(@ForAll("pieces") List<String> pieces) {
    readsOrRefusesAnyText(String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "f(",
            ")",
            ",",
            "a.b",
            "*",
            "{a,b}",
            "{",
            "}",
            "|",
            "'",
            "\"",
            "\\",
            "\\1",
            "1",
            "-1.5",
            "e",
            "true",
            "n=",
            " ",
            ".",
            "template(",
            "$x",
            "[a-z]",
            "é",
            "\n",
            "none")
        .list()
        .ofMaxSize(20);
  }

  @Property
  void understandsWhatItIsGiven(@ForAll("trees") String target) {
    assertThat(TargetParser.parse(target)).isNotNull();
  }

  @Provide
  Arbitrary<String> trees() {
    Arbitrary<String> leaf =
        Arbitraries.of("a.b", "1", "'x'", "true", "a.{b,c}.*", "-1.5e3", "inf", "x\\=y");
    Arbitrary<String> arg = Arbitraries.lazyOf(() -> leaf, () -> leaf, this::trees);
    return arg.list().ofMaxSize(3).map(args -> "f( " + String.join(" , ", args) + ")|g(n=1)");
  }
}
