package io.cadenza.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says everything that is wrong with a configuration. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads a configuration and tells all that is wrong with it; exit 1 if anything.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption option;

  @Override
  public Integer call() {
    Optional<RelayConfig> config = option.read();
    if (config.isEmpty()) {
      return 1;
    }
    config
        .get()
        .eachRingWarning(
            (cluster, warning) ->
                System.out.println("warning: clusters." + cluster + ": " + warning));
    System.out.printf(
        "ok: %d listeners, %d pipelines, %d clusters, %d destinations%n",
        config.get().listeners().size(),
        config.get().table().pipelines().size(),
        config.get().table().clusters().size(),
        config.get().destinations().size());
    return 0;
  }
}
