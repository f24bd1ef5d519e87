package io.cadenza.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramsTest {
  private final List<String> cut = new ArrayList<>();
  private int lines;
  private int tooLong;

  private void cut(String text, int most) {
    byte[] bytes = ("junk" + text + "junk").getBytes(UTF_8);
    Datagrams datagrams = new Datagrams(bytes, 4, bytes.length - 4, most);
    for (Buffer next = datagrams.next(); next != null; next = datagrams.next()) {
      cut.add(next.toString());
      lines += datagrams.lines();
    }
    tooLong = datagrams.tooLong();
  }

  @Test
  void fillsDatagramsWithWholeLines() {
    cut("1234\n123\n12\n1\n12345678\n\n", 10);

    assertThat(cut).containsExactly("1234\n123\n", "12\n1\n", "12345678\n\n");
    assertThat(lines).isEqualTo(6);
  }

  @Test
  void givesALongLineADatagramOfItsOwn() {
    cut("12\n123456789012\n12\n", 8);

    assertThat(cut).containsExactly("12\n", "123456789012\n", "12\n");
  }

  @Test
  void leavesOutLinesThatNoDatagramHolds() {
    String largest = "x".repeat(Datagrams.LARGEST - 1) + "\n";
    String longer = "y" + largest;

    cut("a\n" + longer + "b\n" + longer + largest + longer, 100);

    assertThat(cut).containsExactly("a\n", "b\n", largest);
    assertThat(lines).isEqualTo(3);
    assertThat(tooLong).isEqualTo(3);
  }

  @Test
  void makesNothingOfNothing() {
    cut("", 100);

    assertThat(cut).isEmpty();
  }
}
