package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlabTest {
  private static Slab slab() {
    return new Slabs(1).take();
  }

  /** Runs of so many bytes, each somewhere in an array of its own. */
  private static List<LineRun> runs(List<Integer> sizes, Random random) {
    List<LineRun> runs = new ArrayList<>();
    for (int size : sizes) {
      int from = random.nextInt(10);
      byte[] bytes = new byte[from + size + random.nextInt(10)];
      random.nextBytes(bytes);
      runs.add(new LineRun(bytes, from, from + size, 1));
    }
    return runs;
  }

  @Property(tries = 200)
  void writesAreTheRunsOneBehindAnotherAndStayUntilAllAreOver(
      @ForAll @Size(min = 1, max = 6)
          List<@Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9000) Integer>> writes,
      @ForAll long seed) {
    Random random = new Random(seed);
    Slab slab = slab();
    for (int again = 0; again < 2; again++) {
      List<Buffer> made = new ArrayList<>();
      List<byte[]> wanted = new ArrayList<>();
      for (List<Integer> sizes : writes) {
        List<LineRun> runs = runs(sizes, random);
        made.add(slab.add(runs));
        wanted.add(LineEncoder.joined(runs));
      }
      for (int i = 0; i < made.size(); i++) {
        assertThat(made.get(i).getBytes()).isEqualTo(wanted.get(i));
      }
      for (int i = 1; i < made.size(); i++) {
        assertThat(slab.over()).isFalse();
        assertThat(made.get(i).getBytes()).isEqualTo(wanted.get(i));
      }
      assertThat(slab.over()).isTrue();
      assertThat(slab.room()).isEqualTo(Slab.BYTES);
    }
    slab.release();
  }

  @Example
  void canBeFilledToTheLastByte() {
    Slab slab = slab();
    List<LineRun> runs = runs(List.of(Slab.BYTES - 1, 1), new Random(1));

    assertThat(slab.add(runs).getBytes()).isEqualTo(LineEncoder.joined(runs));

    assertThat(slab.room()).isZero();
    slab.release();
  }

  @Example
  void noMoreWritesAreOverThanThereWere() {
    Slab slab = slab();
    slab.add(runs(List.of(1), new Random(1)));
    slab.over();

    assertThatThrownBy(slab::over).isInstanceOf(IllegalStateException.class);
    slab.release();
  }
}
