package io.cadenza.app;

import io.cadenza.spool.LaneState;
import io.cadenza.spool.Loss;
import io.cadenza.spool.Spool;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolLog;
import io.cadenza.spool.SpoolRoom;
import io.cadenza.spool.SpoolView;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lanes of one destination for a command that works on those that are free. */
final class SpoolLanes implements SpoolLog {
  private final SpoolConfig config;
  private final String destination;
  private final SpoolFolder folder;
  private final Map<Loss, Long> lost = new EnumMap<>(Loss.class);
  private boolean refused;

  /** What is done with one lane. */
  @FunctionalInterface
  interface Work {
    void on(Spool spool) throws IOException;
  }

  SpoolLanes(SpoolConfig config, String destination) {
    this.config = config;
    this.destination = destination;
    this.folder =
        new SpoolFolder(
            config, destination, new SpoolRoom(config.maxBytes()), InstantSource.system());
  }

  SpoolFolder folder() {
    return folder;
  }

  List<LaneState> all() throws IOException {
    return new SpoolView(config.path())
        .lanes().stream().filter(lane -> lane.destination().equals(destination)).toList();
  }

  /** Works on each free lane in order; tells of those in use. */
  void eachFree(Work work) throws IOException {
    List<LaneState> lanes = all();
    if (lanes.isEmpty()) {
      tellOfNone();
      refused = true;
    }
    for (LaneState lane : lanes) {
      Optional<Spool> spool = folder.open(lane.lane(), this);
      if (spool.isEmpty()) {
        System.err.println("lane " + lane.lane() + " is in use and was left alone");
        refused = true;
        continue;
      }
      try (Spool open = spool.get()) {
        work.on(open);
      }
    }
  }

  /** Says that there is nothing for that destination, and which others there are. */
  void tellOfNone() throws IOException {
    System.err.println("no spool of " + destination + " in " + config.path());
    new SpoolView(config.path())
        .lanes().stream()
            .map(LaneState::destination)
            .distinct()
            .forEach(other -> System.err.println("  there is one of " + other));
  }

  /** Was there nothing, or something in use? */
  boolean refused() {
    return refused;
  }

  @Override
  public void lost(Loss why, long lines) {
    lost.merge(why, lines, Long::sum);
  }

  long lost(Loss why) {
    return lost.getOrDefault(why, 0L);
  }
}
