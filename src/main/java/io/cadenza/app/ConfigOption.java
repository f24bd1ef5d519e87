package io.cadenza.app;

import io.cadenza.config.ConfigException;
import io.cadenza.config.Configuration;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the configuration, the same for all commands. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; without it, a built-in one.")
  private Path file;

  Path file() {
    return file;
  }

  /**
   * Reads it.
   *
   * @throws ConfigException with all problems
   */
  RelayConfig load() {
    return RelayConfig.read(Configuration.load(file));
  }

  /** Reads it; tells all problems on standard error and answers nothing when there are any. */
  Optional<RelayConfig> read() {
    try {
      return Optional.of(load());
    } catch (ConfigException wrong) {
      System.err.println(wrong.getMessage());
      return Optional.empty();
    }
  }
}
