package io.cadenza.app;

import io.cadenza.meter.Events;
import io.cadenza.output.DestinationConfig;
import io.cadenza.spool.LaneState;
import io.cadenza.spool.SpoolView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of lines on disk that nobody sends any more, since a reload took away the destination, or
 * its spool, or has it elsewhere. Its call blocks.
 */
final class LeftSpools {
  private static final Logger LOG = LoggerFactory.getLogger(LeftSpools.class);

  private final Map<String, Path> left = new HashMap<>();

  LeftSpools(RelayConfig old, RelayConfig next) {
    for (DestinationConfig before : old.destinations().values()) {
      Path path = path(before);
      if (path != null && !path.equals(path(next.destinations().get(before.name())))) {
        left.put(before.name(), path);
      }
    }
  }

  /** Where a destination's lines wait on disk; null where none do. */
  private static Path path(DestinationConfig config) {
    return config == null || config.spool() == null ? null : config.spool().files().path();
  }

  /** Looks what is there; once those who had the spools have left them. */
  void tell(Events events) {
    left.forEach(
        (name, path) -> {
          long lines = lines(name, path);
          if (lines > 0) {
            events.add(
                Level.WARN,
                "spool-left",
                name,
                "%d lines of destination %s stay on disk in %s, and nobody sends them; see spool replay"
                    .formatted(lines, name, path));
          }
        });
  }

  private static long lines(String destination, Path path) {
    try {
      return new SpoolView(path)
          .lanes().stream()
              .filter(lane -> lane.destination().equals(destination))
              .mapToLong(LaneState::unread)
              .sum();
    } catch (IOException e) {
      LOG.warn("the spool in {} can't be read: {}", path, e.toString());
      return 0;
    }
  }
}
