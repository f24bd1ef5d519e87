package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.PlainKey;
import io.cadenza.line.Shards;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Beside the expressions that node uses. */
class StatsdNameTest {
  /** What JavaScript counts as whitespace. */
  private static final Pattern BLANKS =
      Pattern.compile(
          "[\\t\\n\\x0b\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
              + "\\ufeff]+");

  private static final Pattern OTHERS = Pattern.compile("[^a-zA-Z_\\-0-9.;=]");

  private static String cleaned(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] into = new byte[bytes.length];
    return new String(into, 0, StatsdName.clean(bytes, 0, bytes.length, into, 0), ISO_8859_1);
  }

  private static String slowly(String text) {
    String blanks = BLANKS.matcher(text).replaceAll("_");
    return OTHERS.matcher(blanks.replace('/', '-')).replaceAll("");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abzAZ059_-.;=/ \t\n!@[`{:<,\u00e9\u00a0\u2003\u2028\u3000\ufeff\u20ac\u0085")
        .ofMaxLength(40);
  }

  @Property(tries = 3000)
  void cleansAsNodeDoes(@ForAll("names") String name) {
    assertThat(cleaned(name)).isEqualTo(slowly(name));
  }

  @Property(tries = 3000)
  void isCleanWhatStaysAsItIs(@ForAll("names") String name) {
    byte[] bytes = ("!" + name + "!").getBytes(UTF_8);

    assertThat(StatsdName.isClean(bytes, 1, bytes.length - 1)).isEqualTo(name.equals(slowly(name)));
  }

  @Test
  void knowsEachByteInEachPlace() {
    PlainKey key = new PlainKey();
    for (int length = 1; length <= 40; length++) {
      for (int place = 0; place < length; place++) {
        for (int b = 0; b < 256; b++) {
          byte[] name =
              "abcdefghijklmnopqrstabcdefghijklmnopqrst".substring(0, length).getBytes(UTF_8);
          name[place] = (byte) b;
          boolean stays = b < 128 && String.valueOf((char) b).equals(slowly("" + (char) b));

          assertThat(StatsdName.isClean(name, 0, length)).isEqualTo(stays);
          key.read(name, 0, length);
          assertThat(key.plain()).isEqualTo(stays && b != ';' && b != '=');
          assertThat(key.hash()).isEqualTo(Shards.hash(name, 0, length));
        }
      }
    }
  }

  @Property
  void aPlainNameIsAsItComes(@ForAll("names") String name) {
    byte[] bytes = ("!" + name + "!").getBytes(UTF_8);
    PlainKey key = new PlainKey();
    key.read(bytes, 1, bytes.length - 1);

    boolean plain = name.equals(slowly(name)) && !name.matches("(?s).*[;=].*");
    assertThat(key.plain()).isEqualTo(plain);
    assertThat(key.hash()).isEqualTo(Shards.hash(bytes, 1, bytes.length - 1));
  }

  @Property
  void allThatBecomeOneNameHaveOneHash(@ForAll("names") String name) {
    String key = name.replace(";", "");
    byte[] came = (key + ";b=c").getBytes(UTF_8);
    byte[] clean = slowly(key).getBytes(UTF_8);

    assertThat(StatsdName.hash(came, 0, came.length))
        .isEqualTo(StatsdName.hash(clean, 0, clean.length));
  }

  @Property
  void anyBytesAreCleanedToCleanOnes(@ForAll @Size(max = 5000) byte[] bytes) {
    byte[] into = new byte[bytes.length];
    int end = StatsdName.clean(bytes, 0, bytes.length, into, 0);

    assertThat(StatsdName.isClean(into, 0, end)).isTrue();
    assertThat(StatsdName.hash(bytes, 0, bytes.length))
        .isEqualTo(StatsdName.hash(bytes, 0, bytes.length));
  }
}
