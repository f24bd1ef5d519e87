package io.cadenza.accumulate;

import io.cadenza.line.LineBatch;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The state of one shard of an accumulator. Plain Java; belongs to one thread. It counts what it
 * takes, flushes, hands over and adopts; what it emits is counted by who moves it.
 *
 * <p>A flush does not hold lines up: {@link #flush} only says that one is due, {@link #emit} emits
 * some of it between two batches, and a key that gets a sample before its turn has come is emitted
 * first. What it emits goes to the {@link FlushedLines} it was made with.
 */
public interface Accumulator {
  /**
   * Takes the lines of a batch. Never throws for what is in them: a line that is none is counted.
   *
   * @param nowMillis the time of day, since 1970
   */
  void take(LineBatch batch, long nowMillis);

  /**
   * A flush is due. When the one before is not over, what is left of it becomes part of this one.
   */
  void flush(Tick tick);

  /**
   * Emits some of what is due, while there is room for lines.
   *
   * @param most about how many keys are looked at
   * @return whether nothing more is due
   */
  boolean emit(int most);

  /** How many keys it holds. */
  long keys();

  /**
   * Writes all that a successor needs to go on: what is open, nothing that was emitted. Called
   * last, instead of a last flush.
   */
  void handOver(DataOutput out) throws IOException;

  /** The same in an array. Any thread, while no other has to do with it. */
  default byte[] handedOver() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    handOver(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /**
   * Begins to take what another shard handed over, as if it had come here: merged, never put over
   * what is here. Keys of other shards than this one are passed over.
   */
  Adoption adopt(DataInput in);
}
