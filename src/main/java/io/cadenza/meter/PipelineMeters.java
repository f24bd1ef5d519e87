package io.cadenza.meter;

/**
 * What is counted at a pipeline: {@code lines-in = lines-out + invalid + blocked + dropped}, each
 * line once, however many places it was sent to.
 */
public final class PipelineMeters {
  public final Tally linesIn;
  public final Tally bytesIn;
  public final Tally linesOut;
  public final Tally blocked;
  public final Tally unrouted;
  public final Tally blackholed;
  public final Tally rewritten;
  public final Tally aggregated;
  public final Tally accumulated;
  public final Tally tooLong;
  public final Tally holds;
  private final Meters.Scope scope;

  public PipelineMeters(Meters meters, String name) {
    scope = meters.scope("pipeline", name);
    linesIn = scope.counter("lines-in", "Lines that came in");
    bytesIn = scope.counter("bytes-in", "Bytes that came in");
    linesOut =
        scope.counter("lines-out", "Lines sent to at least one cluster, pipeline or accumulator");
    blocked = scope.counter("blocked", "Lines that a block or allow list kept out");
    unrouted = dropped("unrouted");
    blackholed = dropped("blackhole");
    tooLong = dropped("rewrite-too-long");
    aggregated = scope.counter("aggregated", "Lines that an aggregation rule counted in");
    accumulated = scope.counter("accumulated", "Lines that went to the accumulator");
    rewritten = scope.counter("rewritten", "Rewrites that changed a key");
    holds = scope.counter("holds", "Times that the pipeline waited for a full destination");
  }

  /**
   * Lines that went nowhere for a reason; beside those above, {@code shutdown}, and {@code
   * pipeline-gone}.
   */
  public Tally dropped(String reason) {
    return scope.counter("dropped", "reason", reason, "Lines that went nowhere, by reason");
  }

  /** Counts of refused lines for one thread. */
  public Reasons invalid() {
    return new Reasons(scope);
  }
}
