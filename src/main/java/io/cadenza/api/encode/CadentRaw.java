package io.cadenza.api.encode;

import io.cadenza.store.Fetched;
import java.io.IOException;
import java.util.Map;

/**
 * Cadent's {@code /rawrender}: for each series all figures of those intervals that have any. Where
 * a store keeps only a value, that is all of them: a point is its own sum, least and greatest.
 */
public final class CadentRaw extends MapBody {
  private final long from;
  private final long to;

  public CadentRaw(Map<String, Fetched> all, long from, long to) throws IOException {
    super(all);
    this.from = from;
    this.to = to;
  }

  @Override
  void begin() throws IOException {
    json.writeStartArray();
  }

  @Override
  void head(String name, Fetched series) throws IOException {
    json.writeStartObject();
    json.writeStringField("metric", name);
    json.writeNumberField("data_from", series.start());
    json.writeNumberField("data_end", series.end());
    json.writeNumberField("from", from);
    json.writeNumberField("to", to);
    json.writeNumberField("step", series.step());
    json.writeArrayFieldStart("data");
  }

  @Override
  void intervals(Fetched series, int first, int last) throws IOException {
    Fetched.Columns columns = series.columns();
    for (int i = first; i < last; i++) {
      long time = series.start() + (long) i * series.step();
      double value = series.values()[i];
      if (columns != null && columns.count()[i] > 0) {
        double count = columns.count()[i];
        double sum = columns.sum()[i];
        interval(time, sum, sum / count, columns.min()[i], columns.max()[i], (long) count);
      } else if (!Double.isNaN(value)) {
        interval(time, value, value, value, value, 1);
      }
    }
  }

  private void interval(long time, double sum, double mean, double min, double max, long count)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("time", time);
    json.writeFieldName("sum");
    number(sum);
    json.writeFieldName("mean");
    number(mean);
    json.writeFieldName("min");
    number(min);
    json.writeFieldName("max");
    number(max);
    json.writeNumberField("count", count);
    json.writeEndObject();
  }

  @Override
  void tail() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  void end() throws IOException {
    json.writeEndArray();
  }
}
