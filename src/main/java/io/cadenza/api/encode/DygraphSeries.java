package io.cadenza.api.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cadenza.render.Series;
import java.io.IOException;
import java.util.List;

/**
 * {@code format=dygraph}: {@code {"labels": ["Time", names ...], "data": [[milliseconds, values
 * ...], ...]}}, with the times of the first series and of each what it has in that place.
 */
public final class DygraphSeries implements Body {
  private final Piece out = new Piece();
  private final List<Series> all;
  private final String callback;
  private final int rows;
  private int row;
  private boolean begun;
  private boolean ended;

  /**
   * @param callback for {@code jsonp}; null for none
   */
  public DygraphSeries(List<Series> all, String callback) {
    this.all = all;
    this.callback = callback;
    this.rows = all.isEmpty() ? 0 : all.get(0).values().length;
  }

  @Override
  public Piece next() throws IOException {
    out.clear();
    if (!begun) {
      begun = true;
      begin();
    }
    while (!out.full() && row < rows) {
      row(row++);
    }
    if (row == rows) {
      ended = true;
      end();
    }
    return out;
  }

  private void begin() throws IOException {
    if (callback != null) {
      out.text(callback + "(");
    }
    if (all.isEmpty()) {
      out.write('{');
      return;
    }
    out.text("{\"labels\" : ");
    JsonGenerator json = Json.generator(out, false);
    json.writeStartArray();
    json.writeString("Time");
    for (Series series : all) {
      json.writeString(series.name());
    }
    json.writeEndArray();
    json.close();
    out.text(", \"data\" : [");
  }

  private void row(int at) {
    Series first = all.get(0);
    out.text(at == 0 ? "[" : ", [");
    out.number(first.start() + (long) at * first.step());
    out.text("000");
    for (Series series : all) {
      out.text(", ");
      Json.real(out, at < series.values().length ? series.values()[at] : Double.NaN);
    }
    out.write(']');
  }

  private void end() {
    out.text(all.isEmpty() ? "}" : "]}");
    out.text(callback == null ? "" : ")");
  }

  @Override
  public boolean ended() {
    return ended;
  }
}
