package io.cadenza.api.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cadenza.render.Series;
import java.io.IOException;
import java.util.List;

/** {@code format=rickshaw}: {@code [{"target": ..., "datapoints": [{"x": time, "y": value}]}]}. */
public final class RickshawSeries extends SeriesBody {
  private final JsonGenerator json;
  private final String callback;

  /**
   * @param callback for {@code jsonp}; null for none
   */
  public RickshawSeries(List<Series> all, String callback, boolean pretty) throws IOException {
    super(all);
    this.json = Json.generator(out, pretty);
    this.callback = callback;
  }

  @Override
  void begin(int series) throws IOException {
    if (callback != null) {
      out.text(callback + "(");
    }
    json.writeStartArray();
  }

  @Override
  void head(Series series) throws IOException {
    json.writeStartObject();
    json.writeStringField("target", series.name());
    json.writeFieldName("datapoints");
    json.writeRawValue("[");
    json.flush();
  }

  @Override
  int size(Series series) {
    long before = (series.end() - series.start() + series.step() - 1) / series.step();
    return (int) Math.max(0, Math.min(before, series.values().length));
  }

  @Override
  void values(Series series, int from, int to) {
    for (int i = from; i < to; i++) {
      out.text(i == 0 ? "{\"x\": " : ", {\"x\": ");
      out.number(series.start() + (long) i * series.step());
      out.text(", \"y\": ");
      Json.real(out, series.values()[i]);
      out.write('}');
    }
  }

  @Override
  void tail(Series series) throws IOException {
    out.write(']');
    json.writeEndObject();
    json.flush();
  }

  @Override
  void end() throws IOException {
    json.writeEndArray();
    json.close();
    out.text(callback == null ? "" : ")");
  }
}
