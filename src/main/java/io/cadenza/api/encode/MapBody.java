package io.cadenza.api.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cadenza.store.Fetched;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/** The frame of Cadent's answers: series of stores, one behind the other, as JSON. */
abstract class MapBody implements Body {
  private static final int STRIDE = 1024;

  final Piece out = new Piece();
  final JsonGenerator json;
  private final Iterator<Map.Entry<String, Fetched>> rest;
  private Map.Entry<String, Fetched> now;
  private int at;
  private boolean begun;
  private boolean ended;

  MapBody(Map<String, Fetched> all) throws IOException {
    this.json = Json.generator(out, false);
    this.rest = all.entrySet().iterator();
  }

  abstract void begin() throws IOException;

  abstract void head(String name, Fetched series) throws IOException;

  /** Some intervals, from one index to before another. */
  abstract void intervals(Fetched series, int from, int to) throws IOException;

  abstract void tail() throws IOException;

  abstract void end() throws IOException;

  @Override
  public final Piece next() throws IOException {
    out.clear();
    if (!begun) {
      begun = true;
      begin();
    }
    while (!out.full() && (now != null || rest.hasNext())) {
      more();
    }
    if (now == null && !rest.hasNext()) {
      ended = true;
      end();
    }
    json.flush();
    return out;
  }

  private void more() throws IOException {
    if (now == null) {
      now = rest.next();
      at = 0;
      head(now.getKey(), now.getValue());
    }
    Fetched series = now.getValue();
    int to = Math.min(series.values().length, at + STRIDE);
    intervals(series, at, to);
    at = to;
    if (at == series.values().length) {
      tail();
      now = null;
    }
  }

  @Override
  public final boolean ended() {
    return ended;
  }

  /** A number, or null where there is none. */
  final void number(double value) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }
}
