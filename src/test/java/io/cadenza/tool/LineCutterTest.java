package io.cadenza.tool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineCutterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineCutter cutter =
      new LineCutter(
          (bytes, from, to) -> lines.add(new String(bytes, from, to - from, ISO_8859_1)));

  private void take(String text) {
    cutter.take(text.getBytes(ISO_8859_1));
  }

  @Test
  void keepsUnfinishedLineForTheNextBytes() {
    take("a 1 2\nb 3");
    take(" 4\n");
    assertThat(lines).containsExactly("a 1 2", "b 3 4");
  }

  @Test
  void givesTheLastLineWithoutNewlineAtTheEnd() {
    take("a 1 2\nb 3 4");
    cutter.finish();
    assertThat(lines).containsExactly("a 1 2", "b 3 4");
  }

  @Test
  void givesNothingTwice() {
    take("a 1 2");
    cutter.finish();
    cutter.finish();
    assertThat(lines).containsExactly("a 1 2");
  }

  @Test
  void takesTheCarriageReturnFromTheEnd() {
    take("a 1 2\r");
    take("\nb\r\n\r\n");
    assertThat(lines).containsExactly("a 1 2", "b", "");
  }

  @Test
  void keepsNoMoreOfALongLineThanItsBound() {
    String part = "x".repeat(50_000);
    take(part);
    take(part);
    take(part + "\nnext\n" + part + part + "\n");
    assertThat(lines.stream().map(String::length))
        .containsExactly(LineCutter.LONGEST, 4, LineCutter.LONGEST);
  }

  @Property(tries = 300)
  void cutsTheSameWhereverTheBytesAreSplit(
      @ForAll
          @CharRange(from = 'a', to = 'c')
          @CharRange(from = '\n', to = '\n')
          @StringLength(max = 60)
          String text,
      @ForAll @IntRange(max = 60) int split) {
    int at = Math.min(split, text.length());
    List<String> got = new ArrayList<>();
    LineCutter parts =
        new LineCutter((b, from, to) -> got.add(new String(b, from, to - from, ISO_8859_1)));
    parts.take(text.substring(0, at).getBytes(ISO_8859_1));
    parts.take(text.substring(at).getBytes(ISO_8859_1));
    parts.finish();
    List<String> wanted = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    if (wanted.get(wanted.size() - 1).isEmpty()) {
      wanted.remove(wanted.size() - 1);
    }
    assertThat(got).isEqualTo(wanted);
  }
}
