package io.cadenza.app;

import io.cadenza.spool.LaneState;
import io.cadenza.spool.Loss;
import io.cadenza.spool.Spool;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolView;
import io.cadenza.tool.DurationConverter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes what waits on disk. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the unread lines of a destination's free lanes.",
      "With --yes; without, only says how many. Lanes that a process works on are left alone; exit 1 if there are any."
    })
final class SpoolDropCommand implements Callable<Integer> {
  @Mixin private SpoolOption option;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Only the lines that wait longer than this, such as 1h.")
  private Duration age;

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Parameters(paramLabel = "DESTINATION", description = "Its name, as spool list shows it.")
  private String destination;

  private final InstantSource clock = InstantSource.system();
  private long dropped;

  @Override
  public Integer call() throws IOException {
    Optional<SpoolConfig> config = option.read();
    return config.isEmpty() ? 1 : yes ? drop(config.get()) : say(config.get());
  }

  private int drop(SpoolConfig config) throws IOException {
    Duration only = age == null ? Duration.ZERO : age;
    SpoolLanes lanes = new SpoolLanes(config.withMaxAge(only), destination);
    lanes.eachFree(age == null ? this::dropAll : SpoolDropCommand::dropOld);
    System.out.printf("%d lines dropped%n", dropped + lanes.lost(Loss.AGE));
    if (lanes.lost(Loss.DAMAGED) > 0) {
      System.out.printf("%d lines damaged%n", lanes.lost(Loss.DAMAGED));
    }
    return lanes.refused() ? 1 : 0;
  }

  private void dropAll(Spool spool) throws IOException {
    dropped += spool.discard();
  }

  /** A tick drops what is too old, some of it at a time. */
  private static void dropOld(Spool spool) throws IOException {
    long before;
    do {
      before = spool.lines();
      spool.tick();
    } while (spool.lines() < before);
  }

  private int say(SpoolConfig config) throws IOException {
    SpoolLanes lanes = new SpoolLanes(config, destination);
    SpoolView view = new SpoolView(config.path());
    long before = age == null ? Long.MAX_VALUE : clock.millis() - age.toMillis();
    long lines = 0;
    boolean inUse = false;
    for (LaneState lane : lanes.all()) {
      inUse |= lane.inUse();
      lines += lane.inUse() ? 0 : view.unreadBefore(destination, lane.lane(), before);
    }
    System.out.printf(
        "would drop %d lines%s; say --yes to do it%n",
        lines, inUse ? ", and leave lanes in use alone" : "");
    return 0;
  }
}
