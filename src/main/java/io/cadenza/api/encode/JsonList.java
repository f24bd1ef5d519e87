package io.cadenza.api.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Iterator;

/** A JSON array of which the values are asked for as they are sent. */
public final class JsonList implements Body {
  private final Piece out = new Piece();
  private final Iterator<?> values;
  private final String callback;
  private final JsonGenerator json;
  private boolean begun;
  private boolean ended;

  /**
   * @param values what {@link Json#body} takes
   * @param callback for {@code jsonp}; null for none
   */
  public JsonList(Iterator<?> values, String callback, boolean pretty) throws IOException {
    this.values = values;
    this.callback = callback;
    this.json = Json.generator(out, pretty);
  }

  @Override
  public Piece next() throws IOException {
    out.clear();
    if (!begun) {
      begun = true;
      out.text(callback == null ? "" : callback + "(");
      json.writeStartArray();
    }
    while (!out.full() && values.hasNext()) {
      Json.write(json, values.next());
    }
    ended = !values.hasNext();
    if (ended) {
      json.writeEndArray();
    }
    json.flush();
    if (ended) {
      out.text(callback == null ? "" : ")");
    }
    return out;
  }

  @Override
  public boolean ended() {
    return ended;
  }
}
