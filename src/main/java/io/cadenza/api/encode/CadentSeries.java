package io.cadenza.api.encode;

import io.cadenza.store.Fetched;
import java.io.IOException;
import java.util.Map;

/**
 * Cadent's {@code /metrics}: {@code {"data_from", "data_end", "from", "to", "step", "series":
 * {NAME: [[value, time], ...]}}}. The step is the finest of all.
 */
public final class CadentSeries extends MapBody {
  private final long from;
  private final long to;
  private final long start;
  private final long end;
  private final int step;

  public CadentSeries(Map<String, Fetched> all, long from, long to) throws IOException {
    super(all);
    this.from = from;
    this.to = to;
    this.start = all.values().stream().mapToLong(Fetched::start).min().orElse(from);
    this.end = all.values().stream().mapToLong(Fetched::end).max().orElse(to);
    this.step = all.values().stream().mapToInt(Fetched::step).min().orElse(0);
  }

  @Override
  void begin() throws IOException {
    json.writeStartObject();
    json.writeNumberField("data_from", start);
    json.writeNumberField("data_end", end);
    json.writeNumberField("from", from);
    json.writeNumberField("to", to);
    json.writeNumberField("step", step);
    json.writeObjectFieldStart("series");
  }

  @Override
  void head(String name, Fetched series) throws IOException {
    json.writeArrayFieldStart(name);
  }

  @Override
  void intervals(Fetched series, int first, int last) throws IOException {
    for (int i = first; i < last; i++) {
      json.writeStartArray();
      number(series.values()[i]);
      json.writeNumber(series.start() + (long) i * series.step());
      json.writeEndArray();
    }
  }

  @Override
  void tail() throws IOException {
    json.writeEndArray();
  }

  @Override
  void end() throws IOException {
    json.writeEndObject();
    json.writeEndObject();
  }
}
