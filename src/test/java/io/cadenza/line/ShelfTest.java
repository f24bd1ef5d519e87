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
    LineSelection some = new LineSelection();
    some.add(whole, 0, 7);
    LineBatch shared = some.freeze(whole);
    whole.done();
    assertThat(shelf.count()).isZero();

    shared.done();
    assertThat(shelf.count()).isOne();
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
