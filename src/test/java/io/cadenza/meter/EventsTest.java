package io.cadenza.meter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class EventsTest {
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final InstantSource still = InstantSource.fixed(Instant.ofEpochMilli(42));
  private final Events events = new Events(meters, still, 3);

  @Test
  void keepsTheLastOnesInOrderAndCountsAll() {
    for (String text : List.of("a", "b", "c", "d")) {
      events.add(Level.INFO, "went", "x", text);
    }

    assertThat(events.all()).extracting(Events.Event::text).containsExactly("b", "c", "d");
    assertThat(events.all().get(0).millis()).isEqualTo(42);
    assertThat(figure("went", "count")).isEqualTo(4);
    assertThat(figure("all", "kept")).isEqualTo(3);
    assertThat(figure("all", "limit")).isEqualTo(3);
  }

  @Test
  void isALineOfTheLogAtItsLevel() {
    Logger log = (Logger) LoggerFactory.getLogger("cadenza.events");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    log.setLevel(ch.qos.logback.classic.Level.INFO);
    log.setAdditive(false);
    try {
      events.add(Level.WARN, "went", "x", "x went {} away");
    } finally {
      log.detachAppender(lines);
      log.setLevel(null);
      log.setAdditive(true);
    }

    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.get(0).getFormattedMessage()).isEqualTo("x went {} away");
    assertThat(lines.list.get(0).getLevel()).isEqualTo(ch.qos.logback.classic.Level.WARN);
  }

  @Test
  void losesNoneOfSeveralThreads() {
    Events many = new Events(meters, still, 10_000);

    IntStream.range(0, 4000)
        .parallel()
        .forEach(i -> many.add(Level.DEBUG, "many", "x", String.valueOf(i)));

    assertThat(many.all()).hasSize(4000);
    assertThat(figure("many", "count")).isEqualTo(4000);
  }

  @SuppressWarnings("unchecked")
  private long figure(String name, String figure) {
    return ((Map<String, Map<String, Long>>) meters.snapshot().get("events")).get(name).get(figure);
  }
}
