package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.cadenza.spool.Loss;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SpoolLossesTest {
  private long now = 1000;

  @Test
  void tellsFirstAndThenOnceAPeriod() {
    DestinationMeters meters =
        new DestinationMeters(new Meters(new SimpleMeterRegistry()), "out/a:1");
    SpoolLosses losses = new SpoolLosses("out/a:1", meters, () -> Instant.ofEpochMilli(now));
    Logger log = (Logger) LoggerFactory.getLogger(SpoolLosses.class);
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    log.addAppender(told);
    log.setLevel(Level.WARN);
    log.setAdditive(false);
    try {
      losses.lost(Loss.FULL, 5);
      losses.lost(Loss.FULL, 7);
      losses.lost(Loss.DAMAGED, 1);
      now += 20_000;
      losses.lost(Loss.FULL, 8);
    } finally {
      log.detachAppender(told);
      log.setLevel(null);
      log.setAdditive(true);
    }

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "spool of out/a:1 dropped 5 line(s): spool-full",
            "spool of out/a:1 dropped 15 line(s): spool-full");
    assertThat(meters.dropped("spool-full").sum()).isEqualTo(20);
    assertThat(meters.dropped("spool-damaged").sum()).isEqualTo(1);
  }
}
