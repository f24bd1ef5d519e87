package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.re2j.Pattern;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSetTest {
  private final PatternSet.Builder builder = new PatternSet.Builder();

  @Test
  void findsEachKindOfAtom() {
    int prefix = builder.prefix("collectd.");
    int substring = builder.substring(".cpu.");
    int suffix = builder.suffix(".idle");
    int equal = builder.equal("collectd.a.cpu.idle");
    int regex = builder.regex("^collectd\\.[^.]+\\.cpu");
    PatternSet set = builder.build();

    assertThat(matching(set, "collectd.a.cpu.idle"))
        .containsExactly(prefix, substring, suffix, equal, regex);
    assertThat(matching(set, "collectd.a.b.cpu.idle")).containsExactly(prefix, substring, suffix);
    assertThat(matching(set, "x.collectd.a.cpu.idle.")).containsExactly(substring);
    assertThat(matching(set, "")).isEmpty();
  }

  @Test
  void takesLiteralsForNothingButThemselves() {
    int substring = builder.substring("a.c*[");
    PatternSet set = builder.build();

    assertThat(matching(set, "xa.c*[y")).containsExactly(substring);
    assertThat(matching(set, "xabccy")).isEmpty();
  }

  @Test
  void matchesAllKeysWithAnEmptyLiteral() {
    List<Integer> atoms =
        List.of(builder.prefix(""), builder.substring(""), builder.suffix(""), builder.regex(""));
    int equal = builder.equal("");
    PatternSet set = builder.build();

    assertThat(matching(set, "a")).containsExactlyElementsOf(atoms);
    assertThat(matching(set, "")).contains(equal);
  }

  @Test
  void answersZeroForASetWithoutAtoms() {
    assertThat(match(builder.build(), "any.key")).isZero();
  }

  @Test
  void readsOnlyItsRange() {
    int equal = builder.regex("^key$");
    PatternSet set = builder.build();
    byte[] line = "xkeyx 1 2".getBytes(StandardCharsets.UTF_8);

    assertThat(set.matched(set.match(line, 1, 4), equal)).isTrue();
    assertThat(set.matched(set.match(line, 0, 4), equal)).isFalse();
    assertThat(set.matched(set.match(line, 1, 5), equal)).isFalse();
  }

  @Test
  void givesTheSameSetTheSameNumber() {
    builder.regex("cpu");
    builder.substring("mem");
    PatternSet set = builder.build();

    int cpu = match(set, "a.cpu.b");
    int none = match(set, "disk");
    assertThat(match(set, "cpu")).isEqualTo(cpu);
    assertThat(match(set, "")).isEqualTo(none).isNotEqualTo(cpu);
    assertThat(set.outcomes()).isEqualTo(2);
  }

  @Test
  void givesOneIndexToTheSameAtom() {
    assertThat(builder.regex("a")).isEqualTo(builder.regex("a"));
    assertThat(builder.substring("a")).isNotEqualTo(builder.regex("a"));
    assertThat(builder.build().size()).isEqualTo(2);
  }

  /** carbon-relay-ng derives a literal prefix from these and then never matches them. */
  @Test
  void doesNotMistakeAlternativesAndRepetitionsForAPrefix() {
    int either = builder.regex("^foo|^bar");
    int optional = builder.regex("^abc?d");
    int any = builder.regex("^xbc*");
    PatternSet set = builder.build();

    assertThat(matching(set, "bar.x")).containsExactly(either);
    assertThat(matching(set, "abd.x")).containsExactly(optional);
    assertThat(matching(set, "xb")).containsExactly(any);
  }

  @ParameterizedTest
  @CsvSource({
    "é, \\xc3\\xa9, true",
    "^.$, \\xe9, true",
    "^..$, \\xc3\\x28, true",
    "^[^.]+\\.cpu$, s\\xe9rver.cpu, true",
    "^\\w+$, s\\xe9rver, false",
    "^.$, \\xf0\\x9f\\x98\\x80, true",
    "^.$, \\xf0\\x9f\\x98, false",
    "^...$, \\xed\\xa0\\x80, true",
    "\\x{fffd}, \\xff, true",
    "cpu, \\xffcpu, true",
    "(?i)É, \\xffx, false",
  })
  void takesStrayBytesForTheReplacementCharacter(String regex, String key, boolean found) {
    int atom = builder.regex(regex);
    PatternSet set = builder.build();
    byte[] bytes = unescaped(key);

    assertThat(set.matched(set.match(bytes, 0, bytes.length), atom)).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\p{Greek}"})
  void readsAnyBytesAsTheReplacedText(String foreign) {
    List<String> regexes =
        List.of("\\B[^\\w.]{2}\\b", ".é|\\B$", "^.{30}$", "[a-z]\\W\\W[^é]\\d", "(?m).$", foreign);
    regexes.forEach(builder::regex);
    PatternSet set = builder.build();
    List<Pattern> patterns = regexes.stream().map(Pattern::compile).toList();
    Random random = new Random(7);
    byte[] bytes = new byte[40];
    for (int i = 0; i < 5_000; i++) {
      random.nextBytes(bytes);
      String read = Utf8Test.replaced(bytes, 3, 37);
      int outcome = set.match(bytes, 3, 37);
      for (int atom = 0; atom < patterns.size(); atom++) {
        assertThat(set.matched(outcome, atom)).isEqualTo(patterns.get(atom).matcher(read).find());
      }
    }
  }

  @Test
  void staysRightWhenStatesAreForgottenAndTheSetIsSplit() {
    List<String> regexes =
        IntStream.range(0, 12).mapToObj(i -> "[a-" + (char) ('c' + i) + "].{" + i + "}x").toList();
    regexes.forEach(builder::regex);
    PatternSet set = builder.build(new Dfa.Budget(40, 1 << 20), PatternSet.UNCACHED);
    List<Pattern> patterns = regexes.stream().map(Pattern::compile).toList();

    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      String key = randomKey(random);
      int outcome = match(set, key);
      for (int atom = 0; atom < regexes.size(); atom++) {
        assertThat(set.matched(outcome, atom))
            .as("%s in %s", regexes.get(atom), key)
            .isEqualTo(patterns.get(atom).matcher(key).find());
      }
    }
    assertThat(set.parts()).isGreaterThan(2);
  }

  @Test
  void keepsNumbersWhenStatesAreForgotten() {
    builder.regex("a.{4}x");
    builder.substring("b");
    PatternSet set = builder.build(new Dfa.Budget(6, 1 << 20), PatternSet.UNCACHED);
    int both = match(set, "abcdexx");
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      match(set, randomKey(random));
    }

    assertThat(match(set, "abcdexx")).isEqualTo(both);
    assertThat(set.outcomes()).isLessThanOrEqualTo(4);
  }

  @Test
  void answersForTheLatestKeyWhenOutcomesAreTooMany() {
    int[] atoms =
        IntStream.range(0, 6).map(i -> builder.substring("" + (char) ('a' + i))).toArray();
    PatternSet set = builder.build(Dfa.Budget.DEFAULT, 4);

    for (int bits = 0; bits < 128; bits++) {
      String key = "";
      for (int i = 0; i < 6; i++) {
        key += (bits >> i & 1) != 0 ? (char) ('a' + i) : "-";
      }
      int outcome = match(set, key);
      assertThat(outcome).isLessThanOrEqualTo(4);
      for (int i = 0; i < 6; i++) {
        assertThat(set.matched(outcome, atoms[i])).isEqualTo((bits >> i & 1) != 0);
      }
    }
    assertThat(set.outcomes()).isEqualTo(4);
  }

  @Test
  void copiesForAnotherThreadWithTheSameAtoms() {
    int cpu = builder.regex("cpu$");
    PatternSet set = builder.build();
    match(set, "x");
    PatternSet copy = set.copy();

    assertThat(copy.outcomes()).isZero();
    assertThat(matching(copy, "a.cpu")).containsExactly(cpu);
  }

  @Test
  void allocatesNothingForAKeyOnceItsStatesAreMade() {
    builder.prefix("collectd.localhost");
    builder.substring("=");
    IntStream.range(0, 50).forEach(i -> builder.regex("^other" + i + "\\..*\\.cpu"));
    IntStream.range(0, 4).forEach(i -> builder.regex("^bench\\.dc" + i + "\\."));
    PatternSet set = builder.build();
    byte[][] keys =
        IntStream.range(0, 1_000)
            .mapToObj(i -> ("bench.dc" + i % 5 + ".host00042.é.core3.user_" + i))
            .map(key -> key.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int sum = matchAll(set, keys);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      sum += matchAll(set, keys);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isPositive();
    assertThat(allocated).isLessThan(100_000 / 8); // the measuring itself, and compilers at work
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      value = {
        "a(b\t1\tgroup without closing )",
        "ab)\t2\tclosing ) without (",
        "a[bc\t1\tcharacter class without closing ]",
        "a**\t1\trepetition of a repetition",
        "a++\t1\tno possessive repetition",
        "*a\t0\tnothing to repeat",
        "a|*\t2\tnothing to repeat",
        "a{2,1}\t1\trepetition {2,1}",
        "a{1001}\t1\trepetition {1001}",
        "x(?=y)\t1\tno look-ahead",
        "(?<!y)x\t0\tno look-behind",
        "(?>x)\t0\tno atomic group",
        "(a)\\1\t3\tno back-reference",
        "a\\y\t1\tunknown escape \\y",
        "a\\\t1\tbackslash at the end",
        "[z-a]\t1\trange z-a",
        "[[:letter:]]\t1\tunknown character class [:letter:]",
        "\\p{Klingon}\t0\tinvalid character class range",
        "(?P<a-b>x)\t0\tgroup name",
        "(?P<a>x)(?P<a>y)\t8\tsecond group named a",
        "\\x{110000}\t0\thexadecimal",
      })
  void tellsWhatIsWrongWithARegexAndWhere(String regex, int position, String problem) {
    PatternException e = catchThrowableOfType(PatternException.class, () -> builder.regex(regex));

    assertThat(e).hasMessageContaining("\"" + regex + "\"").hasMessageContaining(problem);
    assertThat(e.position()).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:a{1000}){1000}",
        "((((a{100}){100}){100}){100}){100}",
        "((((){1000}){1000}){1000})"
      })
  void refusesRegexesThatGrowTooLarge(String regex) {
    PatternException e = catchThrowableOfType(PatternException.class, () -> builder.regex(regex));

    assertThat(e).hasMessageContaining("too large");
  }

  @Test
  void refusesGroupsNestedTooDeep() {
    PatternException e =
        catchThrowableOfType(
            PatternException.class, () -> builder.regex("(".repeat(5_000) + ")".repeat(5_000)));

    assertThat(e).hasMessageContaining("too large");
  }

  private static String randomKey(Random random) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      key.append((char) ('a' + random.nextInt(24)));
    }
    return key.toString();
  }

  private static int matchAll(PatternSet set, byte[][] keys) {
    int sum = 0;
    for (byte[] key : keys) {
      sum += set.match(key, 0, key.length);
    }
    return sum;
  }

  private static int match(PatternSet set, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return set.match(bytes, 0, bytes.length);
  }

  private static List<Integer> matching(PatternSet set, String key) {
    int outcome = match(set, key);
    return IntStream.range(0, set.size()).filter(i -> set.matched(outcome, i)).boxed().toList();
  }

  /** Text in which {@code \xhh} is a byte. */
  private static byte[] unescaped(String text) {
    byte[] bytes = new byte[text.length()];
    int n = 0;
    for (int i = 0; i < text.length(); n++) {
      boolean byValue = text.startsWith("\\x", i);
      bytes[n] =
          (byte) (byValue ? Integer.parseInt(text.substring(i + 2, i + 4), 16) : text.charAt(i));
      i += byValue ? 4 : 1;
    }
    return java.util.Arrays.copyOf(bytes, n);
  }
}
