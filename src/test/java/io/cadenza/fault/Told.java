package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** The three numbers of a fault, printed for whoever reads the build's log. */
final class Told {
  private Told() {}

  /** Prints what came of a fault, and answers it. */
  static Reckoning.Result tell(String what, Reckoning.Result result) {
    System.out.println("[fault] " + what + ": " + result);
    return result;
  }

  /** Waits until all that was sent has come, or nothing is to be hoped for. */
  static Reckoning.Result awaitAll(String what, Reckoning reckoning, Senders senders) {
    long total = senders.total();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> reckoning.arrived() >= total);
    } catch (org.awaitility.core.ConditionTimeoutException late) {
      // The reckoning tells it better.
    }
    return tell(what, reckoning.against(senders.sent()));
  }

  /** Each line came once, in order. */
  static void assertPerfect(Reckoning.Result result) {
    assertThat(result.arrived()).isPositive();
    assertThat(result).isEqualTo(new Reckoning.Result(result.sent(), result.sent(), 0, 0, 0, 0));
  }
}
