package io.cadenza.app;

import io.cadenza.meter.Events;
import io.cadenza.output.DestinationConfig;
import io.cadenza.spool.LaneState;
import io.cadenza.spool.SpoolView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of lines on disk that nobody will send: those of destinations that were renamed or removed,
 * or do not spool any more. They stay until the operator sends or drops them. Reads files; any
 * thread that may wait.
 */
final class LeftLines {
  private static final Logger LOG = LoggerFactory.getLogger(LeftLines.class);

  private final Path path;
  private final List<String> spooling;

  LeftLines(RelayConfig config) {
    path = config.spool().path();
    spooling = spooling(config);
  }

  /** The names of the destinations that wait on disk. */
  static List<String> spooling(RelayConfig config) {
    return config.destinations().values().stream()
        .filter(destination -> destination.spool() != null)
        .map(DestinationConfig::name)
        .toList();
  }

  /** An event for each destination that has lines left which no process works on. */
  void tell(Events events) {
    Map<String, Long> left = new TreeMap<>();
    try {
      for (LaneState lane : new SpoolView(path).lanesBut(spooling)) {
        if (!lane.inUse() && lane.unread() > 0) {
          left.merge(lane.destination(), lane.unread(), Long::sum);
        }
      }
    } catch (IOException unreadable) {
      LOG.warn("spool: {} cannot be looked through: {}", path, unreadable.toString());
    }
    left.forEach((name, lines) -> events.add(Level.WARN, "spool-left", name, text(name, lines)));
  }

  private String text(String name, long lines) {
    return String.format(
        "%d lines wait on disk for %s, but no destination of that name has on-full = spool;"
            + " send them with: spool replay --path '%s' --to tcp://HOST:PORT '%s'"
            + " (or spool drop)",
        lines, name, path, name);
  }
}
