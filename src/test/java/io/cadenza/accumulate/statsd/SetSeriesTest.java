package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.accumulate.KeyRoom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sets of few and many members, beside those of the JDK. */
class SetSeriesTest {
  private final KeyRoom room = new KeyRoom(0, Long.MAX_VALUE);
  private final SetSeries set = new SetSeries(new byte[] {'s'}, 1, 1, 0);

  @Property(tries = 1000)
  void hasWhatASetOfTheJdkHasInTheSameOrder(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int longest) {
    var random = new Random(seed);
    for (int interval = 0; interval < 4; interval++) {
      Set<String> model = new LinkedHashSet<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        String member = member(random, longest);
        addTo(model, member, random);
      }
      set.reset();
      assertThat(members()).isEmpty();
      assertThat(room.bytes()).isZero();
    }
  }

  /** Alike, so that they part at their ends or in their lengths alone. */
  private static String member(Random random, int longest) {
    char[] chars = new char[random.nextInt(longest + 1)];
    Arrays.fill(chars, random.nextInt(4) == 0 ? '\0' : 'a');
    if (chars.length > 0 && random.nextBoolean()) {
      chars[random.nextInt(chars.length)] = (char) random.nextInt(256);
    }
    return new String(chars);
  }

  private void addTo(Set<String> model, String member, Random random) {
    assertThat(add(member, random.nextInt(20), random.nextInt(20))).isTrue();
    model.add(member);
    assertThat(members()).containsExactlyElementsOf(model);
    assertThat(set.count()).isEqualTo(model.size());
    assertThat(room.bytes()).isEqualTo(taken(model));
  }

  private static long taken(Set<String> model) {
    return model.stream().mapToLong(m -> m.length() + SetSeries.PLACE_BYTES).sum();
  }

  /** Adds a text that has others around it. */
  private boolean add(String member, int before, int behind) {
    String line = "a".repeat(before) + member + "a".repeat(behind);
    return set.add(bytes(line), before, before + member.length(), room);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private List<String> members() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < set.count(); i++) {
      int from = set.from(i);
      all.add(new String(set.text(), from, set.to(i) - from, StandardCharsets.ISO_8859_1));
    }
    return all;
  }

  @Property(tries = 100)
  void hasMembersOfAllLengths(@ForAll long seed) {
    var random = new Random(seed);
    Set<String> model = new LinkedHashSet<>();
    for (int i = 0; i < 30; i++) {
      int size = random.nextInt(1 << random.nextInt(17));
      addTo(model, "a".repeat(Math.min(size, SetSeries.LONGEST)), random);
    }
    set.reset();
    assertThat(room.bytes()).isZero();
  }

  @Test
  void aMemberThatIsTooLongIsRefusedAndTakesNothing() {
    String longest = "a".repeat(SetSeries.LONGEST);
    assertThat(add(longest + "a", 0, 0)).isFalse();
    assertThat(add(longest, 0, 0)).isTrue();
    assertThat(add(longest + "a", 0, 0)).isFalse();

    assertThat(members()).containsExactly(longest);
    assertThat(room.bytes()).isEqualTo(SetSeries.LONGEST + SetSeries.PLACE_BYTES);
  }

  @Test
  void withoutRoomKnownMembersAreTakenStillAndOthersNot() {
    for (int known : new int[] {1, 10, 100}) {
      SetSeries some = new SetSeries(new byte[] {'s'}, 1, 1, 0);
      KeyRoom small = new KeyRoom(0, known * (1L + SetSeries.PLACE_BYTES));
      byte[] line = new byte[known + 1];
      for (int i = 0; i <= known; i++) {
        line[i] = (byte) i;
        assertThat(some.add(line, i, i + 1, small)).isEqualTo(i < known);
      }
      assertThat(some.add(line, known - 1, known, small)).isTrue();
      assertThat(some.count()).isEqualTo(known);
      some.release();
      assertThat(small.bytes()).isZero();
    }
  }

  @Test
  void whatIsForgottenIsNotThereWhenOthersCome() {
    add("abcdefgh", 0, 0);
    add("b", 0, 0);
    set.reset();
    add("c", 0, 0);
    add("b", 0, 0);

    assertThat(members()).containsExactly("c", "b");
  }

  @Test
  void fewTakeLittleMemory() {
    for (int i = 0; i < 10; i++) {
      add("" + (100 + i), 0, 0);
    }

    assertThat(set.text()).hasSizeLessThanOrEqualTo(56);
  }
}
