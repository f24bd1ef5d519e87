package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Many reads at once, a bounded number on their way. The thread that waits for them is the one that
 * looks at the rows; one run at a time.
 */
final class Reads {
  /** What to read, and who is told of each row. */
  record Read(BoundStatement rows, Consumer<Row> each) {}

  private record Answer(Read read, AsyncResultSet page, Throwable failure) {}

  private final CqlSession session;
  private final int most;
  private final long patienceNanos;
  private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private int onTheirWay;

  /**
   * @param timeout after which the driver answers in any case
   */
  Reads(CqlSession session, int most, Duration timeout) {
    this.session = session;
    this.most = most;
    this.patienceNanos = timeout.multipliedBy(2).plusSeconds(5).toNanos();
  }

  /**
   * Reads all, in any order.
   *
   * @throws IOException when one could not be read; the others are not waited for
   */
  void run(Iterator<Read> reads) throws IOException, InterruptedException {
    while (reads.hasNext() || onTheirWay > 0) {
      while (reads.hasNext() && onTheirWay < most) {
        Read next = reads.next();
        ask(next, session.executeAsync(next.rows));
      }
      take();
    }
  }

  private void ask(Read read, CompletionStage<? extends AsyncResultSet> page) {
    onTheirWay++;
    page.whenComplete((rows, failure) -> answers.add(new Answer(read, rows, failure)));
  }

  private void take() throws IOException, InterruptedException {
    Answer answer = answers.poll(patienceNanos, TimeUnit.NANOSECONDS);
    if (answer == null) {
      throw new IOException("no answer from Cassandra, and no word of it from the driver");
    }
    onTheirWay--;
    if (answer.failure != null) {
      String message = answer.failure.getMessage();
      throw new IOException("reading from Cassandra failed: " + message, answer.failure);
    }
    if (answer.page.hasMorePages()) {
      ask(answer.read, answer.page.fetchNextPage());
    }
    answer.page.currentPage().forEach(answer.read.each);
  }
}
