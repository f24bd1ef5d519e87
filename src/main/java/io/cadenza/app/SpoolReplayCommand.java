package io.cadenza.app;

import io.cadenza.config.Url;
import io.cadenza.spool.Loss;
import io.cadenza.spool.SpoolConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends what waits on disk without a relay. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends what waits for a destination, in order, and takes it off.",
      "Lanes that a process works on are left alone; exit 1 if there are any."
    })
final class SpoolReplayCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Mixin private SpoolOption option;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "tcp://host:port, or - for standard output.")
  private String to;

  @Parameters(paramLabel = "DESTINATION", description = "Its name, as spool list shows it.")
  private String destination;

  @Override
  public Integer call() {
    Optional<SpoolConfig> config = option.read();
    if (config.isEmpty()) {
      return 1;
    }
    Url url = null;
    if (!to.equals(STANDARD_OUTPUT)) {
      try {
        url = Url.parse(to, Url.NO_PORT);
      } catch (IllegalArgumentException wrong) {
        System.err.println("--to " + wrong.getMessage());
        return 2;
      }
      if (url.scheme() != Url.Scheme.TCP) {
        System.err.println("--to is not tcp://host:port or -");
        return 2;
      }
    }
    return replay(config.get(), new SpoolReplay(url));
  }

  private int replay(SpoolConfig config, SpoolReplay replay) {
    SpoolLanes lanes = new SpoolLanes(config, destination);
    boolean failed = false;
    try {
      lanes.eachFree(replay::replay);
    } catch (IOException wrong) {
      System.err.println(to + ": " + wrong.getMessage() + "; what is left stays in the spool");
      failed = true;
    }
    PrintStream told = to.equals(STANDARD_OUTPUT) ? System.err : System.out;
    told.printf("%d lines sent%n", replay.sent());
    for (Loss why : Loss.values()) {
      if (lanes.lost(why) > 0) {
        told.printf("%d lines lost: %s%n", lanes.lost(why), why.label());
      }
    }
    return failed || lanes.refused() ? 1 : 0;
  }
}
