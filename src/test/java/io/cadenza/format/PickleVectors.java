package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recorded pickles, from {@code src/test/resources/vectors/wire}. */
final class PickleVectors {
  private PickleVectors() {}

  /** One line of a table of pickles. */
  record Vector(String kind, String protocol, byte[] bytes, Object value) {
    @Override
    public String toString() {
      return kind + " protocol " + protocol;
    }
  }

  static List<Vector> read(String file) {
    List<Vector> vectors = new ArrayList<>();
    for (String row : text(file).split("\n")) {
      if (!row.startsWith("#") && !row.isBlank()) {
        String[] cells = row.split("\t", -1);
        Object value = cells.length > 3 ? json(cells[3]) : null;
        vectors.add(
            new Vector(cells[0], cells[1], HexFormat.of().parseHex(cells[2].strip()), value));
      }
    }
    return vectors;
  }

  static String text(String file) {
    try (InputStream in = PickleVectors.class.getResourceAsStream("/vectors/wire/" + file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object json(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return value(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> PickleText.narrow(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NULL -> null;
      default -> parser.getBooleanValue();
    };
  }
}
