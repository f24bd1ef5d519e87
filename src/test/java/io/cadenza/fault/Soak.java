package io.cadenza.fault;

import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The jar under load for as long as is wished, while destinations stop reading, hang up, reset and
 * go away, and the relay itself is killed, stopped and replaced, at random; the same again with the
 * same seed. Ends with 1 when a promise was broken: {@code bench/soak.sh}.
 */
public final class Soak {
  private static final int KEYS = 100;
  private static final int CONNECTIONS = 4;
  private static final long MOST_MEMORY = 900L << 20;

  private final Path dir;
  private final Random random;
  private final long end;
  private final long began = System.nanoTime();
  private final int tcp = Ports.free();
  private final int http = Ports.free();
  private final int admin = Ports.free();
  private final Sink blocked = new Sink(new Reckoning(CONNECTIONS, KEYS));
  private final Sink spooled = new Sink(new Reckoning(CONNECTIONS, KEYS));
  private final Senders streams = new Senders(KEYS).again();
  private final Senders requests = new Senders(KEYS).again().batch(100);
  private final List<String> command;
  private final long rate;
  private RelayProcess relay;
  private long mostMemory;
  private int kills;
  private int processes = 1;
  private boolean broken;

  private Soak(Path dir, double minutes, long seed, long rate) throws IOException {
    this.dir = dir;
    this.random = new Random(seed);
    this.rate = Math.max(100, rate / (2 * CONNECTIONS));
    end = began + (long) (minutes * 60e9);
    command =
        RelayProcess.command(conf(), "--pid-file", dir.resolve("pid").toString(), "--replace");
  }

  /** Takes minutes, lines a second, and a seed; each may be left out from the last on. */
  public static void main(String[] args) throws Exception {
    double minutes = args.length > 0 ? Double.parseDouble(args[0]) : 10;
    long rate = args.length > 1 ? Long.parseLong(args[1]) : 40_000;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime() % 1_000_000;
    Path dir = Files.createTempDirectory("cadenza-soak");
    System.out.printf(
        "%.1f minutes at %d lines/s, seed %d, files in %s%n", minutes, rate, seed, dir);
    boolean kept = new Soak(dir, minutes, seed, rate).run();
    System.exit(kept ? 0 : 1);
  }

  private boolean run() {
    relay = RelayProcess.start(command, admin);
    try {
      streams.rate(rate).start(CONNECTIONS, Way.tcp(tcp));
      requests.rate(rate).start(CONNECTIONS, Way.http(http));
      while (System.nanoTime() < end) {
        pass(1000 + random.nextInt(3000));
        trouble();
        tell();
      }
      return settle();
    } finally {
      streams.close();
      requests.close();
      relay.close();
      blocked.close();
      spooled.close();
    }
  }

