package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Statements on their way, a bounded number at once. One thread sends and waits; answers come on
 * those of the driver.
 */
final class Sends {
  private final CqlSession session;
  private final int most;
  private final Semaphore places;
  private final long patienceNanos;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicInteger failed = new AtomicInteger();
  private int sent;

  /**
   * @param timeout after which the driver answers in any case
   */
  Sends(CqlSession session, int most, Duration timeout) {
    this.session = session;
    this.most = most;
    this.places = new Semaphore(most);
    this.patienceNanos = timeout.multipliedBy(2).plusSeconds(5).toNanos();
  }

  /**
   * Sends one, once there is a place.
   *
   * @throws IOException when one before it has failed: the rest need not be tried
   */
  void send(Statement<?> statement) throws IOException, InterruptedException, TimeoutException {
    take(1);
    if (failure.get() != null) {
      places.release();
      throw failed();
    }
    sent++;
    session.executeAsync(statement).whenComplete((answer, cause) -> done(cause));
  }

  private void done(Throwable cause) {
    if (cause != null) {
      failure.compareAndSet(null, cause);
      failed.incrementAndGet();
    }
    places.release();
  }

  private void take(int places) throws InterruptedException, TimeoutException {
    if (!this.places.tryAcquire(places, patienceNanos, TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("no answer from Cassandra, and no word of it from the driver");
    }
  }

  /** Waits until none is on its way. */
  void settle() throws InterruptedException, TimeoutException {
    take(most);
    places.release(most);
  }

  /**
   * Waits until all are acknowledged.
   *
   * @throws IOException when one was not
   */
  void await() throws IOException, InterruptedException, TimeoutException {
    settle();
    if (failure.get() != null) {
      throw failed();
    }
  }

  private IOException failed() {
    Throwable first = failure.get();
    return new IOException(
        failed + " of " + sent + " requests to Cassandra failed: " + first.getMessage(), first);
  }
}
