package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteMemoryTest {
  private static final int LARGE = Backlog.GROUP_BYTES;

  private final Pieces pieces = new Pieces(Pieces.MOST);
  private final WriteMemory memory = new WriteMemory(pieces);

  @AfterEach
  void close() {
    pieces.close();
  }

  /** A write begins; answers where, or null. */
  private static Piece write(WriteMemory in, int bytes) {
    Piece piece = in.room(bytes);
    if (piece != null) {
      piece.add(List.of(new LineRun(new byte[bytes], 0, bytes, 1)));
    }
    return piece;
  }

  @Test
  void takesNothingBeforeThereIsALargeWrite() {
    assertThat(write(memory, WriteMemory.LEAST - 1)).isNull();
    assertThat(write(memory, Piece.BYTES + 1)).isNull();

    assertThat(pieces.made()).isZero();
  }

  @Test
  void onePieceDoesForWritesThatAreOverAtOnce() {
    for (int i = 0; i < 100; i++) {
      memory.over(write(memory, LARGE));
    }

    assertThat(pieces.made()).isOne();
    assertThat(pieces.lent()).isZero();
  }

  @Test
  void writesThatAreUnderWayShareAPieceUntilTheLastIsOver() {
    List<Piece> writes = new ArrayList<>();
    for (int i = 0; i < Piece.BYTES / WriteMemory.LEAST; i++) {
      writes.add(write(memory, WriteMemory.LEAST));
    }
    assertThat(writes).containsOnly(writes.get(0));

    writes.subList(1, writes.size()).forEach(memory::over);
    assertThat(pieces.lent()).isOne();
    memory.over(writes.get(0));

    assertThat(pieces.lent()).isZero();
  }

  @Test
  void whatIsFullIsLeftAndComesBackWhenItsWritesAreOver() {
    Piece first = write(memory, Piece.BYTES);
    Piece second = write(memory, WriteMemory.LEAST);
    assertThat(second).isNotSameAs(first);

    memory.over(first);

    assertThat(pieces.lent()).isOne();
    assertThat(write(memory, WriteMemory.LEAST)).isSameAs(second);
  }

  @Test
  void aPeerThatDoesNotReadHoldsAFewAndLeavesOthersSome() {
    for (int i = 0; i < 1000; i++) {
      write(memory, LARGE);
    }
    assertThat(pieces.lent()).isEqualTo(WriteMemory.MOST);
    assertThat(write(memory, LARGE)).isNull();

    assertThat(write(new WriteMemory(pieces), LARGE)).isNotNull();
  }

  @Test
  void anEventLoopHasNoMoreThanSoMany() {
    for (int i = 0; i < 100; i++) {
      write(new WriteMemory(pieces), LARGE);
    }

    assertThat(pieces.made()).isEqualTo(Pieces.MOST);
    assertThat(write(memory, LARGE)).isNull();
  }

  @Test
  void whatConnectionsLeaveIsThereForTheNext() {
    for (int i = 0; i < 100; i++) {
      WriteMemory next = new WriteMemory(pieces);
      List<Piece> writes = List.of(write(next, LARGE), write(next, LARGE), write(next, LARGE));
      writes.forEach(next::over);
    }

    assertThat(pieces.made()).isEqualTo(2);
  }

  @Test
  void nothingStaysWhenTheEventLoopEnds() {
    Piece lent = write(memory, LARGE);
    WriteMemory other = new WriteMemory(pieces);
    other.over(write(other, LARGE));

    pieces.close();
    assertThat(pieces.made()).isOne();
    memory.over(lent);

    assertThat(pieces.made()).isZero();
    assertThat(write(memory, LARGE)).isNull();
  }
}
