package io.cadenza.writer.kafka;

import io.cadenza.store.KeyText;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import io.cadenza.store.Retention;
import io.cadenza.store.Retentions;
import io.cadenza.writer.Fingerprint;
import io.cadenza.writer.Refusals;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends a message for each point and waits until all are acknowledged. With acks = all a point is
 * there once whatever fails meanwhile, as long as this process lives.
 */
final class KafkaWriter implements MetricWriter {
  private static final long LAST_SECOND = Long.MAX_VALUE / Messages.NANOS;
  private static final String TOO_LARGE = "too-large";

  private final KafkaConfig config;
  private final Sender sender;
  private final Messages messages;
  private final InstantSource clock;

  /** What is left of the batch that failed; null when the last one did not. */
  private Sending unfinished;

  private long unfinishedPrint;

  KafkaWriter(KafkaConfig config, Sender sender, Messages messages, InstantSource clock) {
    this.config = config;
    this.sender = sender;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public void write(PointBatch batch, Verdicts verdicts) throws Exception {
    Producer<byte[], byte[]> producer = sender.producer();
    Sending sending = sending(batch);
    Refusals refusals = new Refusals();
    boolean done = false;
    try {
      send(batch, producer, sending, refusals);
      done = true;
    } finally {
      if (!done) {
        unfinished = sending;
        unfinishedPrint = Fingerprint.of(batch);
        if (sending.failedForGood()) {
          sender.renew();
        }
      }
    }
    tellTooLarge(batch, sending, refusals);
    refusals.tell(verdicts);
  }

  private Sending sending(PointBatch batch) {
    Sending before = unfinished;
    unfinished = null;
    if (before == null || unfinishedPrint != Fingerprint.of(batch)) {
      return new Sending(batch.points(), config.batchCount());
    }
    before.again();
    return before;
  }

  private void send(
      PointBatch batch, Producer<byte[], byte[]> producer, Sending sending, Refusals refusals)
      throws IOException, InterruptedException {
    long deadline = Sending.deadline(config.writeTimeout());
    for (int s = 0; s < batch.series(); s++) {
      if (KeyText.of(batch.key(s)) == null) {
        refusals.series(s, Refusals.BAD_NAME);
        continue;
      }
      int step = batch.step(s) == 0 ? config.retentions().get(0).step() : batch.step(s);
      long ttl = batch.ttl(s) == 0 ? ttl(step) : batch.ttl(s);
      byte[] messageKey = messages.messageKey(batch.key(s));
      for (int p = batch.first(s); p < batch.end(s); p++) {
        if (Math.abs(batch.time(p)) > LAST_SECOND) {
          refusals.point(s, Refusals.OUT_OF_RANGE);
        } else if (sending.isUnsent(p)) {
          byte[] message = messages.metric(batch, s, p, step, ttl, now(clock));
          var what = new ProducerRecord<>(config.metricTopic(), messageKey, message);
          sending.send(producer, p, what, deadline);
        }
      }
    }
    sending.await(deadline);
  }

  private long ttl(int step) {
    return Retentions.withStep(config.retentions(), step).map(Retention::seconds).orElse(0L);
  }

  /** Nanoseconds since 1970. */
  static long now(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * Messages.NANOS + now.getNano();
  }

  private static void tellTooLarge(PointBatch batch, Sending sending, Refusals refusals) {
    for (int s = 0; s < batch.series(); s++) {
      for (int p = batch.first(s); p < batch.end(s); p++) {
        if (sending.isRefused(p)) {
          refusals.point(s, TOO_LARGE);
        }
      }
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
