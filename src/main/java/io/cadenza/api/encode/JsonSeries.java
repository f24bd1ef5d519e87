package io.cadenza.api.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cadenza.render.Series;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * {@code format=json}: {@code [{"target": ..., "tags": {...}, "datapoints": [[value, time], ...]},
 * ...]}.
 */
public final class JsonSeries extends SeriesBody {
  private final JsonGenerator json;
  private final String callback;
  private final boolean withNulls;
  private boolean first;

  /**
   * @param callback for {@code jsonp}; null for none
   * @param withNulls whether points without a value are told, and series that have only those
   */
  public JsonSeries(List<Series> all, String callback, boolean pretty, boolean withNulls)
      throws IOException {
    super(withNulls ? all : all.stream().filter(JsonSeries::hasValue).toList());
    this.json = Json.generator(out, pretty);
    this.callback = callback;
    this.withNulls = withNulls;
  }

  private static boolean hasValue(Series series) {
    for (double value : series.values()) {
      if (!Double.isNaN(value)) {
        return true;
      }
    }
    return false;
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
    json.writeObjectFieldStart("tags");
    for (Map.Entry<String, String> tag : series.tags().entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("datapoints");
    // The points are written past the generator, which would take three times as long.
    json.writeRawValue("[");
    json.flush();
    first = true;
  }

  @Override
  int size(Series series) {
    return series.points();
  }

  @Override
  void values(Series series, int from, int to) {
    double[] values = series.values();
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (withNulls || !Double.isNaN(value)) {
        point(value, series.start() + (long) i * series.step());
      }
    }
  }

  private void point(double value, long time) {
    if (!first) {
      out.write(',');
      out.write(' ');
    }
    first = false;
    out.write('[');
    Json.real(out, value);
    out.write(',');
    out.write(' ');
    out.number(time);
    out.write(']');
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
