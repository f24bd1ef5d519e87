package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class PatternSetPropertyTest {

  @Property(tries = 600)
  void findsWhatRe2jFinds(
      @ForAll("regexLists") List<String> regexes, @ForAll("keyLists") List<String> keys) {
    PatternSet.Builder builder = new PatternSet.Builder();
    int[] atoms = regexes.stream().mapToInt(builder::regex).toArray();
    PatternSet set = builder.build();
    agree(regexes, keys, atoms, set);
  }

  @Property(tries = 200)
  void findsTheSameWithATinyBudget(
      @ForAll("regexLists") List<String> regexes, @ForAll("keyLists") List<String> keys) {
    PatternSet.Builder builder = new PatternSet.Builder();
    int[] atoms = regexes.stream().mapToInt(builder::regex).toArray();
    PatternSet set = builder.build(new Dfa.Budget(3, 1 << 20), 2);
    agree(regexes, keys, atoms, set);
  }

  private static void agree(List<String> regexes, List<String> keys, int[] atoms, PatternSet set) {
    for (String key : keys) {
      byte[] line = ("x" + key + " 1 2").getBytes(StandardCharsets.UTF_8);
      int outcome = set.match(line, 1, line.length - 4);
      for (int i = 0; i < atoms.length; i++) {
        assertThat(set.matched(outcome, atoms[i]))
            .as("%s in \"%s\"", regexes.get(i), key)
            .isEqualTo(Pattern.compile(regexes.get(i)).matcher(key).find());
      }
    }
  }

  /** Any text of characters that mean something: accepted by both or by none. */
  @Property(tries = 3_000)
  void acceptsWhatRe2jAccepts(@ForAll("scribbles") String scribble) {
    assertThat(accepted(scribble)).as(scribble).isEqualTo(acceptedByRe2j(scribble));
  }

  @Property(tries = 1_500)
  void findsWhatRe2jFindsForAnyAcceptedText(
      @ForAll("scribbles") String scribble, @ForAll("keyLists") List<String> keys) {
    if (acceptedByRe2j(scribble)) {
      PatternSet.Builder builder = new PatternSet.Builder();
      int[] atoms = {builder.regex(scribble)};
      agree(List.of(scribble), keys, atoms, builder.build());
    }
  }

  private static boolean accepted(String regex) {
    try {
      RegexParser.atom(0, regex);
      return true;
    } catch (PatternException e) {
      return false;
    }
  }

  private static boolean acceptedByRe2j(String regex) {
    try {
      Pattern.compile(regex);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> scribbles() {
    return Arbitraries.of(
            "a",
            "b",
            "k",
            "K",
            ".",
            "é",
            "世",
            "-",
            "_",
            "1",
            "(",
            "(",
            ")",
            ")",
            "[",
            "[^",
            "]",
            "|",
            "*",
            "+",
            "?",
            "{2}",
            "{1,3}",
            "{,2}",
            "{0,}",
            "{01}",
            "^",
            "$",
            "\\b",
            "\\B",
            "\\A",
            "\\z",
            "\\d",
            "\\W",
            "\\s",
            "\\Q",
            "\\E",
            "\\x41",
            "\\x{e9}",
            "\\101",
            "\\1",
            "\\.",
            "\\-",
            "\\",
            "\\n",
            "(?i)",
            "(?i:",
            "(?m)",
            "(?-s:",
            "(?P<n>",
            "(?<m>",
            "(?:",
            "(?=",
            "[:alpha:]",
            "[:^digit:]",
            "[[:word:]]",
            "\\pL",
            "\\p{Greek}",
            "a-z",
            "\\w",
            "}",
            "{",
            ",",
            "[:",
            ":]",
            "&")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> regexLists() {
    return regex(3).list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<String>> keyLists() {
    Arbitrary<String> letters =
        Arbitraries.of(
                "a", "b", "k", "K", "s", ".", "é", "世", "😀", "\u017f", "\u212a", "-", "_", "1",
                " ", "\n")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    return letters.list().ofMinSize(1).ofMaxSize(6);
  }

  private static Arbitrary<String> regex(int depth) {
    if (depth == 0) {
      return leaf();
    }
    Arbitrary<String> inner = regex(depth - 1);
    Arbitrary<String> repeated =
        Combinators.combine(
                inner, Arbitraries.of("*", "+", "?", "*?", "+?", "{2}", "{1,2}", "{0,1}", "{2,}"))
            .as((body, times) -> "(?:" + body + ")" + times);
    Arbitrary<String> joined = inner.list().ofMaxSize(3).map(l -> String.join("", l));
    Arbitrary<String> either =
        inner.list().ofMinSize(2).ofMaxSize(3).map(l -> "(" + String.join("|", l) + ")");
    Arbitrary<String> flagged =
        Combinators.combine(Arbitraries.of("i", "m", "s", "im", "-i"), inner)
            .as((flags, body) -> "(?" + flags + ":" + body + ")");
    return Arbitraries.frequencyOf(
        Tuple.of(3, joined),
        Tuple.of(2, repeated),
        Tuple.of(2, either),
        Tuple.of(1, flagged),
        Tuple.of(2, leaf()));
  }

  private static Arbitrary<String> leaf() {
    return Arbitraries.of(
        "a",
        "b",
        "k",
        "s",
        "\\.",
        ".",
        "é",
        "世",
        "[ab]",
        "[^a]",
        "[^é]",
        "[a-k_]",
        "[é-ñ世]",
        "[^\\w]",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        "[[:alpha:]]",
        "[[:^alnum:]]",
        "^",
        "$",
        "\\A",
        "\\z",
        "\\b",
        "\\B",
        "\\Qa.b\\E",
        ".*",
        ".+",
        "[^.]+",
        "[^.]*",
        "",
        "\\x{1F600}",
        "\\n",
        "a-b");
  }
}
