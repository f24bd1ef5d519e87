package io.cadenza.app;

import io.cadenza.hash.Balance;
import io.cadenza.hash.HashRing;
import io.cadenza.hash.Point;
import io.cadenza.hash.Rings;
import io.cadenza.route.ClusterConfig;
import io.cadenza.route.Policy;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the rings of a configuration. */
@Command(
    name = "ring",
    mixinStandardHelpOptions = true,
    description = "Shows how evenly each ring spreads keys and, on demand, its points.")
final class RingCommand implements Callable<Integer> {
  @Mixin private ConfigOption option;

  @Option(names = "--cluster", paramLabel = "NAME", description = "This cluster only.")
  private String only;

  @Option(names = "--points", description = "Print every point: position, destination.")
  private boolean points;

  @Override
  public Integer call() {
    Optional<RelayConfig> config = option.read();
    if (config.isEmpty()) {
      return 1;
    }
    int shown = 0;
    for (ClusterConfig cluster : config.get().table().clusters().values()) {
      boolean wanted = only == null || only.equals(cluster.name());
      if (wanted && cluster.policy() == Policy.HASH) {
        show(cluster);
        shown++;
      }
    }
    if (shown == 0) {
      System.err.println("no cluster" + (only == null ? "" : " " + only) + " with policy = hash");
      return 1;
    }
    return 0;
  }

  private void show(ClusterConfig cluster) {
    HashRing ring = Rings.of(cluster.ring(), cluster.nodes());
    Balance balance = Balance.of(ring);
    System.out.printf(
        "%s: %s, %d destinations, %d points, %d replicas%n",
        cluster.name(),
        cluster.ring().hash(),
        cluster.members().size(),
        ring.points().size(),
        cluster.ring().replicas());
    if (!cluster.aggregatedBy().isEmpty()) {
      System.out.println("  by the keys that the rules of " + cluster.aggregatedBy() + " make");
    }
    for (int i = 0; i < cluster.members().size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-40s %6.2f %% of %d keys, %.3f of the mean, hashed as %s%n",
          cluster.members().get(i).written(),
          balance.percent(i),
          balance.keys(),
          balance.shares().get(i),
          Rings.label(cluster.ring(), cluster.nodes().get(i)));
    }
    System.out.printf(
        Locale.ROOT, "  least %.3f, most %.3f of the mean%n", balance.min(), balance.max());
    Rings.warnings(cluster.ring(), cluster.nodes())
        .forEach(w -> System.out.println("  warning: " + w));
    if (points) {
      for (Point point : ring.points()) {
        System.out.println(point.position() + "\t" + cluster.members().get(point.node()).written());
      }
    }
  }
}
