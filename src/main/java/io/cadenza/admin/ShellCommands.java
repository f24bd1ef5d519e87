package io.cadenza.admin;

import io.cadenza.admin.StatsdAccumulators.Kind;
import io.cadenza.config.Secret;
import io.cadenza.meter.ShellMeters;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The words that the shell understands: those of node statsd's management interface, answered byte
 * for byte as there, and a few of our own. Each connection asks on its event loop.
 */
final class ShellCommands {
  private static final String HELP =
      "Commands: stats, counters, timers, gauges, delcounters, deltimers, delgauges, health,"
          + " config, quit\n\n";

  private static final String OWN =
      """
      commands: this list
      stats: what the accumulators tell about themselves
      counters, timers, gauges: what they hold, as an object of JavaScript
      delcounters, deltimers, delgauges KEY...: forget keys; PREFIX.* is all that begin with PREFIX.
      health [up|down]: what health checks are told, and what they are told from now on
      config: how the accumulators are configured
      use [NAME|*]: which accumulator the commands on this connection are about; * for all
      token TOKEN: the first command where the shell has a token
      help: what statsd answers
      quit: close this connection
      """;

  private static final String END = "END\n\n";

  /** Commands that do no harm when more of the line follows after all. */
  private static final Set<String> HARMLESS =
      Set.of(
          "help", "stats", "counters", "timers", "gauges", "health", "config", "commands", "quit");

  private final Secret token;
  private final StatsdAccumulators accumulators;
  private final HealthStatus health;
  private final ShellMeters meters;
  private final InstantSource clock;
  private final long started;

  /**
   * @param token what a connection must say first, none for nothing
   * @param started when the process was, in milliseconds since 1970
   */
  ShellCommands(
      Secret token,
      StatsdAccumulators accumulators,
      HealthStatus health,
      ShellMeters meters,
      InstantSource clock,
      long started) {
    this.token = token;
    this.accumulators = accumulators;
    this.health = health;
    this.meters = meters;
    this.clock = clock;
    this.started = seconds(started);
  }

  Session open() {
    return new Session(!token.isGiven());
  }

  /** Whether what has come of a line may be answered though its end has not come. */
  boolean isWhole(Session session, String text) {
    return session.trusted && HARMLESS.contains(text.strip());
  }

  /** Does what a line says; fails when an accumulator does. */
  Future<Answer> run(Session session, String line) {
    meters.commands.increment();
    // As there: blanks around are nothing, and between two blanks is an empty word.
    List<String> words = List.of(line.strip().split(" ", -1));
    String command = words.get(0);
    List<String> arguments = words.subList(1, words.size());
    if (!session.trusted) {
      return Future.succeededFuture(trust(session, command, arguments));
    }
    Holdings held = new Holdings(accumulators, session.chosen(accumulators.names()));
    return switch (command) {
      case "stats" -> held.figures().map(this::stats);
      case "counters" -> held.counters().map(all -> listing(all, Inspect::numbers));
      case "timers" -> held.timers().map(all -> listing(all, Inspect::lists));
      case "gauges" -> held.gauges().map(all -> listing(all, Inspect::numbers));
      case "delcounters" -> delete(held, Kind.COUNTER, arguments);
      case "deltimers" -> delete(held, Kind.TIMER, arguments);
      case "delgauges" -> delete(held, Kind.GAUGE, arguments);
      default -> Future.succeededFuture(answer(session, command, arguments, held));
    };
  }

  /** Those commands that need not wait. */
  private Answer answer(Session session, String command, List<String> arguments, Holdings held) {
    return switch (command) {
      case "help" -> Answer.of(HELP);
      case "health" -> health(arguments);
      case "config" -> config(held.names());
      case "quit" -> Answer.lastly();
      case "commands" -> Answer.of(OWN, END);
      case "use" -> use(session, arguments);
      default -> refused("unknown");
    };
  }

  private Answer refused(String reason) {
    meters.refused(reason).increment();
    return Answer.error();
  }

  /** Nothing is told to who does not know the token, and he is hung up on. */
  private Answer trust(Session session, String command, List<String> arguments) {
    session.trusted =
        command.equals("token") && arguments.size() == 1 && token.matches(arguments.get(0));
    if (session.trusted) {
      return Answer.of("token: ok\n");
    }
    meters.refused("token").increment();
    return Answer.lastly("ERROR\n");
  }

  private Answer health(List<String> arguments) {
    String wanted = arguments.isEmpty() ? "" : arguments.get(0).toLowerCase(Locale.ROOT);
    if (wanted.equals("up") || wanted.equals("down")) {
      health.set(wanted.equals("up"));
    }
    return Answer.of("health: " + health + "\n");
  }

  private Answer use(Session session, List<String> arguments) {
    List<String> names = accumulators.names();
    String name = arguments.isEmpty() ? session.used : arguments.get(0);
    if (!arguments.isEmpty() && !name.equals(Session.ALL) && !names.contains(name)) {
      return refused("unknown");
    }
    session.used = name;
    return Answer.of("using: " + name + "\naccumulators: " + String.join(", ", names) + "\n", END);
  }

  private Answer config(List<String> names) {
    List<String> pieces = new ArrayList<>();
    pieces.add("\n");
    for (String name : names) {
      pieces.add("accumulator: " + name + "\n");
      accumulators.config(name).forEach(part -> pieces.add(ConfigText.of(part)));
    }
    return Answer.of(pieces.toArray(String[]::new));
  }

  private Answer stats(StatsdFigures of) {
    long now = seconds(clock.millis());
    long message = of.lastMessage() > 0 ? of.lastMessage() : started;
    long flush = of.lastFlush() > 0 ? of.lastFlush() : started;
    return Answer.of(
        "uptime: " + (now - started) + "\n",
        "messages.last_msg_seen: " + (now - message) + "\n",
        "messages.bad_lines_seen: " + of.badLines() + "\n",
        "graphite.last_flush: " + (now - flush) + "\n",
        // As there: where there was none, how long ago 1970 is.
        "graphite.last_exception: " + (now - of.lastException()) + "\n",
        "graphite.flush_time: " + of.flushMillis() + "\n",
        "graphite.flush_length: " + of.flushLength() + "\n",
        END);
  }

  /** As there: rounded, not cut. */
  private static long seconds(long millis) {
    return Math.round(millis / 1000.0);
  }

  private static <T> Answer listing(
      Map<String, T> all, Function<Map<String, T>, Iterator<String>> print) {
    Iterator<String> object = print.apply(all);
    return new Answer(
        new Iterator<>() {
          private boolean ended;

          @Override
          public boolean hasNext() {
            return !ended;
          }

          @Override
          public String next() {
            ended = !object.hasNext();
            return ended ? "\n" + END : object.next();
          }
        },
        false);
  }

  private static Future<Answer> delete(Holdings held, Kind kind, List<String> keys) {
    return held.delete(kind, keys).map(deleted -> deleted(keys, deleted));
  }

  private static Answer deleted(List<String> keys, List<Set<String>> deleted) {
    Stream<String> told =
        Stream.iterate(0, i -> i < keys.size(), i -> i + 1)
            .flatMap(
                i ->
                    deleted.get(i).isEmpty()
                        ? Stream.of("metric " + keys.get(i) + " not found\n")
                        : deleted.get(i).stream().map(key -> "deleted: " + key + "\n"));
    return new Answer(Stream.concat(told, Stream.of(END)).iterator(), false);
  }
}
