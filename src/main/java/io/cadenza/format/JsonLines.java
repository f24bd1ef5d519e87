package io.cadenza.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Turns JSON into graphite lines: one object, an array of them, or objects behind one another, as
 * in newline-delimited JSON.
 *
 * <p>An object has {@code path} (or {@code name}, {@code metric}), {@code value}, and if it likes
 * {@code time} (or {@code timestamp}) in seconds and {@code tags}, an object or an array of {@code
 * "k=v"} or {@code "k:v"}; anything else in it is passed over. Without a time it is of now. Numbers
 * are printed as they came; tags are sorted and put behind the path.
 *
 * <p>One instance serves one thread. Depth and lengths are bounded.
 */
public final class JsonLines {
  /** After so many mistakes in one call, the rest counts as one. */
  private static final int MOST_UNREADABLE = 1000;

  private static final int DEPTH = 32;

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(LineText.LONGEST)
                  .maxNameLength(LineText.LONGEST)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();
  private final JsonItem item;
  private int unreadable;

  /**
   * @param clock the time of items that have none
   */
  public JsonLines(InstantSource clock) {
    item = new JsonItem(clock);
  }

  /**
   * Reads all of {@code b[from, to)}. An item that is no metric costs itself; text that is no JSON
   * costs the rest of its array, or of its line where objects stand behind one another; after a
   * thousand such mistakes the rest is refused as one.
   *
   * @return how many lines went to the sink
   */
  public int read(byte[] b, int from, int to, LineSink sink) {
    int lines = item.lines();
    int at = from;
    unreadable = 0;
    while (at < to) {
      at = unreadable < MOST_UNREADABLE ? readOn(b, at, to, sink) : giveUp(to, sink);
    }
    return item.lines() - lines;
  }

  /** So much that can't be read is no JSON at all: trying on would cost more than it is worth. */
  private static int giveUp(int to, LineSink sink) {
    sink.refused(Invalid.JSON);
    return to;
  }

  /** Reads values until one can't be read. Gives back where to go on. */
  private int readOn(byte[] b, int from, int to, LineSink sink) {
    JsonToken root = null;
    int start = from;
    try (JsonParser parser = json.createParser(b, from, to - from)) {
      while ((root = parser.nextToken()) != null) {
        start = place(parser.currentTokenLocation(), from, to);
        readRoot(parser, root, sink);
        root = null;
        start = place(parser.currentLocation(), from, to);
      }
      return to;
    } catch (IOException e) {
      unreadable++;
      sink.refused(Invalid.JSON);
      return root == JsonToken.START_ARRAY ? to : nextObject(b, start, to);
    }
  }

  /** Where that is in the array; its end if the parser, which reads UTF-16 too, can't tell. */
  private static int place(JsonLocation location, int from, int to) {
    long offset = location.getByteOffset();
    return offset < 0 ? to : from + (int) offset;
  }

  private void readRoot(JsonParser parser, JsonToken root, LineSink sink) throws IOException {
    if (root != JsonToken.START_ARRAY) {
      item.read(parser, sink);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw new IOException("ends within an array");
      }
      item.read(parser, sink);
    }
  }

  /** The next line that begins with a brace, or the end. */
  private static int nextObject(byte[] b, int from, int to) {
    int newline = Bytes.indexOf(b, from, to, (byte) '\n');
    while (newline >= 0) {
      int at = GraphiteFormat.behindBlanks(b, newline + 1, to);
      if (at < to && b[at] == '{') {
        return at;
      }
      newline = Bytes.indexOf(b, newline + 1, to, (byte) '\n');
    }
    return to;
  }
}
