package io.cadenza.route;

import io.cadenza.config.Settings;
import java.time.Duration;
import java.util.Map;

/**
 * One line of carbon's {@code aggregation-rules.conf}.
 *
 * @param aggregate which keys, and to which key
 * @param function what is computed, by its name, which is the same here
 * @param every the interval
 */
public record CarbonRule(AggregateConfig aggregate, String function, Duration every) {

  /**
   * The keys of a rule's block that are not the router's, as if the file had been one.
   *
   * @param defaults what carbon has no word for: the block {@code defaults.aggregate}
   */
  public Settings settings(Settings defaults) {
    Map<String, String> values = Map.of("function", function, "every", every.toSeconds() + "s");
    return Settings.of(values, "carbon's rule for " + aggregate.to(), defaults.problems())
        .withDefaults(defaults);
  }
}
