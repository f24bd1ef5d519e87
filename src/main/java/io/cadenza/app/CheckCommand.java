package io.cadenza.app;

import io.cadenza.hash.Rings;
import io.cadenza.route.ClusterConfig;
import io.cadenza.route.Policy;
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
    config.get().table().clusters().values().forEach(CheckCommand::warn);
    System.out.printf(
        "ok: %d listeners, %d pipelines, %d clusters, %d destinations%n",
        config.get().listeners().size(),
        config.get().table().pipelines().size(),
        config.get().table().clusters().size(),
        config.get().destinations().size());
    return 0;
  }

  private static void warn(ClusterConfig cluster) {
    if (cluster.policy() == Policy.HASH) {
      for (String warning : Rings.warnings(cluster.ring(), cluster.nodes())) {
        System.out.println("warning: clusters." + cluster.name() + ": " + warning);
      }
    }
  }
}
