package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Utf8Test {

  @Property(tries = 20_000)
  void holdsForValidWhatTheJdkDecodes(@ForAll @Size(max = 5) byte[] bytes) {
    assertThat(Utf8.valid(bytes, 0, bytes.length)).isEqualTo(decodes(bytes));
  }

  @Property(tries = 20_000)
  void mendsIntoValidText(@ForAll @Size(max = 5) byte[] bytes) {
    byte[] into = new byte[15];
    int length = Utf8.mended(bytes, 0, bytes.length, into);

    assertThat(Utf8.valid(into, 0, length)).isTrue();
    if (decodes(bytes)) {
      assertThat(Arrays.copyOf(into, length)).isEqualTo(bytes);
    }
  }

  @Property
  void readsEveryCharacter(@ForAll @IntRange(max = 0x10ffff) int codePoint) {
    byte[] bytes = Utf8.encoded(codePoint);

    assertThat(Utf8.length(bytes, 0, bytes.length)).isEqualTo(bytes.length);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The text with stray bytes replaced, for a comparison. */
  static String replaced(byte[] bytes, int from, int to) {
    byte[] into = new byte[3 * (to - from)];
    return new String(into, 0, Utf8.mended(bytes, from, to, into), StandardCharsets.UTF_8);
  }
}
