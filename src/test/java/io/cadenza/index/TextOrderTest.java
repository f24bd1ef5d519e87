package io.cadenza.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextOrderTest {
  @Property
  void isThatOfTheBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
    int bytes = Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    assertThat(Integer.signum(TextOrder.CODE_POINTS.compare(a, b)))
        .isEqualTo(Integer.signum(bytes));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "é", "\ud7ff", "\ue000", "\uffff", "😀", "😁", "𐀀")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
