package io.cadenza.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What node statsd's management port was asked and answered, asked of the shell. */
class ShellVectorsTest {
  private static final Path RECORDED = Path.of("src/test/resources/vectors/statsd/statsd.json");

  private ShellRig rig;

  /** As the recording says. */
  @BeforeEach
  void start() throws Exception {
    rig = new ShellRig("");
    ScriptedAccumulators.Held held = rig.accumulators.add("stats");
    held.counters.put("statsd.bad_lines_seen", 1.0);
    held.counters.put("statsd.packets_received", 11.0);
    held.counters.put("statsd.metrics_received", 11.0);
    held.counters.put("a.b", 1.0);
    held.counters.put("a.c", 2.0);
    held.counters.put("a.c.d", 3.0);
    held.counters.put("ab", 4.0);
    held.timers.put("t.one", TimerValues.of(5, 7));
    held.timers.put("t.two", TimerValues.of(9));
    held.gauges.put("g.x", 1.0);
    held.gauges.put("g.y", 2.0);
    held.figures = new StatsdFigures(ShellRig.NOW - 2, 1, 0, 0, 0, 0);
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  /** Without what is ours to differ in: the keys of config, and two commands in one packet. */
  @Test
  void areAnsweredByteForByte() throws Exception {
    List<JsonObject> all =
        new JsonObject(Files.readString(RECORDED))
            .getJsonObject("management").getJsonArray("transcript").stream()
                .map(JsonObject.class::cast)
                .toList();
    int compared = 0;
    for (JsonObject entry : all) {
      String sent = entry.getString("send");
      if (!sent.equals("config\n") && !sent.equals("health\ncounters\n")) {
        compare(sent, entry.getString("reply"), entry.getBoolean("serverClosed"));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(all.size() - 2).isGreaterThan(30);
  }

  private void compare(String sent, String reply, boolean closes) throws Exception {
    try (ShellClient client = rig.dial()) {
      client.send(sent);

      assertThat(client.read(reply)).as(sent).isEqualTo(reply);
      assertThat(closes ? client.toEnd() : client.rest()).as(sent).isEmpty();
    }
  }
}
