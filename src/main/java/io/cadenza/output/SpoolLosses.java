package io.cadenza.output;

import io.cadenza.meter.DestinationMeters;
import io.cadenza.spool.Loss;
import io.cadenza.spool.SpoolLog;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the spool of one output gives up, and tells of it in the log: the first time, then at
 * most once a period, with how many lines it were since. Of damage the spool itself has told, with
 * the place. One thread at a time, as the jobs on disk are.
 */
final class SpoolLosses implements SpoolLog {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolLosses.class);

  private final String destination;
  private final DestinationMeters meters;
  private final InstantSource clock;
  private final Map<Loss, Untold> untold = new EnumMap<>(Loss.class);

  /** Lines that were not told yet. */
  private static final class Untold {
    private final io.cadenza.meter.Pace pace;
    private long lines;

    private Untold(InstantSource clock) {
      pace = new io.cadenza.meter.Pace(clock);
    }
  }

  /**
   * @param clock a steady one
   */
  SpoolLosses(String destination, DestinationMeters meters, InstantSource clock) {
    this.destination = destination;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void lost(Loss why, long lines) {
    meters.dropped(why.label()).add(lines);
    if (why != Loss.DAMAGED && lines > 0) {
      tell(why, lines);
    }
  }

  private void tell(Loss why, long lines) {
    Untold own = untold.computeIfAbsent(why, w -> new Untold(clock));
    own.lines += lines;
    if (own.pace.happened() > 0) {
      LOG.warn("spool of {} dropped {} line(s): {}", destination, own.lines, why.label());
      own.lines = 0;
    }
  }
}
