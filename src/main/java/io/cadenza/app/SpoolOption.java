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
