package io.cadenza.writer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The messages of one batch on their way. When the batch is tried again, those that are there are
 * not sent again, and those that are still on their way are waited for. Sent by one thread;
 * acknowledged on that of the producer.
 */
final class Sending {
  private static final int UNSENT = 0;
  private static final int ON_ITS_WAY = 1;
  private static final int THERE = 2;
  private static final int REFUSED = 3;

  private final AtomicIntegerArray states;
  private final int window;
  private final Semaphore room;
  private volatile Exception failure;

  /**
   * @param window how many may be on their way at once
   */
  Sending(int messages, int window) {
    this.states = new AtomicIntegerArray(messages);
    this.window = window;
    this.room = new Semaphore(window);
  }

  /** Whether a message has to be sent. */
  boolean isUnsent(int message) {
    return states.get(message) == UNSENT;
  }

  /** Whether a message is larger than the broker takes. */
  boolean isRefused(int message) {
    return states.get(message) == REFUSED;
  }

  /** What failed before is tried again. */
  void again() {
    failure = null;
  }

  /** Whether what failed can't be mended by the same producer. */
  boolean failedForGood() {
    Exception last = failure;
    return last != null && !(last instanceof RetriableException);
  }

  void send(
      Producer<byte[], byte[]> producer,
      int message,
      ProducerRecord<byte[], byte[]> what,
      long deadline)
      throws IOException, InterruptedException {
    acquire(1, deadline);
    states.set(message, ON_ITS_WAY);
    boolean taken = false;
    try {
      producer.send(what, (metadata, failed) -> done(message, failed));
      taken = true;
    } finally {
      if (!taken) { // Nobody was told.
        states.set(message, UNSENT);
        room.release();
      }
    }
    throwFailure();
  }

  private void done(int message, Exception failed) {
    if (failed == null) {
      states.set(message, THERE);
    } else if (failed instanceof RecordTooLargeException) {
      states.set(message, REFUSED);
    } else {
      states.set(message, UNSENT);
      failure = failed;
    }
    room.release();
  }

  /** Waits until all that were sent are there. */
  void await(long deadline) throws IOException, InterruptedException {
    acquire(window, deadline);
    room.release(window);
    throwFailure();
  }

  private void acquire(int permits, long deadline) throws IOException, InterruptedException {
    while (!room.tryAcquire(permits, 100, TimeUnit.MILLISECONDS)) {
      throwFailure();
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "Kafka has not answered in time; " + there() + " of " + states.length() + " are there");
      }
    }
  }

  private int there() {
    int there = 0;
    for (int i = 0; i < states.length(); i++) {
      there += states.get(i) == THERE ? 1 : 0;
    }
    return there;
  }

  private void throwFailure() throws IOException {
    Exception failed = failure;
    if (failed != null) {
      throw new IOException("Kafka: " + failed.getMessage(), failed);
    }
  }

  static long deadline(Duration timeout) {
    return System.nanoTime() + timeout.toNanos();
  }
}
