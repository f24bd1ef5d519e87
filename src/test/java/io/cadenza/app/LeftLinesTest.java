package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.config.Configuration;
import io.cadenza.line.LineRun;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.spool.Spool;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolRoom;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftLinesTest {
  @TempDir private Path dir;

  @Test
  void tellsOfDestinationsThatAreNoMore() throws IOException {
    fill("old/10.0.0.1:1");
    fill("out/10.0.0.1:1");

    assertThat(told("spool"))
        .singleElement()
        .asString()
        .contains("1 lines wait on disk for old/10.0.0.1:1")
        .contains("spool replay --path '" + dir + "' --to tcp://HOST:PORT 'old/10.0.0.1:1'");
  }

  @Test
  void tellsOfDestinationsThatDoNotSpoolAnyMore() throws IOException {
    fill("out/10.0.0.1:1");

    assertThat(told("block")).singleElement().asString().contains("for out/10.0.0.1:1,");
  }

  @Test
  void leavesOutWhatAProcessWorksOn() throws IOException {
    try (Spool another = open("old/10.0.0.1:1")) {
      append(another);
      assertThat(told("spool")).isEmpty();
    }
  }

  @Test
  void theRelayTellsAtItsStart() throws IOException {
    fill("old/10.0.0.1:1");
    try (WholeRelay relay = WholeRelay.start(text("spool"), "left")) {
      await().until(() -> relay.stats().get("events").toString().contains("spool-left"));
    }
  }

  private List<String> told(String onFull) {
    Events events = new Events(new Meters(new SimpleMeterRegistry()), InstantSource.system(), 10);
    new LeftLines(RelayConfig.read(Configuration.read(text(onFull), "test"))).tell(events);
    return events.all().stream().map(Events.Event::text).toList();
  }

  private String text(String onFull) {
    return """
        spool { path = "%s" }
        admin { listen = "127.0.0.1:0" }
        clusters {
          out { policy = all, destinations = [{ url = "tcp://10.0.0.1:1", on-full = %s }] }
        }
        """
        .formatted(dir, onFull);
  }

  private void fill(String destination) throws IOException {
    try (Spool spool = open(destination)) {
      append(spool);
    }
  }

  private static void append(Spool spool) throws IOException {
    byte[] line = {'l', '\n'};
    spool.append(List.of(new LineRun(line, 0, line.length, 1)));
  }

  private Spool open(String destination) throws IOException {
    SpoolConfig config = RelayConfig.read(Configuration.read(text("spool"), "test")).spool();
    return new SpoolFolder(config, destination, new SpoolRoom(1 << 20), InstantSource.system())
        .create((why, lines) -> {});
  }
}
