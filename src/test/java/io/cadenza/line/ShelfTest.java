package io.cadenza.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.format.GraphiteFormat;
import org.junit.jupiter.api.Test;

final class ShelfTest {
  private static final int CAPACITY = 64;
  private static final byte[] LINE = "some.key.that.fills.it 1 10".getBytes(US_ASCII);

  private final Shelf shelf = new Shelf(2);
  private final LineBatch.Builder builder =
      new LineBatch.Builder(new GraphiteFormat(), CAPACITY, shelf);

  private LineBatch batch() {
    builder.add(LINE, 0, LINE.length);
    return builder.freeze();
  }

  @Test
  void whatNobodyReadsIsUsedAgain() {
    LineBatch first = batch();
    byte[] bytes = first.bytes();
    first.done();

    assertThat(shelf.count()).isOne();
    assertThat(batch().bytes()).isSameAs(bytes);
    assertThat(shelf.count()).isZero();
  }

  @Test
  void whatOneOfSeveralStillReadsIsNot() {
    LineBatch whole = batch();
    LineSelection some = new LineSelection(new Shelf(1));
    some.add(whole, 0, 7);
    LineBatch shared = some.freeze(whole);
    whole.done();
    assertThat(shelf.count()).isZero();

    shared.done();
    assertThat(shelf.count()).isOne();
  }

  @Test
  void whereLinesOfASelectionAreComesBackWithIt() {
    var own = new LineBatch.Builder(new GraphiteFormat(), CAPACITY);
    own.add(LINE, 0, LINE.length);
    LineBatch whole = own.freeze();
    LineSelection some = new LineSelection(shelf);
    some.add(whole, 0, 7);
    LineBatch shared = some.freeze(whole);
    assertThat(shared.hash(0)).isEqualTo(7);
    assertThat(shelf.takeMarks()).isNull();

    shared.done();
    int[] marks = shelf.takeMarks();
    int[] hashes = shelf.takeHashes();
    assertThat(marks).isNotNull();
    assertThat(hashes).isNotNull();
    assertThat(shelf.count()).isZero();
  }

  @Test
  void aSelectionIsRightWhateverWasThereBefore() {
    LineBatch whole = lines(100);
    LineSelection some = new LineSelection(shelf);
    for (int round = 0; round < 3; round++) {
      for (int line = round; line < whole.count(); line += 3) {
        some.add(whole, line, -line);
      }
      LineBatch shared = some.freeze(whole);
      for (int i = 0; i < shared.count(); i++) {
        int line = round + 3 * i;
        assertThat(shared.start(i)).isEqualTo(whole.start(line));
        assertThat(shared.keyEnd(i)).isEqualTo(whole.keyEnd(line));
        assertThat(shared.end(i)).isEqualTo(whole.end(line));
        assertThat(shared.hash(i)).isEqualTo(-line);
      }
      shared.done();
    }
  }

  @Test
  void whereLinesOfAKeptSelectionAreDoesNotComeBack() {
    LineBatch whole = lines(1);
    LineSelection some = new LineSelection(shelf);
    some.add(whole, 0, 7);
    LineBatch shared = some.freeze(whole);
    shared.keep();
    shared.done();

    assertThat(shelf.takeMarks()).isNull();
    assertThat(shelf.takeHashes()).isNull();
  }

  @Test
  void whatManyShortLinesNeededIsNotHeld() {
    LineBatch whole = lines(40_000);
    LineSelection some = new LineSelection(shelf);
    for (int line = 0; line < whole.count(); line++) {
      some.add(whole, line, line);
    }
    some.freeze(whole).done();

    assertThat(shelf.takeMarks()).isNull();
    assertThat(shelf.takeHashes()).isNotNull();
  }

  private static LineBatch lines(int count) {
    var own = new LineBatch.Builder(new GraphiteFormat(), 2 * 1024 * 1024);
    for (int i = 0; i < count; i++) {
      byte[] line = ("some.key" + i + " 1 10").getBytes(US_ASCII);
      own.add(line, 0, line.length);
    }
    return own.freeze();
  }

  @Test
  void whatARunReadsIsNotUntilItIsDone() {
    LineBatch whole = batch();
    byte[] bytes = whole.bytes();
    LineRun run = whole.run(0, whole.size(), 1);
    whole.done();
    assertThat(shelf.count()).isZero();
    assertThat(batch().bytes()).isNotSameAs(bytes);

    run.done();
    assertThat(shelf.count()).isOne();
    assertThat(batch().bytes()).isSameAs(bytes);
  }

  @Test
  void aRunOfAnArrayThatIsNoShelfsNeedNotBeKept() {
    new LineRun(LINE, 0, LINE.length, 1).done();
    var own = new LineBatch.Builder(new GraphiteFormat(), CAPACITY);
    own.add(LINE, 0, LINE.length);
    own.freeze().run(0, LINE.length, 1).done();

    assertThat(shelf.count()).isZero();
  }

  @Test
  void whatIsKeptIsNot() {
    LineBatch kept = batch();
    kept.keep();
    kept.done();

    assertThat(shelf.count()).isZero();
  }

  @Test
  void holdsNoMoreThanItMay() {
    LineBatch[] batches = {batch(), batch(), batch()};
    for (LineBatch batch : batches) {
      batch.done();
    }
    assertThat(shelf.count()).isEqualTo(2);
  }

  @Test
  void aSmallBatchHasACopyOfItsOwn() {
    LineBatch.Builder large = new LineBatch.Builder(new GraphiteFormat(), 16 * CAPACITY, shelf);
    large.add(LINE, 0, LINE.length);
    large.freeze().done();

    assertThat(shelf.count()).isZero();
  }

  @Test
  void aSmallBatchHasTheWholeArrayWhereAnotherIsThere() {
    LineBatch.Builder large = new LineBatch.Builder(new GraphiteFormat(), 5 * LINE.length, shelf);
    LineBatch[] full = {full(large), full(large)};
    full[0].done();
    full[1].done();
    large.add(LINE, 0, LINE.length);
    LineBatch whole = large.freeze();
    large.add(LINE, 0, LINE.length);
    LineBatch copy = large.freeze();

    assertThat(whole.bytes()).isSameAs(full[1].bytes());
    assertThat(copy.bytes()).hasSize(LINE.length + 1);
    whole.done();
    assertThat(shelf.count()).isOne();
  }

  private static LineBatch full(LineBatch.Builder large) {
    large.add(LINE, 0, LINE.length);
    large.add(LINE, 0, LINE.length);
    return large.freeze();
  }

  @Test
  void aBatchThatHadToGrowDoesNotComeBack() {
    byte[] longer = ("x".repeat(2 * CAPACITY) + " 1 10").getBytes(US_ASCII);
    builder.add(longer, 0, longer.length);
    builder.freeze().done();

    assertThat(shelf.count()).isZero();
  }

  @Test
  void linesAreRightWhateverWasThereBefore() {
    LineBatch first = batch();
    first.done();
    byte[] other = "another.key 2 20".getBytes(US_ASCII);
    builder.add(other, 0, other.length);
    builder.add(LINE, 0, LINE.length);
    LineBatch second = builder.freeze();

    assertThat(second.count()).isEqualTo(2);
    assertThat(new String(second.bytes(), 0, second.end(1), US_ASCII))
        .isEqualTo("another.key 2 20\nsome.key.that.fills.it 1 10");
  }
}
