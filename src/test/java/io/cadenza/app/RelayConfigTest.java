package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.config.Configuration;
import org.junit.jupiter.api.Test;

class RelayConfigTest {
  @Test
  void refusesADestinationThatIsItsOwnListener() {
    assertProblems(
        """
        listeners { in { url = "tcp://0.0.0.0:2003", into = main } }
        pipelines { main { routes = [ { to = [self] } ] } }
        clusters { self { policy = all, destinations = ["tcp://127.0.0.1:2003"] } }
        """,
        "listeners.in.into: the lines of this listener come back to it: a destination behind"
            + " \"main\" is this address (test:1)");
  }

  @Test
  void refusesListenersWithTheSameAddress() {
    assertProblems(
        """
        listeners {
          lines { url = "tcp://0.0.0.0:2003", into = main }
          pickle { url = "tcp://127.0.0.1:2003", format = pickle, into = main }
          web { url = "http://0.0.0.0:2003", into = main }
          udp { url = "udp://0.0.0.0:2003", into = main }
          file { url = "unix:///run/a", into = main }
          again { url = "unix:///run/a", into = main }
        }
        pipelines { main { routes = [ { to = [blackhole] } ] } }
        """,
        "listeners.pickle.url: is the address of the listener lines already (test:3)",
        "listeners.web.url: is the address of the listener lines already (test:4)",
        "listeners.web.url: is the address of the listener pickle already (test:4)",
        "listeners.again.url: is the address of the listener file already (test:7)");
  }

  @Test
  void refusesLinesThatAnAccumulatorCouldNotRead() {
    assertProblems(
        """
        listeners { in { url = "tcp://0.0.0.0:2003", format = statsd, into = sums } }
        pipelines {
          sums {
            aggregate = [ { regex = a, to = b } ]
            routes = [ { to = [first] } ]
          }
          first { accumulate { format = statsd, into = [second] } }
          second { routes = [ { to = [third] } ] }
          third { accumulate { format = statsd, output = statsd, into = [fourth] } }
          fourth { accumulate { format = graphite, into = blackhole } }
        }
        """,
        "listeners.in.format: \"statsd\" is not what the aggregation rules of the pipeline sums read,"
            + " which is graphite (test:1)",
        "pipelines.first.accumulate.output: \"graphite\" is not what the accumulator of the"
            + " pipeline third reads, which is statsd (test:7)",
        "pipelines.third.accumulate.output: \"statsd\" is not what the accumulator of the"
            + " pipeline fourth reads, which is graphite (test:9)");
  }

  @Test
  void tellsWhatIsWrongOfAnAggregationWithoutRules() {
    assertProblems(
        "pipelines { main { aggregation { shards = -1 }, routes = [ { to = [blackhole] } ] } }",
        "pipelines.main.aggregation.shards: -1 is not a whole number from 0 to 256 (test:1)");
  }

  @Test
  void refusesRollupsOfOneResolution() {
    assertProblems(
        """
        pipelines { main { accumulate {
          format = graphite, into = blackhole, times = [1s], rollups-into = blackhole
        } } }
        """,
        "pipelines.main.accumulate.rollups-into: gets nothing: times has no bins coarser than the"
            + " first; give some (test:2)");
  }

  @Test
  void tellsOfAWrongTemplateWhereItIsWritten() {
    assertProblems(
        """
        pipelines { main {
          rewrite = [
            { regex = "(a)", to = "$2" }
            { regex = "(a", to = x }
            { regex = a, to = x, not = "/(b/" }
          ]
          routes = [ { to = [blackhole] } ]
        } }
        """,
        "pipelines.main.rewrite[0].to: \"$2\": unknown group 2 ((a) has 1 group) at position 0"
            + " (test:3)",
        "pipelines.main.rewrite[1].regex: \"(a\": group without closing ) at position 0 (test:4)",
        "pipelines.main.rewrite[2].not: \"(b\": group without closing ) at position 0 (test:5)");
  }