  /** One of what can happen, to its end. */
  private void trouble() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> mood(blocked, "block");
      case 3, 4, 5 -> mood(spooled, "spool");
      case 6 -> kill();
      case 7 -> stopAndStart();
      case 8 -> replace();
      default -> say("nothing");
    }
  }

  private void mood(Sink sink, String name) {
    int millis = 200 + random.nextInt(4000);
    switch (random.nextInt(5)) {
      case 0 -> {
        say(name + " reads nothing for " + millis + " ms");
        sink.pause();
      }
      case 1 -> {
        say(name + " reads slowly for " + millis + " ms");
        sink.slow(20_000 + random.nextInt(200_000));
      }
      case 2 -> {
        say(name + " hangs up");
        sink.hangUp();
      }
      case 3 -> {
        say(name + " resets");
        sink.reset();
      }
      default -> {
        say(name + " is gone for " + millis + " ms");
        sink.goAway();
      }
    }
    pass(millis);
    sink.resume();
    sink.comeBack();
  }

  /** kill -9, when all that was answered is on disk: what is in memory only is not promised. */
  private void kill() {
    say("kill -9 while spooling");
    streams.hold();
    until("streams arrive", () -> blocked.reckoning().arrived() >= streams.total());
    spooled.goAway();
    until("destination is down", () -> at("spool", spooled, "up") == 0);
    long before = requests.total();
    until("spools", () -> requests.total() > before + rate);
    requests.hold();
    until("all is on disk", () -> at("spool", spooled, "queue-lines") == 0);
    relay.kill();
    kills++;
    processes++;
    relay = RelayProcess.start(command, admin);
    spooled.comeBack();
    streams.proceed();
    requests.proceed();
  }

  private void stopAndStart() {
    say("SIGTERM at load");
    check(relay.stop() == 0, "SIGTERM ends with 0");
    processes++;
    relay = RelayProcess.start(command, admin);
  }

  private void replace() {
    say("rolling restart");
    RelayProcess first = relay;
    relay = RelayProcess.start(command, admin);
    processes++;
    check(first.join() == 0, "the one that was replaced ends with 0");
    first.close();
  }

  private boolean settle() {
    say("the end: all is well again");
    streams.stop();
    requests.stop();
    until("block arrives", () -> blocked.reckoning().arrived() >= streams.total());
    until("spool arrives", () -> spooled.reckoning().arrived() >= requests.total());
    judge("block", blocked.reckoning().against(streams.sent()));
    judge("spool", spooled.reckoning().against(requests.sent()));
    tell();
    check(mostMemory < MOST_MEMORY, "memory stays below " + (MOST_MEMORY >> 20) + " MB");
    check(relay.stop() == 0, "ends with 0");
    System.out.println(
        (broken ? "BROKEN" : "kept")
            + ("; killed %d times; largest memory %d MB").formatted(kills, mostMemory >> 20));
    return !broken;
  }

  private void judge(String name, Reckoning.Result result) {
    System.out.println(name + ": " + result);
    check(result.lost() == 0, name + ": none lost");
    // Order holds within a connection, and senders have connected anew to each process.
    check(result.reordered() == 0 || processes > 1, name + ": none reordered");
    check(result.damaged() == 0, name + ": none damaged");
  }

  private void tell() {
    long memory = relay.residentBytes();
    mostMemory = Math.max(memory, mostMemory);
    say(
        "sent %d + %d, arrived %d + %d, in the spool %d, memory %d MB"
            .formatted(
                streams.total(),
                requests.total(),
                blocked.reckoning().arrived(),
                spooled.reckoning().arrived(),
                at("spool", spooled, "spool-lines"),
                memory >> 20));
  }

  private void check(boolean holds, String promise) {
    if (!holds) {
      broken = true;
      System.out.println("BROKEN: " + promise);
      relay.log().forEach(System.out::println);
    }
  }

  private void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        check(false, what + " within two minutes");
        return;
      }
      pass(50);
    }
  }

  private long at(String cluster, Sink sink, String figure) {
    Figures now = relay.figures();
    return now.at("destinations." + cluster + "/127.0.0.1:" + sink.port() + "." + figure);
  }

  private void say(String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("%5d s  %s%n", since.toSeconds(), what);
  }

  private static void pass(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Path conf() throws IOException {
    return Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners {
          tcp { url = "tcp://127.0.0.1:%d", into = streams, reuse-port = true }
          http { url = "http://127.0.0.1:%d", into = requests, reuse-port = true }
        }
        admin { listen = "127.0.0.1:%d" }
        shell.listen = null
        spool { path = "%s", sync = always }
        shutdown { deadline = 30s }
        pipelines {
          streams { routes = [ { to = [block] } ] }
          requests { routes = [ { to = [spool] } ] }
        }
        defaults.destination { reconnect-max = 500ms, resend = 16MiB }
        clusters {
          block { policy = all, destinations = [ "tcp://127.0.0.1:%d" ] }
          spool { policy = all, destinations = [
            { url = "tcp://127.0.0.1:%d", on-full = spool } ] }
        }
        """
            .formatted(tcp, http, admin, dir.resolve("spool"), blocked.port(), spooled.port()));
  }
}
