package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class KeyTemplatePropertyTest {
  private final byte[] into = new byte[1024];

  /** Patterns of text, fields and asterisks find what a search by hand finds, in this order. */
  @Property
  void carbonPatternsFindWhatASearchByHandFinds(
      @ForAll("patterns") String input, @ForAll("keys") String key) {
    Map<String, String> found = ByHand.find(input, key);
    String expected = found == null ? null : "x." + found.get("a") + "-" + found.get("b");
    String to =
        (input.contains("<a>") ? "x.<a>-" : "x.null-") + (input.contains("<b>") ? "<b>" : "null");

    assertThat(applied(KeyTemplate.carbon(input, to), key)).isEqualTo(expected);
  }

  /** The automaton of a pipeline is asked by the regex, so the two have to agree. */
  @Property
  void matchesTheKeysOfItsRegexAndNoOthers(
      @ForAll("patterns") String input, @ForAll("keys") String key) {
    PatternSet.Builder builder = new PatternSet.Builder();
    int atom = builder.regex(KeyTemplate.carbonRegex(input));
    PatternSet set = builder.build();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

    assertThat(set.matched(set.match(bytes, 0, bytes.length), atom))
        .isEqualTo(applied(KeyTemplate.carbon(input, "x"), key) != null);
  }

  @Property
  void takesAnyBytes(@ForAll byte[] key, @ForAll @IntRange(max = 3) int which) {
    KeyTemplate template =
        List.of(
                KeyTemplate.regex("^(.*?)\\.?([^.]*)$", "$2.\\^.1"),
                KeyTemplate.regex("(\\w+)|(é)|()", "${1}$2"),
                KeyTemplate.carbon("<<a>>.*", "<a>"),
                KeyTemplate.carbon("x*.<b>", "<b>.${function}"))
            .get(which);

    assertThat(template.apply(key, 0, key.length, into)).isGreaterThanOrEqualTo(-2);
  }

  @Property
  void anyTextIsAPatternOrAPatternException(@ForAll String input, @ForAll String to) {
    try {
      byte[] key = "a.b.c".getBytes(StandardCharsets.UTF_8);
      assertThat(KeyTemplate.carbon(input, to).apply(key, 0, key.length, into)).isBetween(-2, 1024);
    } catch (PatternException wrong) {
      assertThat(wrong.getMessage()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<String> patterns() {
    Arbitrary<String> plain =
        Arbitraries.of("p", "q", "*", "*p", "p*", "p*q", "p**", "é")
            .list()
            .ofMaxSize(3)
            .map(this::joined);
    Arbitrary<String> a = Arbitraries.of("<a>", "p<a>", "<a>q", "<<a>>", "p<<a>>", "<<a>>q");
    Arbitrary<String> b = Arbitraries.of("<b>", "q<b>p", "<<b>>", "p");
    return net.jqwik.api.Combinators.combine(
            plain, a, plain, b, Arbitraries.integers().between(0, 3))
        .as(
            (one, field, two, other, shape) ->
                switch (shape) {
                  case 0 -> one + "." + field;
                  case 1 -> field + "." + one + "." + other;
                  case 2 -> one + "." + field + "." + other + "." + two;
                  default -> other + "." + two;
                });
  }

  private String joined(List<String> parts) {
    return String.join("", parts);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of("p", "q", ".", "p", ".", "é")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  private String applied(KeyTemplate template, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    int length = template.apply(bytes, 0, bytes.length, into);
    return length < 0 ? null : new String(into, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Tries every way, in the order a backtracking matcher does: fields short first, * long first.
   */
  private static final class ByHand {
    private final List<String> steps;
    private final String key;
    private final Map<String, String> fields = new HashMap<>();

    private ByHand(List<String> steps, String key) {
      this.steps = steps;
      this.key = key;
    }

    /** The fields, or null. */
    static Map<String, String> find(String input, String key) {
      List<String> steps = new ArrayList<>();
      String[] parts = input.split("\\.", -1);
      for (int i = 0; i < parts.length; i++) {
        if (i > 0) {
          steps.add(".");
        }
        addSteps(steps, parts[i]);
      }
      ByHand search = new ByHand(steps, key);
      return search.from(0, 0) ? search.fields : null;
    }

    private static void addSteps(List<String> steps, String part) {
      if (part.equals("*")) {
        steps.add("+");
        return;
      }
      for (int at = 0; at < part.length(); ) {
        int end = part.charAt(at) == '<' ? part.lastIndexOf('>') + 1 : at + 1;
        steps.add(part.substring(at, end));
        at = end;
      }
    }

    private boolean from(int step, int at) {
      if (step == steps.size()) {
        return at == key.length();
      }
      String now = steps.get(step);
      if (now.startsWith("<")) {
        return field(step, at, now);
      }
      if (now.equals("*") || now.equals("+")) {
        return any(step, at, now.equals("+") ? 1 : 0);
      }
      return key.startsWith(now, at) && from(step + 1, at + now.length());
    }

    private boolean field(int step, int at, String field) {
      boolean overDots = field.startsWith("<<");
      for (int end = at + 1; end <= key.length(); end++) {
        if (!overDots && key.charAt(end - 1) == '.') {
          return false;
        }
        if (from(step + 1, end)) {
          fields.putIfAbsent(field.replaceAll("[<>]", ""), key.substring(at, end));
          return true;
        }
      }
      return false;
    }

    private boolean any(int step, int at, int least) {
      int dot = key.indexOf('.', at);
      for (int end = dot < 0 ? key.length() : dot; end >= at + least; end--) {
        if (from(step + 1, end)) {
          return true;
        }
      }
      return false;
    }
  }
}
