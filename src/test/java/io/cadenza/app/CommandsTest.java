package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final String GOOD =
      """
      listeners { in { url = "tcp://127.0.0.1:2003", into = main } }
      pipelines {
        main {
          block = [ { prefix = "collectd." } ]
          rewrite = [ { old = "_", to = "." } ]
          routes = [
            { name = apps, match { prefix = "app." }, to = [ring, one], continue = true }
            { name = quiet, match { prefix = "quiet." }, to = [blackhole] }
          ]
        }
      }
      clusters {
        one { policy = all, destinations = ["tcp://10.0.0.9:2003"] }
        ring { policy = hash, destinations = ["tcp://10.0.0.1:2003#a", "tcp://10.0.0.2:2003#b"] }
      }
      """;

  @TempDir private Path dir;

  @Test
  void checkSaysThatAllIsWell() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", "-c", file(GOOD));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("ok: 1 listeners, 1 pipelines, 2 clusters, 3 destinations");
    assertThat(run.code()).isZero();
  }

  @Test
  void checkTellsEveryProblemAtOnce() throws IOException {
    String file =
        file(
            """
            listeners {
              in { url = "tpc://127.0.0.1:2003", into = main }
              other { url = "tcp://127.0.0.1:2013", into = mian, idle-timout = 5s }
            }
            pipelines {
              main {
                validate = hard
                block = [ { regex = "(" } ]
                routes = [ { match { prefx = a }, to = [wun, one] } ]
              }
            }
            clusters { one { policy = al, replicas = 0, destinations = ["tcp://h:1"] } }
            shutdown { deadline = 5 }
            """);

    CommandLineRun run = CommandLineRun.of("check", "-c", file);

    assertThat(run.code()).isOne();
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .anySatisfy(line -> problem(line, "listeners.in.url", "tpc", ":2)"))
        .anySatisfy(line -> problem(line, "listeners.other.into", "\"mian\" is no pipeline", ":3)"))
        .anySatisfy(line -> problem(line, "listeners.other.idle-timout", "idle-timeout", ":3)"))
        .anySatisfy(line -> problem(line, "pipelines.main.validate", "medium", ":7)"))
        .anySatisfy(line -> problem(line, "pipelines.main.block[0].regex", "(", ":8)"))
        .anySatisfy(line -> problem(line, "routes[0].match.prefx", "prefix", ":9)"))
        .anySatisfy(line -> problem(line, "pipelines.main.routes[0].to[0]", "\"wun\"", ":9)"))
        .anySatisfy(line -> problem(line, "clusters.one.policy", "first-match", ":12)"))
        .anySatisfy(line -> problem(line, "clusters.one.replicas", "1", ":12)"))
        .anySatisfy(line -> problem(line, "shutdown.deadline", "5s", ":13)"))
        .hasSize(10);
  }

  private static void problem(String line, String path, String says, String where) {
    assertThat(line).contains(path + ": ").contains(says).endsWith(where);
  }

  @Test
  void checkSaysThatThereIsNoSuchFile() {
    CommandLineRun run = CommandLineRun.of("check", "-c", dir.resolve("none.conf").toString());

    assertThat(run.err()).contains("none.conf: there is no such file");
    assertThat(run.code()).isOne();
  }

  @Test
  void checkWarnsOfARingThatIsNotWhatItSeems() throws IOException {
    String file =
        file(
            """
            clusters { ring { policy = hash, replicas = 2,
              destinations = ["tcp://10.0.0.1:1#a", "tcp://10.0.0.1:2#b"] } }
            """);

    CommandLineRun run = CommandLineRun.of("check", "-c", file);

    assertThat(run.out()).contains("warning: clusters.ring: ");
    assertThat(run.code()).isZero();
  }

  @Test
  void routeSaysWhereAKeyGoesAndWhy() throws IOException {
    CommandLineRun run = CommandLineRun.of("route", "-c", file(GOOD), "--json", "app_x");

    JsonObject told = new JsonObject(run.out());
    assertThat(told.getString("key")).isEqualTo("app_x");
    assertThat(told.getJsonArray("sent"))
        .isEqualTo(new JsonArray().add("tcp://10.0.0.1:2003#a").add("tcp://10.0.0.9:2003"));
    assertThat(told.getString("dropped")).isNull();
    assertThat(told.containsKey("dropped")).isTrue();
    assertThat(told.getJsonArray("steps"))
        .isEqualTo(
            new JsonArray()
                .add("rewrite [main] text \"_\" to \".\" gives app.x")
                .add("route [main] apps: prefix \"app.\" to [ring, one]")
                .add("cluster [ring] tcp://10.0.0.1:2003#a")
                .add("cluster [one] tcp://10.0.0.9:2003"));
  }

  @Test
  void routeSaysWhyAKeyGoesNowhere() throws IOException {
    CommandLineRun run =
        CommandLineRun.withInput(
            "collectd.x\nquiet.x\nother\napp.x nan 1\n", "route", "-c", file(GOOD), "--json");

    assertThat(run.out().lines().map(line -> new JsonObject(line).getString("dropped")))
        .containsExactly("blocked", "blackhole", "unrouted", "invalid: nan");
  }

  @Test
  void routeSpeaksToPeopleToo() throws IOException {
    CommandLineRun run = CommandLineRun.of("route", "-c", file(GOOD), "quiet.x");

    assertThat(run.out())
        .isEqualTo(
            """
            quiet.x
              route [main] quiet: prefix "quiet." to [blackhole]
              dropped: blackhole
              => dropped
            """);
  }

  @Test
  void routeNamesThePipelinesItKnows() throws IOException {
    CommandLineRun run = CommandLineRun.of("route", "-c", file(GOOD), "--pipeline", "nain", "x");

    assertThat(run.err()).isEqualToIgnoringNewLines("no pipeline nain; known: main");
    assertThat(run.code()).isOne();
  }

  @Test
  void ringShowsWhatEachDestinationGets() throws IOException {
    CommandLineRun run = CommandLineRun.of("ring", "-c", file(GOOD), "--points");

    assertThat(run.out())
        .contains("ring: carbon_ch, 2 destinations, 200 points, 1 replicas")
        .contains("tcp://10.0.0.1:2003#a");
    assertThat(run.out().lines().filter(line -> line.matches("\\d+\ttcp://10.*#[ab]")))
        .hasSize(200);
    assertThat(run.code()).isZero();
  }

  @Test
  void ringAndRouteTellByWhichKeysARingGoes() throws IOException {
    String conf =
        file(
            GOOD.replace("policy = hash,", "policy = hash, aggregated-by = rules,")
                .replace(
                    "pipelines {",
                    "pipelines { rules { aggregate = [ { input = \"app.*.<x>\", to = \"app.<x>\" } ],"
                        + " routes = [ { to = [one] } ] }"));

    assertThat(CommandLineRun.of("ring", "-c", conf).out())
        .contains("  by the keys that the rules of rules make");
    assertThat(CommandLineRun.of("route", "-c", conf, "app.host1.cpu").out())
        .contains("aggregated-by [ring] app.cpu");
  }

  @Test
  void ringSaysThatThereIsNone() throws IOException {
    CommandLineRun run = CommandLineRun.of("ring", "-c", file(GOOD), "--cluster", "one");

    assertThat(run.err()).isEqualToIgnoringNewLines("no cluster one with policy = hash");
    assertThat(run.code()).isOne();
  }

  @Test
  void versionTellsItself() {
    CommandLineRun run = CommandLineRun.of("--version");

    assertThat(run.out()).startsWith("cadenza ");
    assertThat(run.code()).isZero();
  }

  @Test
  void helpNamesEveryCommand() {
    CommandLineRun run = CommandLineRun.of("--help");

    assertThat(run.out()).contains("run", "check", "route", "ring", "echo", "blast");
    assertThat(run.code()).isZero();
  }

  @Test
  void runRefusesInstancesThatAreNoNumber() throws IOException {
    CommandLineRun run = CommandLineRun.of("run", "-c", file(GOOD), "--instances", "in=many");

    assertThat(run.err()).contains("--instances: \"many\" is no number from 1 to 256");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void runRefusesInstancesOfAListenerThatIsNotThere() throws IOException {
    CommandLineRun run = CommandLineRun.of("run", "-c", file(GOOD), "--instances", "on=2");

    assertThat(run.err()).contains("--instances: no listener on; known: [in]");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void anUnknownCommandIsNoCrash() {
    CommandLineRun run = CommandLineRun.of("rnu");

    assertThat(run.err()).contains("rnu").contains("run").doesNotContain("Exception");
    assertThat(run.code()).isEqualTo(2);
  }

  private String file(String text) throws IOException {
    return Files.writeString(dir.resolve("relay.conf"), text).toString();
  }
}
