package io.cadenza.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shell as its users see it, over a socket. */
class ShellTest {
  private static final String HEALTH = "health: up\n";
  private static final String END = "END\n\n";

  private ShellRig rig;

  private ShellRig start(String more) throws Exception {
    rig = new ShellRig(more);
    return rig;
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  @Test
  void doesCommandsOfOnePacketOneAfterTheOther() throws Exception {
    start("").accumulators.add("stats").counters.put("a", 1.0);

    assertThat(rig.ask("health\r\ncounters\ndelcounters a\r\ncounters\nnonsense\n"))
        .isEqualTo(HEALTH + "{ a: 1 }\n" + END + "deleted: a\n" + END + "{}\n" + END + "ERROR\n");
  }

  @Test
  void putsACommandTogetherThatComesInPieces() throws Exception {
    start("").accumulators.add("stats").counters.put("a.b.c", 1.0);
    rig.accumulators.add("stats").counters.put("a.b", 1.0);
    try (ShellClient client = rig.dial()) {
      client.socket.setTcpNoDelay(true);
      for (char c : "delcounters a.b.c\nheal".toCharArray()) {
        client.send(String.valueOf(c));
      }
      String deleted = "deleted: a.b.c\n" + END;
      assertThat(client.read(deleted)).isEqualTo(deleted);
      client.send("th\n");

      assertThat(client.read(HEALTH)).isEqualTo(HEALTH);
      assertThat(rig.ask("counters\n")).startsWith("{ 'a.b': 1 }");
    }
  }

  /** A key that is cut off by a pause is not the key. */
  @Test
  void waitsForTheEndOfACommandThatChangesSomething() throws Exception {
    start("").accumulators.add("stats").counters.put("a", 1.0);
    try (ShellClient client = rig.dial();
        ShellClient other = rig.dial()) {
      client.send("delcounters a");
      other.send("health"); // Is taken for whole after a while, and the other would have been, too.
      assertThat(other.read(HEALTH)).isEqualTo(HEALTH);
      client.send("b\n");

      String not = "metric ab not found\n" + END;
      assertThat(client.read(not)).isEqualTo(not);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void doesTheLastCommandAtTheEndOfTheStream() throws Exception {
    start("").accumulators.add("stats").gauges.put("g", -0.0);

    assertThat(rig.ask("gauges\ndelgauges g"))
        .isEqualTo("{ g: -0 }\n" + END + "deleted: g\n" + END);
  }

  @Test
  void answersTenThousandCommandsAtOnce() throws Exception {
    start("").accumulators.add("stats").counters.put("a", 1.0);
    int times = 10_000;

    assertThat(rig.ask("health\n".repeat(times))).isEqualTo(HEALTH.repeat(times));
    assertThat(rig.ask("counters\n".repeat(times))).isEqualTo(("{ a: 1 }\n" + END).repeat(times));
    assertThat(rig.figure("commands")).isEqualTo(2L * times);
  }

  @Test
  void holdsNoMoreThanOneAnswerForWhoDoesNotRead() throws Exception {
    ScriptedAccumulators.Held held = start("").accumulators.add("stats");
    for (int i = 0; i < 50_000; i++) {
      held.counters.put("some.key.that.is.rather.long." + i, (double) i);
    }
    try (ShellClient slow = rig.dial()) {
      slow.send("counters\n".repeat(500));
      assertThat(rig.ask("health\n")).isEqualTo(HEALTH);
      await().until(() -> rig.figure("commands") >= 3);
      assertThat(rig.figure("commands")).isLessThan(20);

      String one = rig.ask("counters\n");
      assertThat(one).endsWith("long.49999': 49999\n}\n" + END);
      assertThat(slow.read(one.repeat(20))).isEqualTo(one.repeat(20));
    }
    await().until(() -> rig.figure("connections") == 0);
  }

  @Test
  void refusesALineWithoutEnd() throws Exception {
    start("");
    try (ShellClient client = rig.dial()) {
      client.send("x".repeat(1 << 20));
      client.send("counters\nhealth\n");

      assertThat(client.rest()).isEqualTo("ERROR\n" + HEALTH);
      assertThat(rig.figure("refused", "too-long")).isOne();
    }
  }

  @Test
  void takesALineOfSixtyFourKibibytesAndNoMore() throws Exception {
    start("");
    String longest = "x".repeat(CommandLines.LONGEST - "delcounters ".length());

    assertThat(rig.ask("delcounters " + longest + "\n" + "delcounters x" + longest + "\n"))
        .isEqualTo("metric " + longest + " not found\n" + END + "ERROR\n");
  }

  @Test
  void surviveJunk() throws Exception {
    start("");
    byte[] junk = new byte[1 << 20];
    new Random(1).nextBytes(junk);
    try (ShellClient client = rig.dial()) {
      client.send(junk);
      client.send("\n");
      String answers = client.rest();

      assertThat(answers.replace("ERROR\n", "")).isEmpty();
      assertThat(answers.length() / "ERROR\n".length()).isEqualTo((int) rig.figure("commands"));
    }
    assertThat(rig.ask("health\n")).isEqualTo(HEALTH);
  }

  @Test
  void letsInSoManyAndNoMore() throws Exception {
    start("max-connections = 2");
    try (ShellClient one = rig.dial();
        ShellClient two = rig.dial()) {
      one.send("health\n");
      two.send("health\n");
      assertThat(one.read(HEALTH) + two.read(HEALTH)).isEqualTo(HEALTH + HEALTH);
      try (ShellClient three = rig.dial()) {
        assertThat(three.toEnd()).isEmpty();
      }
      assertThat(rig.figure("connections-refused")).isOne();
    }
    await().until(() -> rig.figure("connections") == 0);
    assertThat(rig.ask("health\n")).isEqualTo(HEALTH);
  }

  @Test
  void hangsUpOnWhoSaysNothingOrReadsNothing() throws Exception {
    ScriptedAccumulators.Held held = start("idle-timeout = 200ms").accumulators.add("stats");
    for (int i = 0; i < 200_000; i++) {
      held.counters.put("some.key.that.is.rather.long." + i, (double) i);
    }
    try (ShellClient silent = rig.dial();
        ShellClient deaf = rig.dial()) {
      deaf.send("counters\ncounters\n");

      assertThat(silent.toEnd()).isEmpty();
      await().until(() -> rig.figure("connections-idle") == 2);
      await().until(() -> rig.figure("connections") == 0);
    }
  }

  @Test
  void countsConnectionsThatBreak() throws Exception {
    start("").accumulators.add("stats").counters.put("a", 1.0);
    try (ShellClient client = rig.dial()) {
      client.send("counters\n".repeat(1000));
      client.read("{");
      client.socket.setSoLinger(true, 0);
    }

    await().until(() -> rig.figure("connections") == 0);
    assertThat(rig.figure("connections-opened")).isOne();
  }

  @Test
  void asksForTheTokenFirst() throws Exception {
    start("token = \"open sesame\", max-connections = 1");
    for (String wrong :
        List.of("health\n", "token\n", "token open\n", "token open sesame\n", "\n", "help")) {
      assertThat(rig.ask(wrong + "\nhealth\n")).as(wrong).isEqualTo("ERROR\n");
      await().until(() -> rig.figure("connections") == 0);
    }
    assertThat(rig.figure("refused", "token")).isEqualTo(6);
  }

  @Test
  void doesEverythingForWhoHasTheToken() throws Exception {
    start("token = open-sesame");

    assertThat(rig.ask("token open-sesame\r\nhealth down\n"))
        .isEqualTo("token: ok\nhealth: down\n");
    assertThat(rig.ask("health up")).isEqualTo("ERROR\n");
    assertThat(rig.ask("token open-sesame\nhealth\n")).isEqualTo("token: ok\nhealth: down\n");
  }

  @Test
  void tellsOfEachChangeOfHealthOnce() throws Exception {
    start("");
    rig.ask("health down\nhealth DOWN\nhealth\nhealth  up\n");

    assertThat(rig.ask("health\n")).isEqualTo("health: down\n");
    assertThat(rig.events())
        .isEqualTo("[health is told as down from now on: so it was said on the shell]");
  }

  @Test
  void putsSeveralAccumulatorsTogether() throws Exception {
    ScriptedAccumulators.Held one = start("").accumulators.add("one");
    ScriptedAccumulators.Held two = rig.accumulators.add("two");
    one.counters.put("a", 1.0);
    two.counters.put("a", 2.0);
    two.counters.put("b", 3.0);
    one.timers.put("t", TimerValues.of(new double[99]));
    two.timers.put("t", TimerValues.of(7, 7, 7));
    one.gauges.put("g", 1.0);
    two.gauges.put("g", 2.0);
    one.figures = new StatsdFigures(ShellRig.NOW - 5, 1, ShellRig.NOW - 9, 0, 3, 100);
    two.figures = new StatsdFigures(ShellRig.NOW - 7, 2, ShellRig.NOW - 8, ShellRig.NOW, 2, 10);

    assertThat(rig.ask("counters\ngauges\n"))
        .isEqualTo("{ a: 3, b: 3 }\n" + END + "{ g: 2 }\n" + END);
    assertThat(rig.ask("timers\n")).contains("0, 7,").contains("... 2 more items");
    assertThat(rig.ask("stats\n"))
        .isEqualTo(
            """
            uptime: 2
            messages.last_msg_seen: 5
            messages.bad_lines_seen: 3
            graphite.last_flush: 8
            graphite.last_exception: 0
            graphite.flush_time: 3
            graphite.flush_length: 110
            END

            """);
    assertThat(rig.ask("delcounters a b\n")).isEqualTo("deleted: a\ndeleted: b\n" + END);
    assertThat(one.counters).isEmpty();
    assertThat(two.counters).isEmpty();
  }

  @Test
  void isAboutOneAccumulatorWhereThatIsSaid() throws Exception {
    start("").accumulators.add("one").counters.put("a", 1.0);
    rig.accumulators.add("two").counters.put("a", 2.0);
    String both = "\naccumulators: one, two\n" + END;

    assertThat(rig.ask("use two\ncounters\nuse\nuse nobody\nuse *\ncounters\n"))
        .isEqualTo(
            ("using: two" + both + "{ a: 2 }\n" + END)
                + ("using: two" + both + "ERROR\n")
                + ("using: *" + both + "{ a: 3 }\n" + END));
    assertThat(rig.ask("use one\ndelcounters a\n")).endsWith("deleted: a\n" + END);
    assertThat(rig.ask("counters\n")).startsWith("{ a: 2 }");
  }

  @Test
  void hasNothingOfAnAccumulatorThatIsNoMore() throws Exception {
    start("").accumulators.add("one").counters.put("a", 1.0);
    try (ShellClient client = rig.dial()) {
      client.send("use one\n");
      String used = "using: one\naccumulators: one\n" + END;
      assertThat(client.read(used)).isEqualTo(used);
      rig.accumulators.remove("one");
      client.send("counters\ndelcounters a\n");

      assertThat(client.rest()).isEqualTo("{}\n" + END + "metric a not found\n" + END);
    }
  }

  record Threshold(double percent, Optional<String> name) {}

  record Accumulated(
      int percentThreshold,
      Duration flush,
      List<Object> histogram,
      Threshold best,
      Secret token,
      Thread.State onMaxKeys) {}

  @Test
  void tellsHowTheAccumulatorsAreConfigured() throws Exception {
    ScriptedAccumulators.Held held = start("").accumulators.add("stats");
    held.config =
        List.of(
            new ScriptedAccumulators.Configured("text", Duration.ofMillis(1500)),
            new Accumulated(
                90,
                Duration.ofSeconds(60),
                List.of(1.0, "inf"),
                new Threshold(0.5, Optional.empty()),
                Secret.of("hunter2"),
                Thread.State.TIMED_WAITING));

    assertThat(rig.ask("config\n"))
        .isEqualTo(
            """

            accumulator: stats
            note: text
            flush-interval: 1500ms
            percent-threshold: 90
            flush: 60s
            histogram > 0: 1
            histogram > 1: inf
            best > percent: 0.5
            best > name: null
            token: ***
            on-max-keys: timed-waiting
            """);
  }

  @Test
  void goesOnWhenAnAccumulatorFails() throws Exception {
    start("").accumulators.add("stats").gauges.put("broken", 1.0);

    assertThat(rig.ask("gauges\nhealth\n")).isEqualTo("ERROR\n" + HEALTH);
    assertThat(rig.figure("refused", "failed")).isOne();
  }

  @Test
  void listsItsOwnCommandsApart() throws Exception {
    start("");

    assertThat(rig.ask("commands\n")).contains("use [NAME|*]: ", "token TOKEN: ").endsWith(END);
  }
}
