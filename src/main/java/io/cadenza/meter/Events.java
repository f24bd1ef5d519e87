package io.cadenza.meter;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What has changed for the operator: a destination that went down, a file that was read again. Each
 * is a line of the log, is counted by its kind, and is kept for {@code /events} while it is among
 * the last ones. Any thread; for changes of state, never for lines.
 */
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger("cadenza.events");

  private final Meters meters;
  private final InstantSource clock;
  private final int limit;
  private final Deque<Event> last = new ArrayDeque<>();

  /**
   * One change.
   *
   * @param millis since 1970
   * @param kind a word of a fixed set, as it labels a count: {@code destination-down}
   * @param what the name of the thing that changed, as in metrics: {@code ring/10.0.0.1:2003#a}
   * @param text a sentence that says all of it without the rest
   */
  public record Event(long millis, Level level, String kind, String what, String text) {}

  /**
   * @param limit how many are kept
   */
  public Events(Meters meters, InstantSource clock, int limit) {
    this.meters = meters;
    this.clock = clock;
    this.limit = limit;
    meters
        .scope("event", "all")
        .gauge("kept", this::kept, "Events that are kept and can be asked for");
    meters.scope("event", "all").gauge("limit", () -> limit, "Events that are kept at most");
  }

  /** Logs, counts and keeps a change; for the parameters see {@link Event}. */
  public void add(Level level, String kind, String what, String text) {
    synchronized (last) {
      last.addLast(new Event(clock.millis(), level, kind, what, text));
      if (last.size() > limit) {
        last.removeFirst();
      }
    }
    meters.scope("event", kind).counter("count", "Events, by kind").increment();
    LOG.atLevel(level).log(text);
  }

  /** Those that are kept, the oldest first. */
  public List<Event> all() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  private int kept() {
    synchronized (last) {
      return last.size();
    }
  }
}
