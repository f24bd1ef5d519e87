package io.cadenza.writer.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final int SIZE = 40 + 12 * (6 + 20);

  private final Memory memory = new JdkDisk().memory(Layout.MOST_HEADER);
  private final Layout layout = Layout.of(Wsp.retentions("10s:1m", "60s:20m"), Aggregate.MAX, 0.3);

  @Test
  void readsWhatItWrites() throws CorruptFileException {
    layout.put(memory.bytes);

    assertThat(layout.fileBytes()).isEqualTo(SIZE);
    assertThat(Layout.parse(memory, 40, SIZE)).isEqualTo(layout);
    assertThat(layout.retentions()).isEqualTo(Wsp.retentions("10s:1m", "60s:20m"));
  }

  @Test
  void knowsAllMethodsByWhispersNumbers() throws CorruptFileException {
    List<Aggregate> numbered =
        List.of(
            Aggregate.AVERAGE,
            Aggregate.SUM,
            Aggregate.LAST,
            Aggregate.MAX,
            Aggregate.MIN,
            Aggregate.AVG_ZERO,
            Aggregate.ABSMAX,
            Aggregate.ABSMIN);
    for (int i = 0; i < numbered.size(); i++) {
      layout.with(numbered.get(i), 0.5f).put(memory.bytes);

      assertThat(memory.bytes.getInt(0)).isEqualTo(i + 1);
      assertThat(Layout.parse(memory, 40, SIZE).method()).isEqualTo(numbered.get(i));
    }
  }

  @Test
  void believesOnlyWhatCanBeTrue() {
    refuses(m -> m.bytes.putInt(0, 0), "aggregation");
    refuses(m -> m.bytes.putInt(0, 9), "aggregation");
    refuses(m -> m.bytes.putInt(0, 1_700_000_000), "aggregation");
    refuses(m -> m.bytes.putFloat(8, 1.01f), "x-files factor");
    refuses(m -> m.bytes.putFloat(8, -0.1f), "x-files factor");
    refuses(m -> m.bytes.putFloat(8, Float.NaN), "x-files factor");
    refuses(m -> m.bytes.putInt(12, 0), "no archives");
    refuses(m -> m.bytes.putInt(12, 33), "no archives");
    refuses(m -> m.bytes.putInt(12, -1), "no archives");
    refuses(m -> m.bytes.putInt(12, 3), "too short for its archives' headers");
    refuses(m -> m.bytes.putInt(16, 52), "not where they should be");
    refuses(m -> m.bytes.putInt(20, 0), "no step or points");
    refuses(m -> m.bytes.putInt(24, -6), "no step or points");
    refuses(m -> m.bytes.putInt(32, 5), "don't fit together");
    refuses(m -> m.bytes.putInt(36, 1), "don't fit together");
    refuses(m -> m.bytes.putInt(36, 21), "shorter than its archives");
  }

  private void refuses(Consumer<Memory> damage, String why) {
    layout.put(memory.bytes);
    damage.accept(memory);

    assertThatThrownBy(() -> Layout.parse(memory, 40, SIZE))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aFileThatIsTooShortIsNone() {
    layout.put(memory.bytes);

    assertThatThrownBy(() -> Layout.parse(memory, 40, SIZE - 1)).hasMessageContaining("shorter");
    assertThatThrownBy(() -> Layout.parse(memory, 39, 39)).hasMessageContaining("too short");
    assertThatThrownBy(() -> Layout.parse(memory, 15, 15)).hasMessageContaining("too short");
    assertThatThrownBy(() -> Layout.parse(memory, 0, 0)).hasMessageContaining("too short");
  }

  @Test
  void reachesNoFurtherBackThanItsArchives() throws CorruptFileException {
    layout.put(memory.bytes);
    memory.bytes.putInt(4, -1);

    assertThat(Layout.parse(memory, 40, SIZE).maxRetention()).isEqualTo(1200);
  }

  @Property
  void noDamageMakesAnythingElseOfIt(
      @ForAll @IntRange(max = 39) int at,
      @ForAll byte value,
      @ForAll @IntRange(max = 500) int size) {
    layout.put(memory.bytes);
    memory.bytes.put(at, value);
    try {
      Layout read = Layout.parse(memory, 40, size);

      assertThat(Layout.problem(read.retentions())).isEmpty();
      assertThat(read.fileBytes()).isLessThanOrEqualTo(size);
    } catch (CorruptFileException damaged) {
      assertThat(damaged).hasMessageMatching("its? .*");
    }
  }

  @Test
  void tellsWhatNoFileCanHave() {
    long year = 365 * 86_400L;

    assertThat(Layout.problem(List.of())).contains("there is none");
    assertThat(Layout.problem(List.of(new Retention(86_400, 137 * year))).orElseThrow())
        .contains("136 years");
    assertThat(Layout.problem(List.of(new Retention(1, 12 * year))).orElseThrow()).contains("4GiB");
    assertThat(Layout.problem(List.of(new Retention(1, 10 * year)))).isEmpty();
  }
}
