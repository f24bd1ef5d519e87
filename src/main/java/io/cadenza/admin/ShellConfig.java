package io.cadenza.admin;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the shell listens, and whom it lets in.
 *
 * @param listen nothing where there is no shell
 * @param token what must be said first, none for nothing
 * @param idleTimeout after which who is silent is hung up on; zero for never
 */
public record ShellConfig(
    Optional<Url> listen, Secret token, Duration idleTimeout, int maxConnections) {
  private static final int PORT = 6062;

  /** Reads the block {@code shell}. */
  public static ShellConfig read(Settings s) {
    ShellConfig config =
        new ShellConfig(
            s.has("listen") ? Optional.of(s.address("listen", PORT)) : Optional.empty(),
            s.secret("token"),
            s.duration("idle-timeout", Duration.ZERO, Duration.ofDays(1)),
            s.count("max-connections", 1, 10_000));
    boolean open = config.listen.isPresent() && !AdminConfig.loopback(config.listen.get().host());
    if (open && !config.token.isGiven()) {
      s.problem("listen", "is not on loopback: set a token, or listen on 127.0.0.1");
    }
    return config;
  }
}
