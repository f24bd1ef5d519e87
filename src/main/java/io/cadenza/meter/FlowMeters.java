package io.cadenza.meter;

/** Lines and bytes that went a way: what is counted at a route and at a cluster. */
public final class FlowMeters {
  public final Tally lines;
  public final Tally bytes;

  private FlowMeters(Meters.Scope scope, String help) {
    lines = scope.counter("lines", "Lines " + help);
    bytes = scope.counter("bytes", "Bytes " + help);
  }

  /** At a route: lines that it matched. */
  public static FlowMeters route(Meters meters, String pipeline, String route) {
    return new FlowMeters(meters.scope("route", pipeline + "/" + route), "that the route matched");
  }

  /** At a cluster: lines sent to it, before they are multiplied by its policy. */
  public static FlowMeters cluster(Meters meters, String cluster) {
    return new FlowMeters(meters.scope("cluster", cluster), "sent to the cluster");
  }
}
