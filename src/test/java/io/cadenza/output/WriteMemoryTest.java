package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteMemoryTest {
  private static final int LARGE = Backlog.GROUP_BYTES;

  private final Slabs slabs = new Slabs(Slabs.MOST);
  private final WriteMemory memory = new WriteMemory(slabs);

  @AfterEach
  void close() {
    slabs.close();
  }

  /** A write begins; answers where, or null. */
  private static Slab write(WriteMemory in, int bytes) {
    Slab slab = in.room(bytes);
    if (slab != null) {
      slab.add(List.of(new LineRun(new byte[bytes], 0, bytes, 1)));
    }
    return slab;
  }

  @Test
  void takesNothingBeforeThereIsALargeWrite() {
    assertThat(write(memory, WriteMemory.LEAST - 1)).isNull();
    assertThat(write(memory, Slab.BYTES + 1)).isNull();

    assertThat(slabs.made()).isZero();
  }

  @Test
  void oneSlabDoesForWritesThatAreOverAtOnce() {
    for (int i = 0; i < 100; i++) {
      memory.over(write(memory, LARGE));
    }

    assertThat(slabs.made()).isOne();
    assertThat(slabs.lent()).isZero();
  }

  @Test
  void writesThatAreUnderWayShareASlabUntilTheLastIsOver() {
    List<Slab> writes = new ArrayList<>();
    for (int i = 0; i < Slab.BYTES / WriteMemory.LEAST; i++) {
      writes.add(write(memory, WriteMemory.LEAST));
    }
    assertThat(writes).containsOnly(writes.get(0));

    writes.subList(1, writes.size()).forEach(memory::over);
    assertThat(slabs.lent()).isOne();
    memory.over(writes.get(0));

    assertThat(slabs.lent()).isZero();
  }

  @Test
  void whatIsFullIsLeftAndComesBackWhenItsWritesAreOver() {
    Slab first = write(memory, Slab.BYTES);
    Slab second = write(memory, WriteMemory.LEAST);
    assertThat(second).isNotSameAs(first);

    memory.over(first);

    assertThat(slabs.lent()).isOne();
    assertThat(write(memory, WriteMemory.LEAST)).isSameAs(second);
  }

  @Test
  void aPeerThatDoesNotReadHoldsAFewAndLeavesOthersSome() {
    for (int i = 0; i < 1000; i++) {
      write(memory, LARGE);
    }
    assertThat(slabs.lent()).isEqualTo(WriteMemory.MOST);
    assertThat(write(memory, LARGE)).isNull();

    assertThat(write(new WriteMemory(slabs), LARGE)).isNotNull();
  }

  @Test
  void anEventLoopHasNoMoreThanSoMany() {
    for (int i = 0; i < 100; i++) {
      write(new WriteMemory(slabs), LARGE);
    }

    assertThat(slabs.made()).isEqualTo(Slabs.MOST);
    assertThat(write(memory, LARGE)).isNull();
  }

  @Test
  void whatConnectionsLeaveIsThereForTheNext() {
    for (int i = 0; i < 100; i++) {
      WriteMemory next = new WriteMemory(slabs);
      List<Slab> writes = List.of(write(next, LARGE), write(next, LARGE), write(next, LARGE));
      writes.forEach(next::over);
    }

    assertThat(slabs.made()).isEqualTo(2);
  }

  @Test
  void nothingStaysWhenTheEventLoopEnds() {
    Slab lent = write(memory, LARGE);
    WriteMemory other = new WriteMemory(slabs);
    other.over(write(other, LARGE));

    slabs.close();
    assertThat(slabs.made()).isOne();
    memory.over(lent);

    assertThat(slabs.made()).isZero();
    assertThat(write(memory, LARGE)).isNull();
  }
}
