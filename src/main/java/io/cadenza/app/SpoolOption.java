package io.cadenza.app;

import io.cadenza.config.ConfigException;
import io.cadenza.config.Configuration;
import io.cadenza.spool.SpoolConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the spools are, the same for all commands about them. */
final class SpoolOption {
  @Mixin private ConfigOption config;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      description = "The folder of the spools, rather than spool.path of the configuration.")
  private Path path;

  /**
   * Says so when the configuration, if one is given, has no such destination that spools: what is
   * brought to its folder would stay there.
   */
  void warnOfStranger(String destination) {
    Optional<RelayConfig> all = config.file() == null ? Optional.empty() : config.read();
    if (all.isPresent() && !LeftLines.spooling(all.get()).contains(destination)) {
      System.err.printf(
          "warning: no destination %s with on-full = spool; such are: %s%n",
          destination, String.join(", ", LeftLines.spooling(all.get())));
    }
  }

  /** Reads it; tells all problems on standard error and answers nothing when there are any. */
  Optional<SpoolConfig> read() {
    if (path == null) {
      return config.read().map(RelayConfig::spool);
    }
    try {
      SpoolConfig defaults = SpoolConfig.read(Configuration.read("", "nothing").block("spool"));
      return Optional.of(defaults.in(path));
    } catch (ConfigException wrong) {
      System.err.println(wrong.getMessage());
      return Optional.empty();
    }
  }
}
