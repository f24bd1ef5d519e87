package io.cadenza.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void oneByteThatDiffersIsSeenInEachPlace() {
    for (int length = 0; length <= 40; length++) {
      byte[] one = new byte[length + 2];
      Arrays.setAll(new int[length], i -> one[i + 1] = (byte) (i * 7));
      byte[] other = Arrays.copyOf(one, one.length);
      other[0] = 1;
      other[length + 1] = 1;
      assertThat(Bytes.equal(one, 1, other, 1, length)).isTrue();
      for (int place = 1; place <= length; place++) {
        other[place] ^= (byte) 0x80;
        assertThat(Bytes.equal(one, 1, other, 1, length)).isFalse();
        other[place] ^= (byte) 0x80;
      }
    }
  }

  @Property
  void theSameBytesAreEqualWhereverTheyLie(
      @ForAll @Size(max = 100) byte[] bytes, @ForAll @IntRange(max = 20) int before) {
    byte[] moved = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, moved, before, bytes.length);

    assertThat(Bytes.equal(bytes, 0, moved, before, bytes.length)).isTrue();
  }
}
