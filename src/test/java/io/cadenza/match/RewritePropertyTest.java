package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RewritePropertyTest {
  private static final List<String> REGEXES =
      List.of("(a)", "^(.)", "(\\w*)$", "(a*)", "(\\.|é)", "([^.]+)\\.", "(b|世)+", "\\b()");

  @Property
  void replacesAllAsRe2jDoes(@ForAll @IntRange(max = 7) int regex, @ForAll("bmpKeys") String key) {
    String expected = Pattern.compile(REGEXES.get(regex)).matcher(key).replaceAll("<$1>");

    assertThat(applied(Rewrite.regex(REGEXES.get(regex), "<$1>", -1, null), key))
        .isEqualTo(expected);
  }

  @Property
  void replacesTextAsStringsDo(
      @ForAll("keys") String old, @ForAll("keys") String to, @ForAll("keys") String key) {
    String text = old.isEmpty() ? "a" : old;

    assertThat(applied(Rewrite.text(text, to, -1, null), key)).isEqualTo(key.replace(text, to));
  }

  /** What came from the cache is what was put there, whatever else went in between. */
  @Property(tries = 200)
  void cachesWhatItWasGiven(@ForAll @Size(max = 400) List<@IntRange(max = 60) Integer> keys) {
    KeyCache cache = new KeyCache(1 << 10);
    byte[] into = new byte[200];
    for (int n : keys) {
      byte[] key = ("key" + n).repeat(1 + n % 3).getBytes(StandardCharsets.UTF_8);
      byte[] made = ("made" + n).getBytes(StandardCharsets.UTF_8);
      int length = n % 4 == 0 ? Rewrite.UNCHANGED : made.length;
      int known = cache.get(key, 0, key.length, into);
      if (known != KeyCache.MISSING) {
        assertThat(known).isEqualTo(length);
        assertThat(new String(into, 0, Math.max(0, known), StandardCharsets.UTF_8))
            .isEqualTo(length < 0 ? "" : "made" + n);
      }
      if (known == KeyCache.MISSING) {
        cache.put(key, 0, key.length, made, length);
      }
      assertThat(cache.get(key, 0, key.length, into)).isEqualTo(length);
    }
  }

  /** Without surrogates, which RE2/J's own replacing tears apart. */
  @Provide
  Arbitrary<String> bmpKeys() {
    return keys().map(key -> key.replace("😀", "x"));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of("a", "a", "b", ".", "é", "世", "😀", " ")
        .list()
        .ofMaxSize(7)
        .map(parts -> String.join("", parts));
  }

  private static String applied(Rewrite rewrite, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] into = new byte[512];
    int length = rewrite.apply(bytes, 0, bytes.length, into);
    return length == Rewrite.UNCHANGED ? key : new String(into, 0, length, StandardCharsets.UTF_8);
  }
}
