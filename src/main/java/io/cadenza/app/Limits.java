package io.cadenza.app;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.output.DestinationConfig;
import java.util.Optional;

/**
 * Bounds of the whole process, from the block {@code limits}; those about keys are read beside what
 * remembers keys.
 *
 * @param connections of all listeners together
 * @param tapWindow bytes under way to the followers of a tap
 */
record Limits(int connections, long tapWindow) {
  private static final long MIB = 1 << 20;

  /** Files, jars, event loops and the admin's connections, generously. */
  private static final long OWN_DESCRIPTORS = 256;

  static Limits read(Settings s) {
    return new Limits(
        s.count("connections", 1, 10_000_000), s.bytes("tap-window", 64 * 1024, 1024 * MIB));
  }

  /**
   * What to tell where the system gives fewer descriptors than the configuration may need.
   *
   * @param descriptors that the process may have open, negative when that is not known
   * @param loops event loops
   */
  Optional<String> shortOf(RelayConfig config, long descriptors, int loops) {
    long ours = OWN_DESCRIPTORS;
    for (DestinationConfig destination : config.destinations().values()) {
      // While a connection is renewed there are two.
      ours += 2L * (destination.connections() == 0 ? loops : destination.connections());
    }
    long senders = 0;
    for (ListenerConfig listener : config.listeners()) {
      senders += listener.url().scheme() == Url.Scheme.UDP ? 0 : listener.maxConnections();
      ours += loops;
    }
    long needed = ours + Math.min(senders, connections);
    if (descriptors < 0 || descriptors >= needed) {
      return Optional.empty();
    }
    return Optional.of(
        ("the system gives %d file descriptors, but max-connections, limits.connections and the"
                + " destinations may need %d; raise it (ulimit -n, LimitNOFILE) or lower those")
            .formatted(descriptors, needed));
  }
}
