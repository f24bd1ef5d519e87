package io.cadenza.render;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What is to be computed.
 *
 * @param targets expressions, answered in this order
 * @param from seconds since 1970, exclusive
 * @param until seconds since 1970, inclusive; after {@code from}
 * @param now seconds since 1970
 * @param zone in which days and months begin
 * @param maxDataPoints how many points a series of the answer may have; 0 for any number. {@link
 *     Renderer#render} leaves that to {@link Renderer#consolidate}
 * @param xFilesFactor which part of the values must be there where functions make fewer of them;
 *     null for 0
 * @param template values for variables of {@code template(...)}, instead of those in it
 * @param limits how far it may go
 */
public record RenderRequest(
    List<String> targets,
    long from,
    long until,
    long now,
    ZoneId zone,
    int maxDataPoints,
    Double xFilesFactor,
    Map<String, String> template,
    RenderLimits limits) {
  public RenderRequest {
    targets = List.copyOf(targets);
    template = Map.copyOf(template);
  }
}
