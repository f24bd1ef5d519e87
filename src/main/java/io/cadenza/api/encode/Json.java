package io.cadenza.api.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * JSON of things that are in memory anyway: maps, lists, texts, numbers. As Python's, it has only
 * ASCII, and 1e9999 for the infinite.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

  private Json() {}

  static JsonGenerator generator(OutputStream to, boolean pretty) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(to);
    if (pretty) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
    }
    return json;
  }

  /**
   * The body that says this.
   *
   * @param value a Map, a List, a String, a Boolean, a Number or null, and those within
   * @param callback wraps it, for {@code jsonp}; null for none
   */
  public static Body body(Object value, String callback, boolean pretty) throws IOException {
    Piece out = new Piece();
    if (callback != null) {
      out.text(callback + "(");
    }
    JsonGenerator json = generator(out, pretty);
    write(json, value);
    json.close();
    if (callback != null) {
      out.text(")");
    }
    return new Body.Whole(out);
  }

  static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object one : list) {
        write(json, one);
      }
      json.writeEndArray();
    } else {
      scalar(json, value);
    }
  }

  private static void scalar(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double real) {
      json.writeRawValue(real(real));
    } else {
      json.writeNumber(((Number) value).longValue());
    }
  }

  private static String real(double number) throws IOException {
    Piece text = new Piece();
    real(text, number);
    return new String(text.bytes(), 0, text.length(), US_ASCII);
  }

  /** A number as graphite has it: null where there is none, 1e9999 for what is infinite. */
  static void real(Piece out, double number) {
    if (Double.isNaN(number)) {
      out.text("null");
    } else if (Double.isInfinite(number)) {
      out.text(number > 0 ? "1e9999" : "-1e9999");
    } else {
      out.real(number);
    }
  }
}
