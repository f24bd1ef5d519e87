package io.cadenza.route;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what a routing table would do with a line, by the router's own code with destinations that
 * take nothing. For the {@code route} command. One thread.
 */
public final class Explainer {
  private final Router router;

  public Explainer(RoutingTable table) {
    Meters meters = new Meters(new SimpleMeterRegistry());
    router =
        new Router(
            table,
            0,
            meters,
            InstantSource.system(),
            name ->
                new Outlet(
                    new DestinationState(name, Long.MAX_VALUE, OnFull.BLOCK),
                    new DestinationMeters(meters, name),
                    run -> {}),
            Feed::nowhere,
            RingMaker.HERE);
  }

  /**
   * What would happen.
   *
   * @param pipeline one of the table's
   * @param line without its newline
   */
  public Explanation explain(String pipeline, LineFormat format, String line) {
    Collected trace = new Collected();
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    Invalid why = router.explain(pipeline, format, bytes, trace);
    if (why != null) {
      trace.step("validate", pipeline, "refused as " + why.label());
      trace.dropped("invalid: " + why.label());
    }
    String reason = trace.sent.isEmpty() && !trace.taken ? trace.reason : null;
    return new Explanation(List.copyOf(trace.sent), reason, List.copyOf(trace.steps));
  }

  /**
   * What happens to a line.
   *
   * @param sent destinations as the configuration writes them, in the order of choice
   * @param dropped why it goes nowhere, or null when it goes somewhere
   * @param steps what acts, in the order it acts
   */
  public record Explanation(List<String> sent, String dropped, List<String> steps) {}

  private static final class Collected implements Trace {
    private final List<String> sent = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private String reason = "unrouted";
    private boolean taken;

    @Override
    public void step(String what, String pipeline, String detail) {
      steps.add(what + " [" + pipeline + "] " + detail);
    }

    @Override
    public void sent(String cluster, List<String> destinations) {
      steps.add("cluster [" + cluster + "] " + String.join(", ", destinations));
      sent.addAll(destinations);
    }

    @Override
    public void taken() {
      taken = true;
    }

    @Override
    public void dropped(String why) {
      steps.add("dropped: " + why);
      reason = why;
    }
  }
}
