package io.cadenza.writer.mysql;

import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.writer.Fingerprint;
import io.cadenza.writer.Refusals;
import io.cadenza.writer.mysql.Portions.Portion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes batches portion by portion, each in a transaction. A batch that failed is gone on with at
 * the portion that did; what the ledger says of that one decides whether it is written again, so
 * that points that are merged are merged once.
 */
final class MysqlWriter implements MetricWriter {
  /** Statements of a transaction. */
  private static final int STATEMENTS = 10;

  private final MysqlConfig config;
  private final Session session;
  private final Tables tables;
  private final Ledger ledger;

  /** The batch that failed, and how many portions of it are there; none when the last did not. */
  private boolean unfinished;

  private long unfinishedPrint;
  private int done;

  /** Whether the portion that failed was about to be committed. */
  private boolean unknown;

  /** What tables could not take, of the portions that are there and of the one that failed. */
  private Refusals refusedRows = new Refusals();

  private Refusals refusedOfUnknown;
  private boolean closed;

  MysqlWriter(MysqlConfig config, Session session, InstantSource clock) {
    this.config = config;
    this.session = session;
    this.tables = new Tables(session, config);
    this.ledger = new Ledger(session, config, clock);
  }

  @Override
  public void write(PointBatch batch, Verdicts verdicts) throws Exception {
    if (closed) {
      throw new IOException("closed");
    }
    if (!unfinished || unfinishedPrint != Fingerprint.of(batch)) {
      startOver();
    }
    Refusals refusals = new Refusals();
    try {
      write(batch, refusals);
    } catch (Exception failed) {
      unfinished = true;
      unfinishedPrint = Fingerprint.of(batch);
      session.drop();
      tables.forget();
      throw failed;
    }
    unfinished = false;
    refusals.add(refusedRows);
    refusals.tell(verdicts);
  }

  private void startOver() throws Exception {
    if (unknown && isThere()) {
      ledger.advance();
    }
    unknown = false;
    done = 0;
    refusedRows = new Refusals();
  }

  private void write(PointBatch batch, Refusals refusals) throws Exception {
    int finest = config.retentions().get(0).step();
    Portions portions = Portions.of(batch, finest, step -> tables.of(step).longestKey(), refusals);
    List<Portion> all = portions.cut(STATEMENTS * config.batchCount());
    for (; done < all.size(); done++) {
      if (unknown && isThere()) {
        committed(true, refusedOfUnknown);
      } else {
        write(batch, portions, all.get(done));
      }
    }
  }

  /** Whether the portion is there whose commit was not answered. */
  private boolean isThere() throws Exception {
    session.query("START TRANSACTION");
    boolean there = ledger.hasNext();
    session.query("ROLLBACK");
    return there;
  }

  private void write(PointBatch batch, Portions portions, Portion portion) throws Exception {
    unknown = false;
    Table table = tables.of(portion.step());
    if (portion.merges()) {
      ledger.prepare(tables);
    }
    session.query("START TRANSACTION");
    if (portion.merges()) {
      ledger.note();
    }
    Refusals refused =
        new Inserts(session, config.batchCount(), table, batch, portions, portion).put();
    unknown = portion.merges();
    refusedOfUnknown = refused;
    session.query("COMMIT");
    committed(portion.merges(), refused);
  }

  private void committed(boolean merges, Refusals refused) {
    unknown = false;
    refusedRows.add(refused);
    if (merges) {
      ledger.advance();
    }
  }

  @Override
  public void close() {
    closed = true;
    session.close();
  }
}
