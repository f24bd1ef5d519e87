package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteTest {
  private static final String KEEPS = "(unchanged)";
  private final byte[] into = new byte[64];

  @ParameterizedTest
  @CsvSource({
    "^dc(\\d+)\\., datacenter.$1., dc12.cpu, datacenter.12.cpu",
    "^dc(\\d+)\\., datacenter.${1}x., dc12.cpu, datacenter.12x.cpu",
    "^dc(\\d+)\\., dc$1., dc12.cpu, (unchanged)",
    "^dc(\\d+)\\., x, host.dc1, (unchanged)",
    "(?P<dc>[a-z]+)-(?P<host>\\w+), $host.${dc}, ams-web1.cpu, web1.ams.cpu",
    "'^(\\w+)\\.(\\w+)$', $2$1$0, a.b, baa.b",
    "'(a)(b)?', [$2$1], a, [a]",
    "cpu, '', a.cpu.cpu, a..",
    "'^', pre., a, pre.a",
    "o, 0$$, foo, f0$0$",
    "(o), $12, foo, fo2o2",
    "x*, -, a😀b, -a-😀-b-",
    "é+, e, caéé.é, cae.e",
    "'([^.]+)$', <$1>, 世.😀é, 世.<😀é>",
  })
  void replacesAllThatARegexFinds(String regex, String to, String key, String made) {
    assertThat(applied(Rewrite.regex(regex, to, -1, null), key)).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource({
    "'^server\\.(\\w+)\\.', \\1., server.Web1.CPU.x, Web1.CPU.x",
    "'(\\w+)\\.(\\w+)', \\_1.\\^2, Web.cpu.Load, web.CPU.Load",
    "'^(.+)$', host.\\.1, a.b.C, host.a_b_C",
    "'^(.+)$', \\_.1, a.b.C, a_b_c",
    "'^(.+)$', \\.^1, a.b.C, A_B_C",
    "'^(.+)$', \\g{1}0, a, a0",
    "'^(.+)$', \\g{_.1}, A.B, a_b",
    "'^(.+)$', \\\\\\$\\1, a, \\$a",
    "foo, bar, xfoofoo, xbarfoo",
  })
  void replacesTheFirstMatchAsCarbonCRelayDoes(String regex, String to, String key, String made) {
    assertThat(applied(Rewrite.regex(regex, to, 1, null), key)).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource({
    "o, 00, -1, foo, f0000",
    "o, 00, 1, foo, f00o",
    "oo, o, -1, ooooo, ooo",
    "aab, x, -1, aaab, ax",
    ".*, x, -1, a.*b.b, axb.b",
    "é, e, 2, ééé, eeé",
    "foo, foo, -1, foo, (unchanged)",
    "foo, x, -1, fo, (unchanged)",
    "foo, $1, -1, foo, $1",
  })
  void replacesTextByText(String old, String to, int max, String key, String made) {
    assertThat(applied(Rewrite.text(old, to, max, null), key)).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource({
    "keep, a.keep.foo, (unchanged)",
    "keep, a.foo, a.bar",
    "/^k.*o$/, k.foo, (unchanged)",
    "/^k.*o$/, a.k.foo, a.k.bar",
    "k.*, k.foo, k.bar",
    "/, a/foo, (unchanged)",
    "'', foo, bar",
  })
  void leavesExemptKeysAlone(String not, String key, String made) {
    assertThat(applied(Rewrite.text("foo", "bar", -1, not), key)).isEqualTo(made);
    assertThat(applied(Rewrite.regex("fo+", "bar", -1, not), key)).isEqualTo(made);
  }

  @Test
  void keepsBytesThatAreNoText() {
    Rewrite rewrite = Rewrite.regex("^s(.)rver\\.(.*)", "$2.$1.é", -1, null);
    byte[] key = "s\u00e9rver.c\u00ffpu".getBytes(StandardCharsets.ISO_8859_1);

    int length = rewrite.apply(key, 0, key.length, into);

    assertThat(new String(into, 0, length, StandardCharsets.ISO_8859_1))
        .isEqualTo("c\u00ffpu.\u00e9.\u00c3\u00a9");
  }

  @Test
  void readsOnlyItsRange() {
    Rewrite rewrite = Rewrite.regex("a$", "b", -1, null);
    byte[] line = "aaa".getBytes(StandardCharsets.UTF_8);

    assertThat(rewrite.apply(line, 1, 2, into)).isEqualTo(1);
    assertThat(into[0]).isEqualTo((byte) 'b');
  }

  @Test
  void saysWhenANewKeyDoesNotFit() {
    Rewrite rewrite = Rewrite.regex("a", "aaaa", -1, null);
    byte[] key = "a".repeat(16).getBytes(StandardCharsets.UTF_8);

    assertThat(rewrite.apply(key, 0, 16, new byte[63])).isEqualTo(Rewrite.TOO_LONG);
    assertThat(rewrite.apply(key, 0, 16, into)).isEqualTo(64);
    assertThat(rewrite.apply(key, 0, 16, new byte[63])).isEqualTo(Rewrite.TOO_LONG);
  }

  @Test
  void answersTheSameFromItsCache() {
    Rewrite rewrite = Rewrite.regex("user_(\\d+)", "u$1", 1, null).copy(1 << 16);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 5_000; i++) {
        String key = i % 7 == 0 ? "none" + i : "a.user_" + i + ".count";
        String made = i % 7 == 0 ? KEEPS : "a.u" + i + ".count";
        assertThat(applied(rewrite, key)).isEqualTo(made);
        assertThat(applied(rewrite, key)).isEqualTo(made);
      }
    }
  }

  @Test
  void allocatesNothingForAKeyItKnows() {
    Rewrite rewrite = Rewrite.regex("user_(\\d+)", "u$1", 1, null);
    byte[][] keys =
        IntStream.range(0, 60) // so few that no more than four meet in one place of the cache
            .mapToObj(i -> ("bench.user_" + i).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    applyAll(rewrite, keys, 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int sum = applyAll(rewrite, keys, 200);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isPositive();
    assertThat(allocated).isLessThan(60 * 200 / 8);
  }

  @Test
  void namesTheConditionWithoutWhichItChangesNothing() {
    PatternSet.Builder builder = new PatternSet.Builder();
    int regex = Rewrite.regex("^dc\\d", "x", -1, "not").addTo(builder);
    int text = Rewrite.text("a.b", "x", -1, null).addTo(builder);
    PatternSet set = builder.build();
    byte[] key = "dc1.aab".getBytes(StandardCharsets.UTF_8);
    int outcome = set.match(key, 0, key.length);

    assertThat(set.matched(outcome, regex)).isTrue();
    assertThat(set.matched(outcome, text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      value = {
        "a\tx$\t1\tgroup's number or name",
        "a\tx$-\t1\tgroup's number or name",
        "(a)\t$2\t0\tunknown group 2",
        "(a)\tx${2}\t1\tunknown group 2",
        "(?P<n>a)\t$nx\t0\tunknown group nx",
        "(a)\t${1\t0\t{ without }",
        "(a)\t\\2\t0\tunknown group 2",
        "(a)\tx\\\t1\t\\ without",
        "(a)\t\\n\t0\t\\ without",
        "(a)\t\\_^1\t0\tboth lower and upper",
        "(a\tx\t0\twithout closing )",
      })
  void tellsWhatIsWrongWithATemplate(String regex, String to, int position, String problem) {
    PatternException e =
        catchThrowableOfType(PatternException.class, () -> Rewrite.regex(regex, to, -1, null));

    assertThat(e).hasMessageContaining(problem);
    assertThat(e.position()).isEqualTo(position);
  }

  @Test
  void refusesNothingToReplaceAndNoTimes() {
    assertThat(catchThrowableOfType(PatternException.class, () -> Rewrite.text("", "x", -1, null)))
        .hasMessageContaining("no text to replace");
    assertThat(catchThrowableOfType(PatternException.class, () -> Rewrite.regex("a", "x", 0, null)))
        .hasMessageContaining("max is 0");
    assertThat(
            catchThrowableOfType(PatternException.class, () -> Rewrite.text("a", "x", -1, "/(/")))
        .hasMessageContaining("without closing )");
  }

  private int applyAll(Rewrite rewrite, byte[][] keys, int times) {
    int sum = 0;
    for (int i = 0; i < times; i++) {
      for (byte[] key : keys) {
        sum += rewrite.apply(key, 0, key.length, into);
      }
    }
    return sum;
  }

  private String applied(Rewrite rewrite, String key) {
    byte[] line = ("x" + key + " 1 2").getBytes(StandardCharsets.UTF_8);
    int length = rewrite.apply(line, 1, line.length - 4, into);
    return length == Rewrite.UNCHANGED
        ? KEEPS
        : new String(into, 0, length, StandardCharsets.UTF_8);
  }
}