  @Test
  void refusesListenersThatFeedEachOther() {
    assertProblems(
        """
        listeners {
          one { url = "tcp://127.0.0.1:2003", into = a }
          two { url = "tcp://127.0.0.1:2013", into = b }
        }
        pipelines {
          a { routes = [ { to = [next] } ] }
          next { routes = [ { to = [two] } ] }
          b { routes = [ { to = [one] } ] }
        }
        clusters {
          one { policy = all, destinations = ["tcp://localhost:2003"] }
          two { policy = all, destinations = ["tcp://127.0.0.1:2013"] }
        }
        """,
        "listeners.one.into: the lines of this listener come back to it: a destination behind"
            + " \"a\" is this address (test:2)",
        "listeners.two.into: the lines of this listener come back to it: a destination behind"
            + " \"b\" is this address (test:3)");
  }

  @Test
  void takesAListenerThatFeedsAnotherOne() {
    RelayConfig config =
        read(
            """
            listeners {
              one { url = "tcp://127.0.0.1:2003", into = a }
              two { url = "tcp://127.0.0.1:2013", into = b }
            }
            pipelines {
              a { routes = [ { to = [two] } ] }
              b { routes = [ { to = [blackhole] } ] }
            }
            clusters { two { policy = all, destinations = ["tcp://127.0.0.1:2013"] } }
            """);

    assertThat(config.listeners()).hasSize(2);
    assertThat(config.destinations()).containsOnlyKeys("two/127.0.0.1:2013");
  }

  @Test
  void takesTheSamePortOfAnotherHost() {
    RelayConfig config =
        read(
            """
            listeners { in { url = "tcp://127.0.0.1:2003", into = main } }
            pipelines { main { routes = [ { to = [far] } ] } }
            clusters { far { policy = all, destinations = ["tcp://10.0.0.1:2003"] } }
            """);

    assertThat(config.destinations()).hasSize(1);
  }

  @Test
  void refusesAnAdminThatAnyoneCanReach() {
    assertProblems(
        "admin { listen = \"0.0.0.0:6061\" }",
        "admin.listen: is not on loopback: set a token, or listen on 127.0.0.1, behind a proxy"
            + " (test:1)");
  }

  @Test
  void refusesAShellThatAnyoneCanReach() {
    assertProblems(
        "shell { listen = \"0.0.0.0:6062\" }",
        "shell.listen: is not on loopback: set a token, or listen on 127.0.0.1 (test:1)");
    assertThat(read("shell { listen = \"0.0.0.0:6062\", token = t }").shell().listen()).isPresent();
  }

  @Test
  void refusesAShellOnAnAddressThatIsTaken() {
    String listener = "listeners { in { url = \"tcp://0.0.0.0:6062\", into = main } }\n";
    assertProblems(
        listener
            + "pipelines { main {} }, admin { listen = \"127.0.0.1:6062\" }\n"
            + "shell { listen = \"127.0.0.1:6062\" }",
        "shell.listen: is the address of the admin already (test:3)",
        "shell.listen: is the address of the listener in already (test:3)");
  }

  @Test
  void takesNoShellForAnAnswer() {
    assertThat(read("shell.listen = null").shell().listen()).isEmpty();
  }

  @Test
  void takesDefaultsOfTheOperatorForAllEntries() {
    RelayConfig config =
        read(
            """
            defaults { destination { queue = 1MiB }, listener { max-line = 1KiB } }
            listeners { in { url = "tcp://127.0.0.1:2003", into = main } }
            pipelines { main { routes = [ { to = [far] } ] } }
            clusters { far { policy = all, destinations = [
              "tcp://10.0.0.1:2003", { url = "tcp://10.0.0.2:2003", queue = 2MiB } ] } }
            """);

    assertThat(config.listeners().get(0).maxLine()).isEqualTo(1024);
    assertThat(config.destinations().get("far/10.0.0.1:2003").queue()).isEqualTo(1 << 20);
    assertThat(config.destinations().get("far/10.0.0.2:2003").queue()).isEqualTo(2 << 20);
  }

  private static RelayConfig read(String text) {
    return RelayConfig.read(Configuration.read(text, "test"));
  }

  private static void assertProblems(String text, String... messages) {
    assertThatThrownBy(() -> read(text)).hasMessage(String.join("\n", messages));
  }
}
