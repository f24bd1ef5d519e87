package io.cadenza.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.Validation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Reads one object of {@link JsonLines} after another. For one thread. */
final class JsonItem {
  private final InstantSource clock;
  private final LineText line = new LineText();
  private final LineText tag = new LineText();
  private final Map<String, String> tags = new TreeMap<>();
  private String path;
  private String value;
  private String time;
  private boolean fits;
  private int lines;

  JsonItem(InstantSource clock) {
    this.clock = clock;
  }

  /** How many lines were made so far. */
  int lines() {
    return lines;
  }

  /** Reads the value that the parser stands at, up to its end. */
  void read(JsonParser parser, LineSink sink) throws IOException {
    tags.clear();
    path = null;
    value = null;
    time = null;
    fits = parser.currentToken() == JsonToken.START_OBJECT;
    if (fits) {
      readFields(parser);
    } else {
      parser.skipChildren();
    }
    if (fits && put()) {
      lines++;
      sink.line(line.bytes(), 0, line.length());
    } else {
      sink.refused(Invalid.ITEM);
    }
  }

  private void readFields(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "path", "name", "metric" -> path = text(parser);
        case "value" -> value = number(parser);
        case "time", "timestamp" -> time = number(parser);
        case "tags" -> readTags(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    return misfit(parser);
  }

  /** A number or the text of one, as it came; null for null. */
  private String number(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
      return parser.getText().strip();
    }
    return token == JsonToken.VALUE_NULL ? null : misfit(parser);
  }

  private String misfit(JsonParser parser) throws IOException {
    parser.skipChildren();
    fits = false;
    return null;
  }

  private void readTags(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken kind = parser.nextToken();
        boolean scalar = kind.isScalarValue() && kind != JsonToken.VALUE_NULL;
        addTag(name, scalar ? parser.getText() : misfit(parser));
      }
    } else if (token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
        String pair = text(parser);
        int split = pair == null ? -1 : split(pair);
        addTag(
            split < 0 ? null : pair.substring(0, split),
            split < 0 ? "" : pair.substring(split + 1));
      }
    } else if (token != JsonToken.VALUE_NULL) {
      misfit(parser);
    }
  }

  /** At the first of equals sign and colon. */
  private static int split(String pair) {
    int equals = pair.indexOf('=');
    int colon = pair.indexOf(':');
    return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
  }

  /** The last value of a name counts, as in carbon. */
  private void addTag(String name, String tagValue) {
    if (name == null || tagValue == null) {
      fits = false;
      return;
    }
    tag.clear();
    fits &= name.indexOf('=') < 0 && tag.addText(name);
    tag.add('=');
    fits &= tag.addText(tagValue) && tag.isWord(0);
    fits &= Bytes.nameEnd(tag.bytes(), 0, tag.length()) == tag.length();
    fits &= KeyText.tag(Validation.MEDIUM, tag.bytes(), 0, tag.length());
    tags.put(name, name + '=' + tagValue);
  }

  /** Puts the line together; false when it would be none. */
  private boolean put() {
    line.clear();
    return path != null && putKey() && putValue() && putTime() && line.length() <= LineText.LONGEST;
  }

  private boolean putKey() {
    boolean text = line.addText(path) && line.length() > 0 && line.bytes()[0] != ';';
    for (String pair : tags.values().stream().sorted().toList()) {
      line.add(';');
      text &= line.addText(pair);
    }
    return text && line.isWord(0);
  }

  private boolean putValue() {
    line.add(' ');
    int from = line.length();
    return value != null && line.addText(value) && line.endsWithNumber(from);
  }

  private boolean putTime() {
    line.add(' ');
    int from = line.length();
    if (time == null) {
      line.add(clock.instant().getEpochSecond());
    } else if (!line.addText(time)) {
      return false;
    }
    return line.endsWithTime(from);
  }
}
